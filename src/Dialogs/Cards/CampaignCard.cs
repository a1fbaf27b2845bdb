using System.Collections.Immutable;
using System.Globalization;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.Foresight;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Holds;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards.Parts;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Cards;

/// <summary>One campaign: where it is, what it spends, what the AI did last, and what the person who asked can do about it now.</summary>
/// <param name="CanAnswer">The agent suggests something; <paramref name="Rev"/> binds the answer to it.</param>
public sealed record CampaignCard(
    string Title, string Status, ImmutableArray<CampaignCard.Fact> Facts, ImmutableArray<Picture> Pictures, bool CanAnswer, bool CanPause, bool CanResume,
    bool CanOverride, bool CanTakeOver, bool CanHandBack, string Target, string Rev) : ICardView
{
    public sealed record Fact(string Name, string Value);

    public string Template => "campaign";

    public string Fallback => $"{Title}: {Status}. {string.Join("; ", Facts.Select(fact => $"{fact.Name}: {fact.Value}"))}.";

    public static CampaignCard Of(DashboardLine line, Campaign campaign, TimeZoneInfo zone, DashboardFigures around, IReadOnlyList<Picture> pictures, ForecastTrack forecasts, Person person) => new(
        $"{line.Icon} {line.Name} ({line.Handle}){(line.Demo ? " (demo)" : "")}", line.Alarm?.Around(LaunchingCard.StatusOf(campaign, zone)) ?? LaunchingCard.StatusOf(campaign, zone),
        [.. FactsOf(line, campaign, zone, around, forecasts).Where(fact => fact.Value.Length > 0)], [.. pictures],
        line.Suggestion is not null && person.May(Permission.Raise, campaign.Account),
        campaign.MaySpend && person.May(Permission.Reduce, campaign.Account),
        (campaign.Status == CampaignStatus.Paused && person.May(Permission.Raise, campaign.Account)) || (campaign.Status == CampaignStatus.Stopped && person.May(Permission.Respond, campaign.Account)),
        campaign is { AgentManaged: true, MaySpend: true } && person.May(Permission.Raise, campaign.Account),
        campaign.AgentManaged && CanRun(campaign) && person.May(Permission.Reduce, campaign.Account),
        (campaign.TakenOver || campaign.Holds.Any(hold => hold.Until > around.At)) && CanRun(campaign) && campaign.Spec.Automation.Enabled && person.May(Permission.Raise, campaign.Account),
        line.Handle, line.Suggestion?.Shown.Value ?? "");

    private static bool CanRun(Campaign campaign) => campaign.MaySpend || campaign.Status is CampaignStatus.Paused or CampaignStatus.Stopped;

    private static IEnumerable<Fact> FactsOf(DashboardLine line, Campaign campaign, TimeZoneInfo zone, DashboardFigures around, ForecastTrack forecasts) =>
    [
        new("Network", $"{line.Network}, {line.Mode.ToString().ToLowerInvariant()}"),
        new("Spend today", $"{line.SpendToday?.ToString() ?? "unknown"} of {line.DailyBudget}; stopped at {campaign.Spec.Budget.MaxDailySpend}, as soon as the network's report shows it"),
        new("Bid", campaign.Bid?.ToString() ?? "the network's own"),
        new("Last 7 days", string.Join(", ", SevenDays(line))),
        new("AI", line.AgentOn ? $"on, {campaign.Spec.Automation.Mode.ToString().ToLowerInvariant()}{FarOf(campaign.Spec.Automation.Autonomy)}" : campaign.TakenOver ? "off, taken over by a person" : "off"),
        new("Held", line.AgentOn ? string.Join("; ", HeldLevers(campaign, around.At, zone)) : ""),
        new("Last AI action", line.LastAction is { } last ? $"{Ages.Of(last.Age)} ago: {last.Action} ({last.Reason})" : "none yet"),
        new("It suggests", line.Suggestion is { } suggestion ? $"{suggestion.Words}, because {string.Join("; ", suggestion.Moves.Select(move => move.Because))}" : ""),
        new("By the hour", Expected(forecasts, ForecastSpan.Hour, line, around, zone)),
        new("By the day", Expected(forecasts, ForecastSpan.Day, line, around, zone)),
        new("At risk now", line.Risk is { } risk ? ExposureWords.Of(risk) : ""),
        new(WorstDayWords.Today, line.Worst is { } worst ? WorstDayWords.Of(worst) : ""),
        new("Watched", around.SweepSays),
        new("Frozen", around.Frozen ?? ""),
    ];

    /// <summary>How far it goes here, where that was said of this campaign.</summary>
    private static string FarOf(Autonomy? autonomy) => autonomy switch
    {
        Autonomy.Shadow => ", only watches",
        Autonomy.Suggest => ", only suggests",
        Autonomy.Act => ", acts by itself",
        _ => "",
    };

    private static string Expected(ForecastTrack forecasts, ForecastSpan span, DashboardLine line, DashboardFigures around, TimeZoneInfo zone) =>
        line.AgentOn ? string.Join(' ', ForecastWords.Lines(forecasts, span, line.Result, around.At, zone)) : "";

    private static IEnumerable<string> HeldLevers(Campaign campaign, DateTimeOffset now, TimeZoneInfo zone) => campaign.Holds
        .Where(hold => hold.Until > now)
        .Select(hold => $"{hold.Lever.Name()} {hold.Words(zone)}");

    private static IEnumerable<string> SevenDays(DashboardLine line)
    {
        if (line.Roas is { } roas)
            yield return $"ROAS {roas.ToString("0.0", CultureInfo.InvariantCulture)}×";

        if (line.CostPerResult is { } cost)
            yield return $"{cost} per {line.Result.One}";
    }
}
