using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Safety.Observing;

/// <summary>What happens when the network cannot be seen.</summary>
public enum DataState
{
    /// <summary>No older than usual for the network.</summary>
    Fresh,

    /// <summary>Up to three times as old as usual: no raises.</summary>
    Late,

    /// <summary>Older than that, or five failures in a row: no raises; pause when the worst case reaches the cap.</summary>
    Stale,

    /// <summary>No reading at all yet.</summary>
    None,

    /// <summary>Figures that cannot be: negative, falling, more conversions than clicks, from the future.</summary>
    Impossible,
}

/// <summary>A reading as it is kept: stored only when a number or its as-of time changed.</summary>
public sealed record KeptReading(CampaignId Campaign, DateTimeOffset ReadAt, PerformanceReading Reading);

/// <summary>
/// Everything that rules and optimisers see of one campaign: one immutable snapshot, and nothing else.
/// </summary>
/// <param name="Reading">The newest reading, or null: unknown.</param>
/// <param name="History">Kept readings of the last days, oldest first, without <paramref name="Reading"/>.</param>
/// <param name="Days">Finished account days of this campaign, oldest first.</param>
/// <param name="FailuresInARow">Failed reads of its account since the last good one.</param>
/// <param name="UnseenSince">Since when nothing was heard, or null when the last read succeeded.</param>
public sealed record Observation(
    Campaign Campaign, AdAccount Account, NetworkProfile Profile, DateTimeOffset Now, DataState State,
    PerformanceReading? Reading, ImmutableArray<KeptReading> History, ImmutableArray<DayFigures> Days,
    int FailuresInARow, DateTimeOffset? UnseenSince)
{
    /// <summary>Why the newest figures cannot be, when <see cref="State"/> is <see cref="DataState.Impossible"/>; <see cref="Reading"/> is then the last good one.</summary>
    public string? StateBecause { get; init; }

    /// <summary>Results are not being counted in the whole account: what they seem to cost says nothing.</summary>
    public bool ResultsUncounted { get; init; }

    /// <summary>Spend of every day that was kept since the launch, and of today, the highest seen; where the budget is for the whole time.</summary>
    public ImmutableSortedDictionary<AccountDay, Money> Spent { get; init; } = ImmutableSortedDictionary<AccountDay, Money>.Empty;

    internal Timeline.Made Timelines { get; } = new();

    public AccountDay Today => Account.DayAt(Now);

    /// <summary>
    /// The most that today's spend was ever reported as: what caps count, since networks take a few per cent back some hours
    /// later and money that was spent is spent. Null: no figures of today yet. Reports show the newest figure.
    /// </summary>
    public Money? HighestSpendToday => Reading?.Today is { } newest && newest.Day == Today ? Highest(newest) : null;

    /// <summary>The cap that holds today: a confirmed higher one for this day, or the campaign's own.</summary>
    public Money Cap => Campaign.CapForToday is { } lifted && lifted.Day == Today ? lifted.Cap : Campaign.Spec.Budget.MaxDailySpend;

    private Money Highest(DayFigures newest)
    {
        var highest = Money.Max(newest.Spend, Spent.GetValueOrDefault(newest.Day, newest.Spend));
        foreach (var kept in History)
        {
            if (kept.Reading.Today.Day == newest.Day)
                highest = Money.Max(highest, kept.Reading.Today.Spend);
        }

        return highest;
    }
}

/// <summary>Kept readings and finished days.</summary>
public interface IReadingStore
{
    /// <summary>Keeps those that differ from the last kept one, and the figures of their days, in one commit.</summary>
    Task KeepAsync(AdAccount account, IReadOnlyList<KeptReading> readings, CancellationToken cancellationToken);

    /// <summary>One campaign's kept readings since an instant, oldest first.</summary>
    Task<IReadOnlyList<KeptReading>> SinceAsync(CampaignId campaign, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>The newest kept reading of each campaign.</summary>
    Task<IReadOnlyDictionary<CampaignId, KeptReading>> NewestAsync(IReadOnlyCollection<CampaignId> campaigns, CancellationToken cancellationToken);

    /// <summary>Writes the figures of an account day; the last ones written count.</summary>
    Task KeepDayAsync(AdAccount account, CampaignId campaign, DayFigures figures, CancellationToken cancellationToken) =>
        KeepDaysAsync(account, campaign, [figures], cancellationToken);

    /// <summary>The same for several days, in one commit.</summary>
    Task KeepDaysAsync(AdAccount account, CampaignId campaign, IReadOnlyList<DayFigures> figures, CancellationToken cancellationToken);

    /// <summary>Finished and running days of a campaign from a day on, oldest first.</summary>
    Task<IReadOnlyList<DayFigures>> DaysAsync(CampaignId campaign, AccountDay from, CancellationToken cancellationToken);
}
