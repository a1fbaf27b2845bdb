using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Dialogs.Cards.Parts;

/// <summary>What may have been spent by now, and what that comes from.</summary>
internal static class ExposureWords
{
    /// <summary>"$612.40 at risk now, of a cap of $750: $540.10 reported, 12 min old, and the rest at the worst rate since".</summary>
    public static string Of(ExposureLine line)
    {
        var cap = $"of a cap of {line.Cap} a day{(line.AtRisk > line.Cap ? ", WHICH IT MAY HAVE PASSED" : "")}";
        if (line.Unknown is { } why)
            return $"UNKNOWN: {why}; counted at its worst, {line.AtRisk} {cap}";

        if (line.AtRisk.Amount == 0)
            return line.Campaign.Status == CampaignStatus.Scheduled ? $"nothing at risk now: it waits for its start; its cap is {line.Cap} a day" : $"nothing at risk now, {cap}";

        return $"{line.AtRisk} at risk now, {cap}: {From(line)}";
    }

    /// <summary>Beside other figures: "$612.40 at risk now".</summary>
    public static string Short(ExposureLine line) => line.Unknown is null ? $"{line.AtRisk} at risk now" : $"at risk now is unknown, {line.AtRisk} at worst";

    public static string Of(ExposureSum sum) =>
        $"{sum.AtRisk} at risk now in {Count(sum.Campaigns)}{(sum.Limit is { } limit ? $", of {limit} a day" : ", no limit set")}{(sum.Unknown > 0 ? $"; {sum.Unknown} unknown, counted at the worst" : "")}";

    private static string From(ExposureLine line) => (line.Reported, line.Age) switch
    {
        ({ } reported, { } age) when line.AtRisk <= reported => $"as reported {Ages.Of(age)} ago",
        ({ } reported, { } age) => $"{reported} reported {Ages.Of(age)} ago, {line.AtRisk - reported} at the worst rate since",
        (_, { } age) => $"no figures of today yet, the last are {Ages.Of(age)} old; all of it at the worst rate since",
        _ => "all of it at the worst rate",
    };

    private static string Count(int campaigns) => campaigns == 1 ? "1 campaign" : $"{campaigns} campaigns";
}
