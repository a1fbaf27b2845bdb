using System.Collections.Concurrent;
using System.Text.Json;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent.FollowUps;
using ChatOpsCampaigns.Automation.Agent.Foresight;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Agent.Optimizers;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent;

/// <summary>Writes decisions down and tells people what they should know.</summary>
public sealed class AgentReporter(IDecisionStore decisions, IActivityFeed feed)
{
    /// <summary>A decision like the last one is written in full again only after this long.</summary>
    private static readonly TimeSpan InFullEvery = TimeSpan.FromHours(1);

    /// <summary>More than the turns and answers of a day.</summary>
    private const int MostADay = 400;

    private const int EventsLookedAt = 50;

    /// <summary>How long it watches before it asks: two days.</summary>
    private static readonly TimeSpan ShadowLasts = TimeSpan.FromDays(2);

    /// <summary>How long before a move its decision may have been begun.</summary>
    private static readonly TimeSpan Beginning = TimeSpan.FromHours(1);

    /// <summary>The last missed turn of each campaign that was written in full and after which it had no other.</summary>
    private readonly ConcurrentDictionary<CampaignId, Decision> _missed = new();

    /// <summary>Writes it; one like the last in short, naming that one. True when something differs from the last one, or that is old or was missed.</summary>
    public async Task<bool> RecordAsync(Decision decision, AgentMemory memory, CancellationToken cancellationToken)
    {
        var since = decision.At - memory.RecordedAt;
        var isNews = _missed.ContainsKey(decision.Campaign) || memory.RecordedId is null || !decision.Done.IsEmpty || memory.Recorded != Gist(decision) || !(since >= TimeSpan.Zero && since < InFullEvery);
        await decisions.AddAsync(isNews ? decision : decision.Like(memory.RecordedId!.Value), cancellationToken);
        _missed.TryRemove(decision.Campaign, out _);
        return isNews;
    }

    /// <summary>Writes down that a turn could not be had; in short when the last one was missed for the same reason.</summary>
    /// <param name="why">Null: what kept the last one still does.</param>
    public async Task MissedAsync(Campaign campaign, DateTimeOffset at, string? why, CancellationToken cancellationToken)
    {
        var last = _missed.GetValueOrDefault(campaign.Id);
        var says = why is null ? last?.Says ?? TurnWords.Missed("its account could not be seen lately and is asked again later") : TurnWords.Missed(why);
        var decision = new Decision(
            Guid.CreateVersion7(at), campaign.Workspace, campaign.Account, campaign.Id, at, Seen.Nothing(campaign), [], [], [], [], says) { Missed = true };
        var isLike = last is not null && last.Says == says && at - last.At is var since && since >= TimeSpan.Zero && since < InFullEvery;
        await decisions.AddAsync(isLike ? decision.Like(last!.Id) : decision, cancellationToken);
        if (!isLike)
            _missed[campaign.Id] = decision;
    }

    /// <summary>What makes one decision differ from another: figures seen, verdicts, wants, trims, leave, acts.</summary>
    public static string Gist(Decision decision) => Digest.Of(JsonSerializer.Serialize(new
    {
        decision.Saw,
        Verdicts = decision.Verdicts.Select(verdict => $"{verdict.Rule} {verdict.GetType().Name}"),
        decision.Wanted,
        Trimmed = decision.Trimmed.Select(trim => $"{trim.Rail} {trim.Lever} {trim.Allowed}"),
        decision.Consent,
        decision.Done,
    })).Value;

    /// <summary>A person's answer to a suggestion is a decision of its own, whatever the last one came to.</summary>
    public async Task AnswerAsync(Decision decision, Campaign campaign, CancellationToken cancellationToken)
    {
        await decisions.AddAsync(decision, cancellationToken);
        await TellDoneAsync(campaign, decision, cancellationToken);
        if (decision.Done.IsEmpty)
            await PublishAsync(campaign, decision.At, FeedKind.Suggestion, Severity.Low, "suggestion answered", decision.Says, cancellationToken);
    }

    /// <summary>
    /// A confirmed move that no decision names was made just before the program ended: it becomes a decision, and news unless people heard of it when
    /// its lost answer was settled.
    /// </summary>
    /// <param name="confirmed">The agent's commands of the last day, oldest first.</param>
    public async Task CatchUpAsync(Observation now, IReadOnlyList<CommandIntent> confirmed, CancellationToken cancellationToken)
    {
        if (confirmed.Count == 0)
            return;

        var campaign = now.Campaign;
        var latest = await decisions.LatestAsync(campaign.Id, MostADay, cancellationToken);
        var said = await feed.LatestByAsync(campaign.Workspace, campaign.Id, PersonId.Agent, EventsLookedAt, cancellationToken);
        foreach (var intent in confirmed)
        {
            if (Named(PastMove.Of(intent, now.Account), now) is not { } made || latest.Any(decision => Names(decision, intent, made)))
                continue;

            var lost = Lost(now, made, intent.Key);
            await decisions.AddAsync(lost, cancellationToken);
            if (!said.Any(happened => happened.Kind == KindOf(made.Lever) && happened.At >= made.At))
                await TellDoneAsync(campaign, lost, cancellationToken);
        }
    }

    /// <summary>The journal knows an ad by its number alone.</summary>
    private static PastMove? Named(PastMove? move, Observation now) => move?.Ad is { } ad ? move with { Ad = Named(ad, now) } : move;

    private static AdNamed Named(AdNamed ad, Observation now) =>
        ad.Name == ad.Id.Value && now.Reading?.Settings.Ads.FirstOrDefault(known => known.Id == ad.Id) is { } known ? new AdNamed(ad.Id, known.Name) : ad;

    private static bool Names(Decision decision, CommandIntent intent, PastMove made) => decision.Done.Any(act =>
        act.Proposal.Lever == made.Lever
        && (intent.Key == ActionExecutor.KeyOf(decision.Campaign, decision.Id, made.Lever)
            || (act.Confirmed && (act.Proposal.From, act.Proposal.To) == (made.From, made.To) && decision.At >= intent.PlannedAt - Beginning)));

    /// <summary>What is left of a decision: its move and why. What it saw and judged beside was not written down.</summary>
    private static Decision Lost(Observation now, PastMove made, CommandKey key)
    {
        var (campaign, move) = (now.Campaign, new Proposal(made.Lever, made.From, made.To, made.Because ?? "", "") { Ad = made.Ad });
        var saw = new Seen(
            DataState.None, null, null, null, null, made.Lever == Lever.DailyBudget ? made.From : campaign.DailyBudget, made.Lever == Lever.Bid ? made.From : campaign.Bid);
        return new Decision(
            Guid.CreateVersion7(made.At), campaign.Workspace, campaign.Account, campaign.Id, made.At, saw, [], [move], [], [new Act(move, "confirmed", true) { Key = key }],
            $"{TurnWords.Move(move)}: {made.Because} (written down later, because the program ended right after the move; what it saw then is not kept)");
    }

    public async Task AnnounceAsync(
        Observation now, Decision decision, Plan plan, Autonomy autonomy, bool isNews, CancellationToken cancellationToken)
    {
        await TellDoneAsync(now.Campaign, decision, cancellationToken);
        if (autonomy != Autonomy.Shadow || !isNews)
            return;

        foreach (var move in plan.Moves)
            await PublishAsync(now.Campaign, now.Now, FeedKind.Note, Severity.Low, $"would have moved {TurnWords.Move(move)}", move.Because, cancellationToken, new Beside { Impact = move.Expects?.Says });
    }

    private async Task TellDoneAsync(Campaign campaign, Decision decision, CancellationToken cancellationToken)
    {
        foreach (var act in decision.Done)
        {
            var severity = act.Proposal.Lever == Lever.Running ? Severity.High : act.Confirmed ? Severity.Low : Severity.Medium;
            var action = act.Confirmed ? TurnWords.Move(act.Proposal) : $"{TurnWords.Move(act.Proposal)} did not happen: {act.Outcome}";
            await PublishAsync(campaign, decision.At, KindOf(act.Proposal.Lever), severity, action, act is { Confirmed: true, Proposal.Lever: Lever.Running } ? $"{act.Proposal.Because}. \"resume {campaign.Handle}\" lets it run again" : act.Proposal.Because, cancellationToken,
                new Beside { Undo = UndoOf(campaign, act), Impact = act.Confirmed ? act.Proposal.Expects?.Says ?? NotKept : null });
        }
    }

    private const string NotKept = "not known: what was expected of it was not kept";

    private static FeedOffer? UndoOf(Campaign campaign, Act act) => act switch
    {
        { Confirmed: true, Proposal.Lever: Lever.Running } => UndoOffer.Resume(campaign.Handle),
        { Confirmed: true, Key: { } key } => UndoOffer.Of(campaign.Handle, key),
        _ => null,
    };

    /// <summary>Says once that a lever was moved at the network by somebody else, and again only after it fitted in between.</summary>
    public async Task<AgentMemory> TellForeignAsync(Observation now, AgentMemory memory, Plan plan, CancellationToken cancellationToken)
    {
        var foreign = plan.Trimmed.Where(trim => trim.Rail == "human-lock").ToList();
        foreach (var trim in foreign.Where(trim => !memory.ToldForeign.Contains(trim.Lever)))
        {
            var lever = trim.Lever == Lever.Bid ? "bid" : "budget";
            await PublishAsync(
                now.Campaign, now.Now, FeedKind.Note, Severity.Medium, $"keeps its hands off the {lever}",
                $"{trim.Says}. Say \"set {lever} {now.Campaign.Handle} …\" to settle what it should be.", cancellationToken);
        }

        var stillForeign = memory.ToldForeign.Where(lever => plan.Trimmed.Any(trim => trim.Lever == lever) || plan.Wanted.All(move => move.Lever != lever));
        return memory with { ToldForeign = [.. stillForeign.Union(foreign.Select(trim => trim.Lever))] };
    }

    /// <summary>Asks once for a fresh creative where an ad is tired and none may take its place.</summary>
    public async Task<AgentMemory> AskFreshAsync(Observation now, AgentMemory memory, CancellationToken cancellationToken)
    {
        foreach (var tired in CreativeOptimizer.WithoutSuccessor(now, memory).Where(tired => !memory.AskedFresh.Contains(tired.Name)))
        {
            var name = now.Reading!.Settings.Ads.First(ad => ad.Id.Value == tired.Name).Name;
            await PublishAsync(
                now.Campaign, now.Now, FeedKind.Note, Severity.Medium, $"asks for a fresh creative: \"{name}\" is tired",
                $"{CreativeOptimizer.Because(tired)}. Two ads stay alive, so it runs on; \"copy {now.Campaign.Handle}\" opens a draft that takes new files", cancellationToken);
            memory = memory with { AskedFresh = memory.AskedFresh.Add(tired.Name) };
        }

        return memory;
    }

    /// <summary>After its horizon each move is told next to what was expected of it, or that it cannot be, once: where the campaign has a thread, there.</summary>
    public async Task<AgentMemory> FollowUpAsync(Observation now, AgentMemory memory, ForecastTrack track, CancellationToken cancellationToken)
    {
        var due = FollowUpDue.Of(memory, track, now).Select(told => told.Ad is { } ad ? told with { Ad = Named(ad, now) } : told).ToList();
        var result = ResultWord.Of(now.Campaign);
        foreach (var told in due)
            await PublishAsync(now.Campaign, now.Now, FeedKind.Note, Severity.Low, FollowUpWords.Action(told), FollowUpWords.Of(told, result), cancellationToken, new Beside { Below = LaunchScores.ThreadOf(now.Campaign.Id) });

        return due.Count == 0 ? memory : memory.With(due);
    }

    /// <summary>After two days in which it only watched it says once what it would have done, and asks how far it may go.</summary>
    public async Task<AgentMemory> TellShadowAsync(Observation now, AgentMemory memory, Plan plan, Autonomy autonomy, CancellationToken cancellationToken)
    {
        if (autonomy != Autonomy.Shadow)
            return memory.ShadowSince is null ? memory : memory with { ShadowSince = null, ShadowMoves = [], ShadowTold = false };

        var fresh = plan.Moves.Where(move => !memory.ShadowMoves.Any(known => known.Lever == move.Lever && known.From == move.From && known.To == move.To)).ToList();
        memory = memory.ShadowSince is null || fresh.Count > 0 ? memory with { ShadowSince = memory.ShadowSince ?? now.Now, ShadowMoves = memory.ShadowMoves.AddRange(fresh) } : memory;
        if (memory.ShadowTold || now.Now - memory.ShadowSince < ShadowLasts)
            return memory;

        var handle = now.Campaign.Handle;
        await feed.PublishAsync(
            new FeedEvent(
                0, now.Now, now.Campaign.Workspace, now.Campaign.Account, now.Campaign.Id, now.Campaign.Name, FeedKind.Note, Severity.High, TurnWords.Shadow(memory.ShadowMoves, ShadowLasts),
                $"it only watches here: say \"set autonomy {handle} suggest\" to be asked each time, \"set autonomy {handle} act\" to let it, or leave it", PersonId.Agent, Demo: now.Campaign.Demo,
                Simulated: now.Campaign.IsSimulated)
            {
                Offers = [new FeedOffer("Let it suggest", $"set autonomy {handle} suggest"), new FeedOffer("Let it act", $"set autonomy {handle} act")],
            },
            cancellationToken);
        return memory with { ShadowTold = true };
    }

    /// <summary>What an event carries beside its words.</summary>
    private readonly record struct Beside
    {
        public FeedOffer? Undo { get; init; }

        public string? Impact { get; init; }

        public string? Below { get; init; }
    }

    private Task<FeedEvent> PublishAsync(
        Campaign campaign, DateTimeOffset at, FeedKind kind, Severity severity, string action, string reason, CancellationToken cancellationToken, Beside beside = default) => feed.PublishAsync(
        new FeedEvent(
            0, at, campaign.Workspace, campaign.Account, campaign.Id, campaign.Name, kind, severity, action, reason, PersonId.Agent, beside.Impact, Demo: campaign.Demo,
            Simulated: campaign.IsSimulated)
        {
            Undo = beside.Undo, Below = beside.Below,
        },
        cancellationToken);

    private static FeedKind KindOf(Lever lever) => lever switch
    {
        Lever.Bid => FeedKind.BidAdjustment,
        Lever.DailyBudget => FeedKind.BudgetChange,
        Lever.Running => FeedKind.Pause,
        _ => FeedKind.CreativeRotation,
    };
}
