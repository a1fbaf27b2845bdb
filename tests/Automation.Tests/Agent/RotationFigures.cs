using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.Creatives;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Agent.Optimizers;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Agent;

/// <summary>
/// What is won by letting tired ads rest: each ad's clicks fall as (1 + f/6)⁻¹ with the times f that a person of its own audience saw it in seven days, ads share the
/// showings alike, and the very optimiser of the turn is asked once a day. The figures stand in docs/figures.md.
/// </summary>
public sealed class RotationFigures(ITestOutputHelper output)
{
    private const int Days = 60;
    private const int Ads = 5;
    private const int ShownADay = 50_000;

    public enum Policy
    {
        None,
        Told,
        Untold,
    }

    [Theory]
    [Trait("Length", "Long")]
    [InlineData(false, 1.0, 60)]
    [InlineData(true, -1.0, 1.0)]
    public void Rotation_brings_clicks_where_ads_tire_and_costs_next_to_none_where_none_does(bool untiring, double least, double most)
    {
        const int Campaigns = 40;
        var plays = Enumerable.Range(0, Campaigns).Select(index => Enum.GetValues<Policy>().Select(policy => Play(index, policy, untiring)).ToArray()).ToList();
        foreach (var policy in new[] { Policy.Told, Policy.Untold })
        {
            var uplifts = plays.Select(play => 100 * ((play[(int)policy].Clicks / play[0].Clicks) - 1)).ToList();
            var (mean, spread) = (uplifts.Average(), Math.Sqrt(uplifts.Average(one => one * one) - (uplifts.Average() * uplifts.Average())));
            output.WriteLine(FormattableString.Invariant(
                $"untiring {untiring}, {policy}: {mean:0.0} % more clicks ({mean - (1.96 * spread / Math.Sqrt(Campaigns)):0.0} to {mean + (1.96 * spread / Math.Sqrt(Campaigns)):0.0}), {plays.Average(play => play[(int)policy].Rotated):0.0} rotations"));
            mean.ShouldBeInRange(policy == Policy.Told ? least : Math.Min(0, least), most);
        }
    }

    private static (double Clicks, int Rotated) Play(int index, Policy policy, bool untiring)
    {
        var traits = new Random(1_000 + index);
        var rates = Enumerable.Range(0, Ads).Select(_ => .01 * Math.Exp(.18 * Normal(traits))).ToArray();
        var audiences = Enumerable.Range(0, Ads).Select(_ => 25_000 * Math.Exp(.8 * Normal(traits))).ToArray();
        var luck = new Random(2_000 + index);
        var (shown, running) = (new List<double[]>(), Enumerable.Repeat(true, Ads).ToArray());
        var (memory, clicks, rotated) = (AgentMemory.Empty, 0.0, 0);
        for (var day = 0; day < Days; day++)
        {
            var each = (double)ShownADay / running.Count(on => on);
            shown.Add([.. running.Select(on => on ? each : 0)]);
            var seen = Enumerable.Range(0, Ads).Select(ad => Frequency(shown, ad, audiences[ad])).ToArray();
            var expected = Enumerable.Range(0, Ads).Select(ad => shown[^1][ad] * rates[ad] / (untiring ? 1 : 1 + (seen[ad] / 6))).ToArray();
            clicks += expected.Sum();
            if (policy == Policy.None)
                continue;

            var now = Seen(day, running, shown[^1], [.. expected.Select(mean => Poisson(luck, mean))], seen, policy == Policy.Told);
            memory = memory with { Clicks = (memory.Clicks ?? ClickWatch.Empty).With(now) };
            if (CreativeOptimizer.Propose(now, memory) is not { Ad: { } tired } move)
                continue;

            running[NumberOf(tired)] = false;
            if (move.Next is { } next)
                running[NumberOf(next)] = true;
            memory = memory.With(AgentMemories.Move(now, move));
            rotated++;
        }

        return (clicks, rotated);
    }

    private static int NumberOf(AdNamed ad) => ad.Id.Value[^1] - '0';

    private static double Frequency(List<double[]> shown, int ad, double audience)
    {
        var week = shown.TakeLast(7).Sum(day => day[ad]);
        return week <= 0 ? 0 : week / (audience * (1 - Math.Exp(-week / audience)));
    }

    /// <summary>The morning after a day.</summary>
    private static Observation Seen(int day, bool[] running, double[] shown, long[] clicks, double[] frequency, bool told)
    {
        var campaign = A.Campaign() with { Network = new NetworkIds(new ExternalId("n1"), new ExternalId("n1-set"), [.. Enumerable.Range(0, Ads).Select(ad => new ExternalId($"n1/{ad}"))]) };
        var plain = AnObservation.Of(campaign, 100, null, at: A.Noon.AddDays(day));
        AdFigures Figures(int ad) => new(new ExternalId($"n1/{ad}"), A.Usd(100), (long)shown[ad], clicks[ad], null) { Frequency = told ? frequency[ad] : null };
        var settings = A.AtNetwork(campaign) with { Ads = [.. Enumerable.Range(0, Ads).Select(ad => new NetworkAd(new ExternalId($"n1/{ad}"), $"{ad}", running[ad] ? NetworkStatus.Active : NetworkStatus.Paused))] };
        var yesterday = new AccountDay(plain.Today.Date.AddDays(-1));
        var reading = plain.Reading! with { Settings = settings, Ads = [.. Enumerable.Range(0, Ads).Select(Figures)] };
        return plain with
        {
            Reading = reading,
            History = [new KeptReading(campaign.Id, A.Noon, reading with { Today = reading.Today with { Day = yesterday } })],
        };
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static long Poisson(Random random, double mean) => (long)Math.Max(0, Math.Round(mean + (Math.Sqrt(mean) * Normal(random))));
}
