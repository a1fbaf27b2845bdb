using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent.Creatives;
using ChatOpsCampaigns.Automation.Agent.Curves;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Agent.Rails;
using ChatOpsCampaigns.Automation.Agent.Sharing;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Replays;

public sealed record ReplayedMove(DateTimeOffset At, Proposal Move);

/// <summary>One way that a day goes.</summary>
/// <param name="Bid">What it ends at; null where the network bids.</param>
public sealed record ReplayedDay(ImmutableArray<ReplayedMove> Moves, Money Budget, Money? Bid)
{
    /// <summary>What a day at this budget brings by the campaign's own curve; null where its days do not say.</summary>
    public double? Results { get; init; }
}

/// <summary>A past day as the present engine takes it: with the settings that hold, and with others.</summary>
/// <param name="Readings">How many kept readings it was played from.</param>
public sealed record Replay(AccountDay Day, int Readings, ReplayedDay AsSet, ReplayedDay Otherwise)
{
    /// <summary>Finished days that the curve comes from; none where there is no curve.</summary>
    public int CurveDays { get; init; }

    /// <summary>Days on which its ads were compared before.</summary>
    public int ComparedDays { get; init; }

    /// <summary>Roughly how much dearer a result would have become by the other end, as a share; null where the network bids.</summary>
    public double? CostChange => AsSet.Bid is { Amount: > 0 } bid && Otherwise.Bid is { } other ? Math.Pow((double)(other.Amount / bid.Amount), Optimizers.CostEstimate.BidElasticity) - 1 : null;
}

/// <summary>
/// Plays a past day of a campaign from its kept readings through the engine that decides every turn. What the market would have answered to other bids is
/// in no reading: it is an estimate. Its own curve says what another budget brings, and its ads' figures which of them would have been paused; limits and other
/// campaigns of the account, incidents and people's holds are left out of both ways.
/// </summary>
public sealed class ReplayDesk(IReadingStore readings, AgentMemories memories, IAdAccounts accounts, IAdNetworkDirectory networks)
{
    /// <summary>The agent takes a turn so often.</summary>
    private static readonly TimeSpan TurnEvery = TimeSpan.FromMinutes(5);

    private const int DaysBefore = 30;

    /// <summary>Null: nothing of that day is kept.</summary>
    public async Task<Replay?> RunAsync(Campaign campaign, Func<Campaign, Campaign> change, AccountDay day, CancellationToken cancellationToken)
    {
        var account = await accounts.GetAsync(campaign.Account, cancellationToken);
        var (start, end) = (day.Start(account.Zone()), day.End(account.Zone()));
        var kept = (await readings.SinceAsync(campaign.Id, start, cancellationToken)).Where(one => one.ReadAt < end && one.Reading.Today.Day == day).ToList();
        if (kept.Count == 0)
            return null;

        var days = (await readings.DaysAsync(campaign.Id, new AccountDay(day.Date.AddDays(-DaysBefore)), cancellationToken)).Where(one => one.Day < day).ToImmutableArray();
        var before = (await readings.SinceAsync(campaign.Id, start.AddDays(-DaysBefore), cancellationToken)).Where(one => one.Reading.Today.Day < day).ToImmutableArray();
        var plain = campaign with { Status = CampaignStatus.Active, TakenOver = false, Holds = [], DailyBudget = kept[0].Reading.Settings.DailyBudget, Bid = kept[0].Reading.Settings.Bid };
        var begun = new Begun(account, networks.Profile(campaign.Spec.Network), kept, days, [.. before.Where(one => one.ReadAt >= start - SafetyLimits.Window), .. kept]);
        var memory = Remembered(await memories.OfAsync(campaign, cancellationToken), begun.Seen(plain, kept[0], []) with { History = before }, start);
        var known = BudgetShares.CurveOf(account, plain, days, start);
        return new Replay(day, kept.Count, With(Play(plain, begun, memory), known?.Curve), With(Play(change(plain), begun, memory), known?.Curve))
        {
            CurveDays = known?.Days ?? 0, ComparedDays = memory.Creatives?.Batches ?? 0,
        };
    }

    /// <summary>What both ways begin with.</summary>
    /// <param name="Read">The day's readings, and before them what a turn still remembered then.</param>
    private sealed record Begun(AdAccount Account, NetworkProfile Profile, List<KeptReading> Kept, ImmutableArray<DayFigures> Days, ImmutableArray<KeptReading> Read)
    {
        /// <summary>With the readings before it, as long as the bid stands where it really stood: what impressions cost at another one is in no reading.</summary>
        public Observation Seen(Campaign campaign, KeptReading one, IReadOnlyCollection<ExternalId> off)
        {
            var settings = one.Reading.Settings with
            {
                DailyBudget = campaign.DailyBudget, Bid = campaign.Bid, Ads = [.. one.Reading.Settings.Ads.Select(ad => off.Contains(ad.Id) ? ad with { Status = NetworkStatus.Paused } : ad)],
            };
            var reading = one.Reading with { Settings = settings };
            return new Observation(
                campaign, Account, Profile, one.ReadAt, Freshness.Judge(reading, one.ReadAt, Profile, 0), reading,
                campaign.Bid == one.Reading.Settings.Bid ? [.. Read.Where(before => before.ReadAt < one.ReadAt && before.ReadAt >= one.ReadAt - SafetyLimits.Window)] : [], Days, 0, null);
        }
    }

    /// <summary>Moves from before that day, and what its ads had shown by then.</summary>
    private static AgentMemory Remembered(AgentMemory memory, Observation begin, DateTimeOffset start)
    {
        var past = AgentMemory.Empty with { Moves = [.. memory.Moves.Where(move => move.At < start)] };
        return begin.Campaign.Spec.Automation.TestCreatives && !begin.Profile.Capabilities.OwnsTheBid
            ? past with { Creatives = CreativeWatch.Empty.With(begin), Clicks = ClickWatch.Empty.With(begin) }
            : past;
    }

    private static ReplayedDay With(ReplayedDay day, ResponseCurve? curve) => curve is null ? day : day with { Results = curve.Results((double)day.Budget.Amount) };

    private static ReplayedDay Play(Campaign campaign, Begun begun, AgentMemory memory)
    {
        var (moves, off) = (ImmutableArray.CreateBuilder<ReplayedMove>(), new List<ExternalId>());
        var (last, share) = (DateTimeOffset.MinValue, Share(campaign, begun));
        foreach (var one in begun.Kept.Where(one => one.ReadAt - last >= TurnEvery || one == begun.Kept[0]))
        {
            last = one.ReadAt;
            var now = begun.Seen(campaign, one, off);
            foreach (var move in DecisionEngine.Decide(new Surroundings(now, memory, null, begun.Account.Currency.Zero) { Share = share }).Moves)
            {
                memory = memory.With(AgentMemories.Move(now, move));
                moves.Add(new ReplayedMove(one.ReadAt, move));
                if (move.Lever == Lever.Running)
                    return new ReplayedDay(moves.ToImmutable(), campaign.DailyBudget, campaign.Bid);

                campaign = Moved(campaign, move);
                share = move.Lever == Lever.DailyBudget ? Share(campaign, begun) : share;
                if (move.Ad is { } ad)
                    off.Add(ad.Id);
            }
        }

        return new ReplayedDay(moves.ToImmutable(), campaign.DailyBudget, campaign.Bid);
    }

    private static Campaign Moved(Campaign campaign, Proposal move) => move.Lever switch
    {
        Lever.Bid => campaign with { Bid = move.To },
        Lever.DailyBudget => campaign with { DailyBudget = move.To },
        _ => campaign,
    };

    /// <summary>What its own curve says of its budget; the account's other campaigns take no part.</summary>
    private static BudgetShare? Share(Campaign campaign, Begun begun) => BudgetShares.Of(begun.Account, [(campaign, begun.Days)], begun.Kept[0].ReadAt).FirstOrDefault();
}
