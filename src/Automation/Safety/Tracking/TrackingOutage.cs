using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;
using MathNet.Numerics;

namespace ChatOpsCampaigns.Automation.Safety.Tracking;

/// <summary>
/// Results that stay away in several campaigns of one account at once: not the campaigns fail then but the counting. Judged over the money
/// since the last result that any of them had, with what results cost each of them before. Pure.
/// </summary>
/// <param name="Since">The last result of any of them.</param>
/// <param name="Expected">Results that should have been reported since then in all of them together.</param>
/// <param name="Limit">So many absences chance alone does not explain.</param>
public sealed record TrackingOutage(DateTimeOffset Since, ImmutableArray<Observation> Quiet, double Expected, double Limit)
{
    private const int Fewest = 2;

    /// <summary>Of more campaigns than this many, so many have to be quiet.</summary>
    private const int Enough = 3;

    /// <summary>A campaign's absence says something from one expected result on.</summary>
    private const double LeastEach = 1;

    /// <summary>So many results say what one costs; with less, whichever is more of that and the target.</summary>
    private const double PastResults = 10;

    /// <summary>Null when results come, or their absence may be chance.</summary>
    /// <param name="countedSince">Nothing is missed from before: the end of the last outage, which was told.</param>
    public static TrackingOutage? Find(IEnumerable<Observation> account, DateTimeOffset countedSince = default)
    {
        var candidates = account.Select(Candidate.Of).OfType<Candidate>().Select(candidate => candidate with { Last = candidate.Last > countedSince ? candidate.Last : countedSince }).ToList();
        if (candidates.Count < Fewest)
            return null;

        return candidates
            .Select(candidate => candidate.Last)
            .Distinct()
            .Select(since => Of(since, candidates))
            .OfType<TrackingOutage>()
            .OrderByDescending(found => found.Quiet.Length)
            .ThenBy(found => found.Since)
            .FirstOrDefault();
    }

    /// <summary>Whether a campaign had a result after an instant; null when it cannot be told.</summary>
    public static bool? CountsSince(Observation now, DateTimeOffset since) => Candidate.Of(now) is { } candidate ? candidate.Last > since : null;

    private static TrackingOutage? Of(DateTimeOffset since, List<Candidate> candidates)
    {
        var quiet = candidates.Where(candidate => candidate.Last <= since && candidate.ExpectedSince(since) >= LeastEach).ToList();
        if (quiet.Count < Math.Min(Enough, candidates.Count))
            return null;

        // Every choice of so many campaigns, and every result of a day, is another chance to be quiet by accident.
        var choices = SpecialFunctions.BinomialLn(candidates.Count, quiet.Count);
        var aDay = quiet.Sum(candidate => candidate.ResultsADay);
        var limit = Math.Max(SafetyLimits.ZeroConversionLeast, choices + Math.Log(aDay / SafetyLimits.ZeroConversionChance));
        var expected = quiet.Sum(candidate => candidate.ExpectedSince(since));
        return expected < limit ? null : new TrackingOutage(since, [.. quiet.Select(candidate => candidate.Now)], expected, limit);
    }

    /// <summary>A running campaign that had results before, and what one costs it.</summary>
    private sealed record Candidate(Observation Now, Timeline Seen, double Cost, DateTimeOffset Last)
    {
        public double ResultsADay => (double)Now.Campaign.DailyBudget.Amount / Cost;

        public static Candidate? Of(Observation now)
        {
            if (now is not { FailuresInARow: 0, State: not (DataState.None or DataState.Impossible or DataState.Stale), Reading.Settings.Status: NetworkStatus.Active })
                return null;

            // Clicks and impressions are the network's own: no tracking loses them.
            var word = ResultWord.Of(now.Campaign);
            var seen = Timeline.Of(now);
            if (!word.IsConversion || seen.Points.Count < 2)
                return null;

            if (seen.ResultsSince(DateTimeOffset.MinValue) is not { } results)
                return null;

            var past = now.Days.Where(day => day.Day < now.Today && word.In(day) is not null).ToList();
            var before = past.Sum(day => (double)word.In(day)!.Value);
            var last = seen.LastResultAt();
            if (results + before <= 0)
                return null;

            return before >= PastResults
                ? new Candidate(now, seen, past.Sum(day => (double)day.Spend.Amount) / before, last)
                : CostSoFar(now, seen, results, last) is { } cost ? new Candidate(now, seen, cost, last) : null;
        }

        /// <summary>Reported as late at both ends, so that a steady flow of results is expected as it is.</summary>
        public double ExpectedSince(DateTimeOffset since)
        {
            var delays = DelayProfile.For(Now.Campaign);
            var hold = SafetyLimits.ConversionHold + (Now.Reading!.DataAsOf is null ? Now.Profile.UsualReportAge.Value : TimeSpan.Zero);
            var (from, to) = (since - hold, Seen.Last.At - hold);
            return to <= from
                ? 0
                : Math.Max(0, Seen.Matured(delays, to, DateTimeOffset.MinValue) - Seen.Matured(delays, from, DateTimeOffset.MinValue)) / Cost;
        }

        /// <summary>Without finished days: what they cost until the last one, so that their absence since then says nothing about it.</summary>
        private static double? CostSoFar(Observation now, Timeline seen, double results, DateTimeOffset last)
        {
            var own = results > 0 ? (seen.SpendAt(last) - seen.First.Spend) / results : 0;
            if (results >= PastResults && own > 0)
                return own;

            return (now.Campaign.Spec.Bidding.TargetCpa ?? now.Campaign.Spec.Automation.MaxCpa) is { Amount: > 0 } target ? Math.Max((double)target.Amount, own) : null;
        }
    }
}
