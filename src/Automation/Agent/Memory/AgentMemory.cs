using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent.Creatives;
using ChatOpsCampaigns.Automation.Agent.FollowUps;
using ChatOpsCampaigns.Automation.Agent.Optimizers;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Memory;

/// <summary>A move of the agent's that was confirmed at the network.</summary>
/// <param name="ResultsToday">What the day's reading counted when it was made; null where it was not known.</param>
public sealed record PastMove(Lever Lever, DateTimeOffset At, AccountDay Day, Money From, Money To, decimal? ResultsToday)
{
    /// <summary>Its reason; null where an earlier version settled a lost answer by reading.</summary>
    public string? Because { get; init; }

    /// <summary>The optimiser that asked for it; null where an earlier version or the journal alone tells of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? By { get; init; }

    /// <summary>The ad that was paused.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AdNamed? Ad { get; init; }

    /// <summary>What the journal knows of a move; null for commands that move no lever.</summary>
    public static PastMove? Of(CommandIntent confirmed, AdAccount account)
    {
        var at = confirmed.SettledAt ?? confirmed.PlannedAt;
        var day = account.DayAt(at);
        return confirmed.Command switch
        {
            NetworkCommand.SetBid bid => new PastMove(Lever.Bid, at, day, bid.From, bid.To, null) { Because = confirmed.Because },
            NetworkCommand.SetDailyBudget budget => new PastMove(Lever.DailyBudget, at, day, budget.From, budget.To, null) { Because = confirmed.Because },
            NetworkCommand.PauseAd ad => new PastMove(Lever.Creative, at, day, account.Currency.Zero, account.Currency.Zero, null) { Because = confirmed.Because, Ad = new AdNamed(ad.Target, ad.Target.Value) },
            NetworkCommand.Pause when ActionExecutor.IsOf(confirmed.Key, Lever.Running) => new PastMove(Lever.Running, at, day, account.Currency.Zero, account.Currency.Zero, null) { Because = confirmed.Because },
            _ => null,
        };
    }
}

/// <summary>A person said "not now" to a move of a lever in one direction.</summary>
/// <param name="By">The person's name.</param>
public sealed record Declined(Lever Lever, bool Raise, DateTimeOffset At, string By)
{
    /// <summary>The same is not asked again for so long, in campaign time. 6 hours.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromHours(6);

    /// <summary>After a no it is silent for so long, or until the evidence has doubled. 7 days.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromDays(7);

    /// <summary>It was a no, and not a "not now".</summary>
    public bool ForGood { get; init; }

    /// <summary>Why, in the person's words; null where nothing was said.</summary>
    public string? Why { get; init; }
}

/// <summary>An ad that the agent had paused and that was seen running since.</summary>
public sealed record AdRanAgain(ExternalId Ad, DateTimeOffset SeenAt);

/// <summary>What the agent keeps about one campaign between its turns; everything else is read anew.</summary>
public sealed record AgentMemory
{
    public static readonly AgentMemory Empty = new();

    /// <summary>How many moves are remembered: more than a week at the most moves a day.</summary>
    private const int MostMoves = 50;

    /// <summary>Oldest first.</summary>
    public ImmutableArray<PastMove> Moves { get; init; } = [];

    /// <summary>Its last turn, also when that brought nothing new: kept with the next news, since every turn's decision bears its time.</summary>
    public DateTimeOffset? LookedAt { get; init; }

    /// <summary>When the last decision was written in full.</summary>
    public DateTimeOffset? RecordedAt { get; init; }

    /// <summary>What the last decision that was written in full came to, for writing the next in full only when something differs.</summary>
    public string? Recorded { get; init; }

    public Guid? RecordedId { get; init; }

    /// <summary>Levers whose value at the network is not ours and about which people were told.</summary>
    public ImmutableArray<Lever> ToldForeign { get; init; } = [];

    /// <summary>What people do not want now, oldest first.</summary>
    public ImmutableArray<Declined> Declined { get; init; } = [];

    /// <summary>What came of its moves, as far as it was told, oldest first.</summary>
    public ImmutableArray<FollowUp> FollowUps { get; init; } = [];

    /// <summary>Since when the agent only watches; null while it does more.</summary>
    public DateTimeOffset? ShadowSince { get; init; }

    /// <summary>Moves that it would have made since then, each once.</summary>
    public ImmutableArray<Proposal> ShadowMoves { get; init; } = [];

    /// <summary>People were told what it would have done, and asked.</summary>
    public bool ShadowTold { get; init; }

    /// <summary>The comparison of its ads; null before there was one.</summary>
    public CreativeWatch? Creatives { get; init; }

    /// <summary>How often its ads were shown and clicked, day by day; null before the first.</summary>
    public ClickWatch? Clicks { get; init; }

    /// <summary>Tired ads for which people were asked for a fresh one.</summary>
    public ImmutableArray<string> AskedFresh { get; init; } = [];

    /// <summary>Ads that were seen running after the agent had let them rest: whoever pauses one next, that rest is not the agent's.</summary>
    public ImmutableArray<AdRanAgain> RanAgain { get; init; } = [];

    /// <summary>Since when an ad rests by the agent's own last move of it, for being tired; null where it does not, or has run since.</summary>
    public DateTimeOffset? RestsSince(ExternalId ad) =>
        Moves.LastOrDefault(move => move.Ad?.Id == ad) is { By: CreativeOptimizer.Fatigued } rest
        && !RanAgain.Any(ran => ran.Ad == ad && ran.SeenAt > rest.At) && Clicks?.Days.Any(day => day.Day > rest.Day && day.Of(ad.Value) is not null) != true
            ? rest.At
            : null;

    /// <summary>The same memory where none of the ads that rest is seen running.</summary>
    public AgentMemory Seeing(Observation now)
    {
        if (now is not { FailuresInARow: 0, Reading: { } reading })
            return this;

        var again = CreativeWatch.Running(reading.Settings).Where(ad => RestsSince(ad.Id) is { } since && reading.ReadAt > since).Select(ad => ad.Id).ToList();
        return again.Count == 0 ? this : this with { RanAgain = [.. RanAgain.Where(known => !again.Contains(known.Ad)), .. again.Select(ad => new AdRanAgain(ad, reading.ReadAt))] };
    }

    public AgentMemory With(IEnumerable<FollowUp> told) => this with { FollowUps = [.. FollowUps.AddRange(told).TakeLast(MostMoves * 2)] };

    public AgentMemory With(IEnumerable<Declined> declined) => this with { Declined = [.. Declined.AddRange(declined).TakeLast(MostMoves)] };

    public PastMove? Last(Lever lever) => Moves.LastOrDefault(move => move.Lever == lever);

    public AgentMemory With(PastMove move) => this with { Moves = [.. Moves.Add(move).TakeLast(MostMoves)] };

    /// <summary>With those of some moves that it lacks: each that it has stands for one of them.</summary>
    /// <param name="confirmed">Every move since an instant, oldest first.</param>
    public AgentMemory Including(IEnumerable<PastMove> confirmed, DateTimeOffset since)
    {
        var known = Moves.Where(move => move.At >= since).Select(NameOf).ToList();
        var lost = confirmed.Where(move => !known.Remove(NameOf(move))).ToList();
        return lost.Count == 0 ? this : this with { Moves = [.. Moves.Concat(lost).OrderBy(move => move.At).TakeLast(MostMoves)] };
    }

    /// <summary>With the answers of people and the moves that it lacks of what is remembered by now.</summary>
    public AgentMemory Beside(AgentMemory present)
    {
        var (moved, answered) = (Including(present.Moves, DateTimeOffset.MinValue), present.Declined.Except(Declined).ToList());
        return answered.Count == 0 ? moved : moved with { Declined = [.. Declined.Concat(answered).OrderBy(answer => answer.At).TakeLast(MostMoves)] };
    }

    /// <summary>Of an ad the journal knows no amounts.</summary>
    private static (Lever, Money?, Money?, ExternalId?) NameOf(PastMove move) =>
        move.Lever is Lever.Creative or Lever.Running ? (move.Lever, null, null, move.Ad?.Id) : (move.Lever, move.From, move.To, null);

    /// <summary>Moves in the 24 hours before an instant.</summary>
    public int MovesADay(DateTimeOffset now) => Moves.Count(move => move.At > now.AddDays(-1));
}
