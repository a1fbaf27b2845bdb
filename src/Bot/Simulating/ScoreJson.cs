using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOpsCampaigns.Bot.Simulating;

/// <summary>Scores and acts as scripts read them.</summary>
internal static class ScoreJson
{
    public static JsonObject Of(IReadOnlyList<ExperimentScore> scores, TimeSpan took) => new()
    {
        ["simulate"] = new JsonArray([.. scores.Select(Of)]),
        ["seconds"] = Math.Round(took.TotalSeconds, 1),
    };

    public static JsonObject Of(ExperimentScore score)
    {
        var json = new JsonObject
        {
            ["experiment"] = score.Experiment, ["policy"] = score.Policy, ["world"] = score.World, ["random"] = score.Random,
            ["campaigns"] = score.Campaigns, ["days"] = score.Days,
        };
        if (score.Spread is { } spread)
            json["spread"] = spread;

        json["metrics"] = score.Metrics.DeepClone();
        return json;
    }

    /// <summary>One act in one line.</summary>
    public static string Line(PolicyAct act) => new JsonObject
    {
        ["t"] = Time(act.At), ["campaign"] = act.Campaign, ["policy"] = act.Policy, ["kind"] = act.Kind, ["rule"] = act.Rule,
        ["from"] = act.From, ["to"] = act.To, ["dataAsOf"] = act.DataAsOf is { } asOf ? Time(asOf) : null, ["fault"] = act.Fault,
    }.ToJsonString(JsonSerializerOptions.Default);

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("s", CultureInfo.InvariantCulture) + "Z";
}
