using ChatOpsCampaigns.Automation.Agent.Foresight;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Agent;

/// <summary>Forecasts of many campaigns in a market that knows nothing of them, held against what came.</summary>
public sealed class ForecastQualityTests(ITestOutputHelper output)
{
    private const int Campaigns = 12;

    /// <param name="off">Sum of the distances over the sum of what came, at most.</param>
    [Theory]
    [InlineData(ForecastSpan.Hour, .4)]
    [InlineData(ForecastSpan.Day, .12)]
    public void Most_come_inside_their_range_and_the_middle_is_not_far_off(ForecastSpan span, double off)
    {
        var all = Enumerable.Range(1, Campaigns).SelectMany(seed => Played(seed, span)).ToList();

        var spend = Score(all, forecast => forecast.Spend, came => came.Spend);
        var results = Score(all, forecast => forecast.Results, came => came.Results);
        output.WriteLine($"{span}: spend {spend}, results {results}");
        ((double)spend.Inside / spend.Known).ShouldBeInRange(.7, .98);
        ((double)results.Inside / results.Known).ShouldBeInRange(.7, .98);
        ((double)spend.Error!).ShouldBeLessThan(off);
    }

    private static List<RunningForecast> Played(int seed, ForecastSpan span)
    {
        var track = ForecastTrack.Empty;
        var all = new Dictionary<DateTimeOffset, RunningForecast>();
        new CleanMarket(seed)
        {
            Sees = (_, now) =>
            {
                track = track.With(ForecastSettlement.Due(now, track));
                track = track.With(ForecastMaker.Due(now, AgentMemory.Empty, track));
                foreach (var forecast in track.Of(span))
                    all[forecast.Foreseen.From] = forecast;
            },
        }.Run(days: 14).Count().ShouldBe(14);
        return [.. all.Values.Where(forecast => forecast.IsSettled)];
    }

    private static ForecastScore Score(List<RunningForecast> all, Func<Foreseen, Estimate?> expected, Func<Outcome, decimal?> came) => ForecastScore.Of(
        [.. all.Where(one => expected(one.Foreseen) is not null && came(one.Came!) is not null).Select(one => (expected(one.Foreseen)!, came(one.Came!)!.Value))]);
}
