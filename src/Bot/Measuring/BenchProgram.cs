using System.Globalization;
using System.Text.Json;
using ChatOpsCampaigns.Bot.Measuring.Chat;
using ChatOpsCampaigns.Bot.Measuring.Years;

namespace ChatOpsCampaigns.Bot.Measuring;

/// <summary><c>bench sweep|launch|turn|reply|files|ledger|verify|year [--campaigns N] [--json FILE]</c>: measures the real code paths over simulated networks that are slow and fail.</summary>
internal static class BenchProgram
{
    private const int MostCampaigns = 10_000;
    private const int Ended = 0;

    private static readonly JsonSerializerOptions Written = new() { WriteIndented = false };

    private static readonly Dictionary<string, Measurement> Measurements = new()
    {
        ["bench sweep"] = new(1000, SweepBench.RunAsync),
        ["bench launch"] = new(50, LaunchBench.RunAsync),
        ["bench turn"] = new(1000, TurnBench.RunAsync),
        ["bench reply"] = new(100, ReplyBench.RunAsync),
        ["bench files"] = new(100, FilesBench.RunAsync),
        ["bench ledger"] = new(1, LedgerBench.RunAsync),
        ["bench verify"] = new(1000, VerifyBench.RunAsync),
        ["bench year"] = new(100, YearBench.RunAsync),
    };

    /// <param name="Campaigns">Without <c>--campaigns</c>.</param>
    private sealed record Measurement(int Campaigns, Func<BenchPlan, CancellationToken, Task<BenchResult>> RunAsync);

    /// <summary>The verbs there are.</summary>
    public static IReadOnlyCollection<string> Verbs => Measurements.Keys;

    /// <summary>Prints what was measured; <c>--json FILE</c> writes it there, <c>--json</c> alone prints that in the place of words.</summary>
    public static async Task<int> RunAsync(string verb, IConfiguration settings, TextWriter output, CancellationToken cancellationToken)
    {
        var measurement = Measurements[verb];
        var plan = new BenchPlan { Campaigns = Campaigns(settings["campaigns"], measurement.Campaigns) };
        var result = await measurement.RunAsync(plan, cancellationToken);
        var json = result.ToJson().ToJsonString(Written);
        if (settings["json"] is not { Length: > 0 } file)
        {
            await output.WriteLineAsync(string.Join(Environment.NewLine, result.Lines()));
            return Ended;
        }

        if (bool.TryParse(file, out _))
            await output.WriteLineAsync(json);
        else
            await WriteAsync(file, json, result, output, cancellationToken);

        return Ended;
    }

    private static async Task WriteAsync(string file, string json, BenchResult result, TextWriter output, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(file, json + "\n", cancellationToken);
        await output.WriteLineAsync(string.Join(Environment.NewLine, result.Lines()));
    }

    private static int Campaigns(string? text, int otherwise)
    {
        if (text is null)
            return otherwise;

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= MostCampaigns
            ? count
            : throw new InvalidOperationException($"--campaigns is \"{text}\"; it has to be a whole number from 1 to {MostCampaigns}.");
    }
}
