using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent.Effects;
using ChatOpsCampaigns.Automation.Agent.Foresight;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent;

public enum Lever
{
    Bid,
    DailyBudget,

    /// <summary>One of its ads, which is paused.</summary>
    Creative,

    /// <summary>Whether it runs at all: the agent pauses one that is surely not worth its money, and lets none run again by itself.</summary>
    Running,
}

/// <summary>An ad and what it is called at the network.</summary>
public sealed record AdNamed(ExternalId Id, string Name);

/// <summary>A move that was wanted, or done: one lever, from, to, because.</summary>
/// <param name="By">The optimiser that asked for it.</param>
public sealed record Proposal(Lever Lever, Money From, Money To, string Because, string By)
{
    [JsonIgnore]
    public decimal Change => From.Amount == 0 ? 0 : (To.Amount / From.Amount) - 1;

    /// <summary>The ad that is to be paused; its amounts are an equal part of the daily budget, and nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AdNamed? Ad { get; init; }

    /// <summary>The ad that has rested and takes its place; null where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AdNamed? Next { get; init; }

    /// <summary>What it is expected to change; null where an earlier version did not say, or it was dropped.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Effect? Expects { get; init; }

    /// <summary>Something stops running by it: its amounts are what it spent, and nothing.</summary>
    [JsonIgnore]
    public bool Pauses => Lever is Lever.Creative or Lever.Running;
}

/// <summary>A rail that shortened or dropped a proposal. <paramref name="Allowed"/> is null when dropped.</summary>
public sealed record Trim(string Rail, Lever Lever, Money Wanted, Money? Allowed, string Says);

/// <summary>What became of a move that was let through.</summary>
public sealed record Act(Proposal Proposal, string Outcome, bool Confirmed)
{
    /// <summary>The network did not answer; nobody knows yet whether it happened.</summary>
    [JsonIgnore]
    public bool Unanswered { get; init; }

    /// <summary>The key that its command went out under; null for one that did not.</summary>
    [JsonIgnore]
    public CommandKey? Key { get; init; }
}

/// <summary>The figures a decision was made on, in short; the readings themselves are kept elsewhere.</summary>
public sealed record Seen(
    DataState State, DateTimeOffset? DataAsOf, Money? SpendToday, [property: JsonPropertyName("ConversionsToday")] decimal? ResultsToday, Money? RevenueToday, Money DailyBudget, Money? Bid)
{
    public static Seen In(Observation now)
    {
        var reading = now.Reading;
        return new Seen(
            now.State, reading?.DataAsOf, reading?.Today.Spend, reading is null ? null : ResultWord.Of(now.Campaign).In(reading.Today), reading?.Today.Revenue,
            reading?.Settings.DailyBudget ?? now.Campaign.DailyBudget, reading?.Settings.Bid ?? now.Campaign.Bid);
    }

    /// <summary>Nothing was seen; budget and bid are those of our own record.</summary>
    public static Seen Nothing(Campaign campaign) => new(DataState.None, null, null, null, null, campaign.DailyBudget, campaign.Bid);
}

/// <summary>
/// One turn of the agent over one campaign: what it saw, what it wanted, what it was allowed, what came of it.
/// Written once and never edited; a roll-back is a new decision that names the one it reverses.
/// </summary>
public sealed record Decision(
    Guid Id, WorkspaceId Workspace, AdAccountId Account, CampaignId Campaign, DateTimeOffset At, Seen Saw,
    ImmutableArray<SafetyVerdict> Verdicts, ImmutableArray<Proposal> Wanted, ImmutableArray<Trim> Trimmed, ImmutableArray<Act> Done,
    string Says)
{
    /// <summary>What was expected of the next hour and the next day when it was made; empty where nothing could be.</summary>
    public ImmutableArray<Foreseen> Foresees { get; init; } = [];

    public Guid? RollsBack { get; init; }

    /// <summary>The decision that it repeats: same figures, verdicts, wants and trims. Null for one that stands for itself.</summary>
    public Guid? SameAs { get; init; }

    /// <summary>The turn failed or was not had in time: nothing was seen, judged or done, and <see cref="Says"/> tells why.</summary>
    public bool Missed { get; init; }

    /// <summary>How far the agent might go by itself in this turn; null where no move was asked for or an earlier version did not write it down.</summary>
    public Autonomy? Consent { get; init; }

    /// <summary>The version of the rules, rails and optimisers that made it; null in short ones and where an earlier version did not write it down.</summary>
    public string? Rules { get; init; }

    /// <summary>The person who answered a suggestion; null for the agent's own turns.</summary>
    public PersonId? By { get; init; }

    /// <summary>Nothing was done, broken, suggested or answered: every move that was wanted was dropped by a rail, or none was.</summary>
    [JsonIgnore]
    public bool IsQuiet =>
        Done.IsEmpty && By is null && RollsBack is null && !Verdicts.Any(verdict => verdict is SafetyVerdict.Breach)
        && Wanted.All(wanted => Trimmed.Any(trim => trim.Lever == wanted.Lever && trim.Allowed is null));

    /// <summary>The same in short, without what the other one says: its forecasts and what was clear.</summary>
    public Decision Like(Guid other) => this with { SameAs = other, Rules = null, Foresees = [], Verdicts = [.. Verdicts.Where(verdict => verdict is not SafetyVerdict.Clear)] };
}

public interface IDecisionStore
{
    Task AddAsync(Decision decision, CancellationToken cancellationToken);

    /// <summary>The newest first.</summary>
    Task<IReadOnlyList<Decision>> LatestAsync(CampaignId campaign, int count, CancellationToken cancellationToken);
}
