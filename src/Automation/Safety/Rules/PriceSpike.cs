using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;
using MathNet.Numerics;

namespace ChatOpsCampaigns.Automation.Safety.Rules;

/// <summary>
/// A thousand impressions suddenly cost more than twice what they did on the campaign's own last days. Impressions are known with the money, so that
/// this is seen before a result is missing. People are told; only missing results stop the campaign.
/// </summary>
public sealed class PriceSpike : ISafetyRule
{
    public RuleId Id { get; } = new("price-spike");

    public SafetyVerdict Judge(Observation now)
    {
        var past = now.Days.Where(day => day.Day < now.Today && day is { Impressions: > 0, Spend.Amount: > 0 }).TakeLast(SafetyLimits.PriceSpikeReach)
            .Select(day => (double)day.Spend.Amount / day.Impressions!.Value).Order().ToList();
        if (past.Count < SafetyLimits.OwnDays)
            return new SafetyVerdict.NotWatching(Id, $"{SafetyLimits.OwnDays} full days are in ({past.Count} so far)");

        if (now.Reading is not { } newest)
            return new SafetyVerdict.Unknown(Id, "there is no reading yet");

        if (newest.Today.Impressions is null)
            return new SafetyVerdict.Unknown(Id, "the network does not say how many impressions there were");

        var usual = past[past.Count / 2];
        var looked = 0;
        for (var at = now.History.Length - 1; at >= 0 && looked < SafetyLimits.PriceSpikeReports; at--)
        {
            var before = now.History[at].Reading;
            if (before.Today.Day != newest.Today.Day)
                break;

            if (before.Today.Spend == newest.Today.Spend)
                continue;

            looked++;
            if (Find(now, usual, before.Today, newest.Today) is { } breach)
                return breach;
        }

        return new SafetyVerdict.Clear(Id);
    }

    private SafetyVerdict.Breach? Find(Observation now, double usual, DayFigures before, DayFigures after)
    {
        var (spent, shown) = ((double)(after.Spend - before.Spend).Amount, (after.Impressions - before.Impressions) ?? 0);
        var expected = spent / usual;
        if (shown < SafetyLimits.PriceSpikeLeast || expected < SafetyLimits.PriceSpikeFactor * shown)
            return null;

        // So few by chance alone, although they cost what is still usual: the lower tail of a Poisson law.
        var chance = SpecialFunctions.GammaUpperRegularized(shown + 1, expected / SafetyLimits.PriceSpikeUsualRise);
        if (chance > SafetyLimits.PriceSpikeChance)
            return null;

        var word = ResultWord.ThousandImpressions;
        return new SafetyVerdict.Breach(Id, Remedy.Alert, new Evidence(
            $"price of {word.Each} in the newest figures", now.Account.Currency.Of((decimal)(1000 * spent / shown)).ToString(),
            $"{SafetyLimits.PriceSpikeFactor:0.#}× the usual {now.Account.Currency.Of((decimal)(1000 * usual))}"));
    }
}
