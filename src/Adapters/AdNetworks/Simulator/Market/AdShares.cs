using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.AdNetworks;

namespace ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;

/// <summary>Spreads a campaign's figures over its ads: some draw more than others, and together they make the whole.</summary>
internal static class AdShares
{
    private const double Spread = 0.25;

    public static ImmutableArray<AdFigures> Split(DayFigures whole, ImmutableArray<NetworkAd> ads, ulong seed)
    {
        var shown = ads.Where(ad => ad.Status is NetworkStatus.Active).ToList();
        if (shown.Count == 0)
            return [];

        var weights = shown.Select(ad => (decimal)Math.Exp(Spread * RandomStream.At(seed, RandomStream.NumberOf(ad.Id.Value), Purpose.Parameters).Normal())).ToList();
        var sum = weights.Sum();
        var figures = ImmutableArray.CreateBuilder<AdFigures>();
        var (before, upTo) = (0m, 0m);
        for (var index = 0; index < shown.Count; index++)
        {
            upTo = index == shown.Count - 1 ? 1 : upTo + (weights[index] / sum);
            figures.Add(new AdFigures(
                shown[index].Id, (whole.Spend * upTo).Rounded() - (whole.Spend * before).Rounded(),
                Part(whole.Impressions, before, upTo), Part(whole.Clicks, before, upTo),
                whole.Conversions is { } results ? Math.Floor(results * upTo) - Math.Floor(results * before) : null));
            before = upTo;
        }

        return figures.ToImmutable();
    }

    private static long? Part(long? whole, decimal before, decimal upTo) => (long?)(Math.Floor((whole * upTo) ?? 0) - Math.Floor((whole * before) ?? 0));
}
