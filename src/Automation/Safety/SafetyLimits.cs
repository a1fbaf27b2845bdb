using ChatOpsCampaigns.Automation.Safety.Stopping;

namespace ChatOpsCampaigns.Automation.Safety;

/// <summary>Every number that a safety rule goes by. Sources: the figures were measured on simulated clean and faulty campaign-days.</summary>
public static class SafetyLimits
{
    /// <summary>Share of the cap from which people are warned and from which money not yet reported counts. 0.8.</summary>
    public const decimal CapWarningShare = 0.8m;

    /// <summary>The rate that counts for "not yet reported" is taken over this time. One hour.</summary>
    public static readonly TimeSpan RecentRateWindow = TimeSpan.FromHours(1);

    /// <summary>What is unseen may run this much faster than what was seen. 1.5.</summary>
    public const double WorstRateFactor = 1.5;

    /// <summary>How much faster than it should a runaway may spend: what the worst case of a day counts with. Ten times.</summary>
    public const double RunawayFactor = 10;

    /// <summary>Acceleration: observed against expected spend in the shortest window. 3.5 times.</summary>
    public const double AccelerationRatio = 3.5;

    /// <summary>Of <see cref="AccelerationRatio"/>, what one hour of it needs. 0.72.</summary>
    public const double HourShare = 0.72;

    /// <summary>Of <see cref="AccelerationRatio"/>, what two hours of it need. 0.55.</summary>
    public const double TwoHourShare = 0.55;

    /// <summary>Added to both sides, so that cents make no ratio. 0.8 % of the cap.</summary>
    public const double AccelerationSlackOfCap = 0.008;

    /// <summary>The least spend in the window. 4 % of the cap.</summary>
    public const double AccelerationLeastOfCap = 0.04;

    /// <summary>The day would end above this many caps. 1.5.</summary>
    public const double AccelerationProjectedCaps = 1.5;

    /// <summary>How much faster than the market's curve a campaign may spend before it has days of its own: front-loaded delivery does. 2.6.</summary>
    public const double UnlearnedWidening = 2.6;

    /// <summary>Own days from which the campaign's own shape counts. 3.</summary>
    public const int OwnDays = 3;

    /// <summary>Of the own days, so many must have spent their money to say what is usual while figures stand still. 1.</summary>
    public const int FewestUsualDays = 1;

    /// <summary>A day's money is spent from this share of the budget on: networks end a day a few per cent above or below it. 0.85.</summary>
    public const decimal SpentShareOfBudget = 0.85m;

    /// <summary>Hours that bring less than this share of the budget are quiet. 0.2.</summary>
    public const decimal QuietShareOfBudget = 0.2m;

    /// <summary>Figures that stand still for longer although there is money left are not explained by what is usual. 6 hours.</summary>
    public static readonly TimeSpan LongestStandstill = TimeSpan.FromHours(6);

    /// <summary>A campaign spends its money early where the last hours of its own days brought less than this share of it. 0.02.</summary>
    public const double QuietShareOfDay = 0.02;

    /// <summary>So many hours before midnight have to be quiet for that. 4 hours.</summary>
    public static readonly TimeSpan QuietEvening = TimeSpan.FromHours(4);

    /// <summary>Where the network gives no as-of time, its figures are about this share of the usual age behind. 0.4.</summary>
    public const double ShareOfAgeBehind = 0.4;

    public static readonly TimeSpan LeastData = TimeSpan.FromMinutes(15);

    /// <summary>Zero conversions: how rarely chance alone may look like an outage, per campaign-day. 1 in 10,000.</summary>
    public const double ZeroConversionChance = 1e-4;

    /// <summary>Zero conversions: never on less than this many expected. 9.</summary>
    public const double ZeroConversionLeast = 9;

    /// <summary>Conversions may be reported this much later than the spend beside them. One hour.</summary>
    public static readonly TimeSpan ConversionHold = TimeSpan.FromHours(1);

    /// <summary>CPA ceiling: above this many times the maximum. 1.2.</summary>
    public const double CpaCeilingFactor = 1.2;

    /// <summary>CPA ceiling: sure to this degree. 0.95.</summary>
    public const double CpaCeilingSureness = 0.95;

    public const int CpaCeilingLeastResults = 4;

    /// <summary>What the bid is multiplied with when the CPA is too high. 0.7, at most once in <see cref="BidCutPause"/>.</summary>
    public const decimal BidCut = 0.7m;

    public static readonly TimeSpan BidCutPause = TimeSpan.FromHours(24);

    /// <summary>CPA spike: above this many times the campaign's own past. 3.</summary>
    public const double CpaSpikeFactor = 3;

    /// <summary>CPA spike: sure to this degree. 0.99.</summary>
    public const double CpaSpikeSureness = 0.99;

    /// <summary>CPA spike: weight of "as always" in results. 3.</summary>
    public const double CpaSpikePrior = 3;

    public const int CpaSpikeDays = 7;

    public const int CpaSpikeResults = 30;

    public static readonly TimeSpan CpaSpikeWindow = TimeSpan.FromHours(24);

    /// <summary>Price spike: impressions cost this many times the usual. 2.</summary>
    public const double PriceSpikeFactor = 2;

    /// <summary>Price spike: what is still usual. 1.5 times.</summary>
    public const double PriceSpikeUsualRise = 1.5;

    /// <summary>Price spike: how rarely chance may look like one. 1 in 10,000 looks.</summary>
    public const double PriceSpikeChance = 1e-4;

    /// <summary>Price spike: never on fewer new impressions. Figures in which they stand still say nothing about a price. 20.</summary>
    public const int PriceSpikeLeast = 20;

    /// <summary>Price spike: finished days that it is held against.</summary>
    public const int PriceSpikeReach = 7;

    /// <summary>Price spike: how many reports back it looks when the newest says too little.</summary>
    public const int PriceSpikeReports = 3;

    /// <summary>ROAS floor: below this share of the minimum. 0.8.</summary>
    public const double RoasFloorShare = 0.8;

    public const int RoasFloorDays = 2;

    public const int RoasFloorResults = 20;

    /// <summary>Relative variance of one result's worth: log-normal with a log deviation of one. e.</summary>
    public const double WorthVariance = Math.E;

    /// <summary>One-sided 95 % point of the normal distribution.</summary>
    public const double Normal95 = 1.645;

    public const int FailuresUntilBlind = 5;

    /// <summary>From this many usual ages on a reading is stale; from one on it is late.</summary>
    public const int StaleAges = 3;

    /// <summary>No raise on figures older than this, whatever is usual. Three hours.</summary>
    public static readonly TimeSpan OldestForRaise = TimeSpan.FromHours(3);

    /// <summary>An account that could not be looked at for longer is late, however young its last figures. One minute.</summary>
    public static readonly TimeSpan LongestBetweenPasses = TimeSpan.FromMinutes(1);

    /// <summary>After a resume the agent moves nothing, and the same cause is not resumed by one person alone again. One hour.</summary>
    public static readonly TimeSpan ResumeCooldown = TimeSpan.FromHours(1);

    /// <summary>How far back readings are held for the rules. 75 hours.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(75);

    /// <summary>How long one read of an account may take, on the machine's clock; shorter than any sweep. 4 seconds.</summary>
    public static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(4);

    /// <summary>How long one attempt to pause may keep the alert waiting, on the machine's clock. 8 seconds.</summary>
    public static readonly TimeSpan PauseTimeout = TimeSpan.FromSeconds(8);

    /// <summary>What was written and not sent for so long is not sent any more: whoever takes up again what a crash cut off comes first. One minute.</summary>
    public static readonly TimeSpan UnsentWithin = TimeSpan.FromMinutes(1);

    /// <summary>What a network does not show for so long after it was sent did not happen. 15 minutes.</summary>
    public static readonly TimeSpan SettleWithin = TimeSpan.FromMinutes(15);

    /// <summary>A raise that failed may take effect late for so long; then it is taken back. One hour.</summary>
    public static readonly TimeSpan LateEffect = TimeSpan.FromHours(1);

    /// <summary>People who have not answered are reminded this often. 5 minutes of the machine's time: people do not think faster when campaign time runs faster.</summary>
    public static readonly TimeSpan RemindEvery = TimeSpan.FromMinutes(5);

    /// <summary>What stands still and nobody answers is told again hourly from here on. One hour of the machine's time.</summary>
    public static readonly TimeSpan RemindHourlyAfter = TimeSpan.FromHours(1);

    /// <summary>And daily from here on. One day of the machine's time.</summary>
    public static readonly TimeSpan RemindDailyAfter = TimeSpan.FromDays(1);

    /// <summary>Everybody with Admin is told when nobody has answered for this long. 10 minutes of the machine's time.</summary>
    public static readonly TimeSpan EscalateAfter = TimeSpan.FromMinutes(10);

    /// <summary>How far back <c>roll back</c> reaches. 24 hours.</summary>
    public static readonly TimeSpan RollBackReach = TimeSpan.FromHours(24);
}
