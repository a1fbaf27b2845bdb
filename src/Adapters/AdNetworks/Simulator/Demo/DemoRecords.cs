using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Demo;

/// <summary>The story of one demonstration campaign as the bot keeps it: campaign, decisions, feed and incident, all marked.</summary>
internal static class DemoRecords
{
    private const string Mark = "demonstration";

    private static readonly PersonId OnCall = new("local:olga");

    public static Campaign CampaignOf(DemoStory story)
    {
        var draft = story.Draft;
        return new Campaign(
            draft.Campaign, WorkspaceId.Local, "", draft.Spec, Automation.Accounts.NetworkMode.Simulated, StatusOf(story),
            new NetworkIds(draft.Id, new ExternalId($"{draft.Id}-set"), draft.Profile.TakesCreatives ? [new ExternalId($"{draft.Id}/1")] : []),
            story.Budget, story.Bid, draft.LaunchedAt.AddMinutes(-5), DemoDraft.Launcher)
        {
            Predictions = DemoForecast.Of(draft),
            LaunchedAt = draft.LaunchedAt,
            LastResumedAt = story.Stop?.ResumedAt,
            Because = BecauseOf(story),
            Demo = true,
        };
    }

    public static IEnumerable<Decision> DecisionsOf(DemoStory story, IReadOnlyDictionary<AccountDay, DayFigures> days)
    {
        var (budget, bid) = (story.Draft.Order.DailyBudget, story.Draft.Bid);
        foreach (var move in story.Moves)
        {
            var day = story.Draft.Account.DayAt(move.At);
            var seen = days.GetValueOrDefault(day.Previous);
            var proposal = new Proposal(move.Lever, move.From, move.To, move.Because, Mark);
            yield return new Decision(
                IdOf($"{story.Draft.Campaign}/{move.At:O}"), WorkspaceId.Local, story.Draft.Account.Id, story.Draft.Campaign, move.At,
                new Seen(DataState.Fresh, move.At.AddMinutes(-9), seen?.Spend, seen is null ? null : story.Draft.Market.Result.In(seen), seen?.Revenue, budget, bid),
                [], [proposal], [], [new Act(proposal, "confirmed by the network", true)],
                $"{Words(move)}, because {move.Because} ({Mark})");

            (budget, bid) = move.Lever == Lever.Bid ? (budget, move.To) : (move.To, bid);
        }
    }

    public static IEnumerable<FeedEvent> FeedOf(DemoStory story)
    {
        var draft = story.Draft;
        FeedEvent Event(DateTimeOffset at, FeedKind kind, Severity severity, string action, string reason, PersonId by) =>
            new(0, at, WorkspaceId.Local, draft.Account.Id, draft.Campaign, draft.Plan.Name, kind, severity, action, reason, by, Demo: true);

        yield return Event(
            draft.LaunchedAt, FeedKind.Launch, Severity.Low, $"launched on {draft.Profile.ShortTitle} with {draft.Order.DailyBudget} a day", Mark, DemoDraft.Launcher);
        foreach (var move in story.Moves)
        {
            var kind = move.Lever == Lever.Bid ? FeedKind.BidAdjustment : FeedKind.BudgetChange;
            yield return Event(move.At, kind, Severity.Low, Words(move), move.Because, PersonId.Agent);
        }

        if (story.PausedAt is { } paused)
            yield return Event(paused, FeedKind.Pause, Severity.Low, "paused", "not needed this month", DemoDraft.Launcher);

        if (story.Stop is not { } stop)
            yield break;

        yield return Event(stop.StoppedAt, FeedKind.EmergencyStop, Severity.Critical, "stopped", $"{RuleWords.Of(new RuleId(stop.Rule), story.Draft.Market.Result)}: {Reason(story, stop)}", PersonId.Monitor);
        if (stop.ResumedAt is { } resumed)
            yield return Event(resumed, FeedKind.Resume, Severity.Medium, "resumed", "all rules clear again", OnCall);
    }

    public static Incident? IncidentOf(DemoStory story, Money spentThen)
    {
        if (story.Stop is not { } stop)
            return null;

        var draft = story.Draft;
        var closed = stop.ResumedAt ?? stop.StoppedAt.AddHours(1);
        var resolution = stop.ResumedAt is null ? $"left stopped until {draft.Market.Result.Many} are counted again" : "resumed: all rules clear again";
        return new Incident(
            new IncidentId($"{draft.Campaign}-stop"), WorkspaceId.Local, draft.Account.Id, draft.Campaign, draft.Plan.Name, new RuleId(stop.Rule),
            Remedy.PauseCampaign, Severity.Critical, EvidenceOf(draft, stop, spentThen), stop.StoppedAt, IncidentState.Closed)
        {
            Result = draft.Market.Result,
            Simulated = true,
            Demo = true,
            PauseConfirmed = true,
            PauseAttempts = 1,
            ConfirmedAt = stop.StoppedAt.AddSeconds(4),
            AcknowledgedBy = OnCall,
            AcknowledgedAt = stop.StoppedAt.AddMinutes(6),
            ClosedAt = closed,
            Resolution = $"{resolution} ({Mark})",
            Notes =
            [
                new IncidentNote(stop.StoppedAt, PersonId.Monitor, $"stopped: {Reason(story, stop)} ({Mark})"),
                new IncidentNote(stop.StoppedAt.AddMinutes(6), OnCall, "acknowledged"),
                new IncidentNote(closed, OnCall, resolution),
            ],
        };
    }

    private static Evidence EvidenceOf(DemoDraft draft, DemoStop stop, Money spentThen) => stop.Fault == MarketFault.Runaway
        ? new Evidence("spend that day", $"{spentThen}, several times as fast as that hour usually spends", $"{draft.Spec.Budget.MaxDailySpend} a day")
        : new Evidence($"{draft.Market.Result.Many} for hours", "0 of more than 12 expected", "9 expected");

    private static CampaignStatus StatusOf(DemoStory story)
    {
        if (story.PausedAt is not null)
            return CampaignStatus.Paused;

        return story.Stop is { ResumedAt: null } ? CampaignStatus.Stopped : CampaignStatus.Active;
    }

    private static string? BecauseOf(DemoStory story)
    {
        if (story.PausedAt is not null)
            return "paused by ana: not needed this month";

        return story.Stop is { ResumedAt: null } stop ? Reason(story, stop) : null;
    }

    private static string Reason(DemoStory story, DemoStop stop) => stop.Fault == MarketFault.Runaway
        ? "money ran out several times as fast as this hour usually spends"
        : $"no {story.Draft.Market.Result.One} for hours in which more than twelve were due";

    private static string Words(DemoMove move) =>
        $"{(move.Lever == Lever.Bid ? "bid" : "daily budget")} {move.From} → {move.To} ({(move.To.Over(move.From) - 1) * 100:+0;-0} %)";

    private static Guid IdOf(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
