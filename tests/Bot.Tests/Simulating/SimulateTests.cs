using ChatOpsCampaigns.Bot.Simulating;
using ChatOpsCampaigns.Bot.Simulating.Bids;
using ChatOpsCampaigns.Bot.Simulating.Emergencies;
using ChatOpsCampaigns.Bot.Start;
using Microsoft.Extensions.Configuration;

namespace ChatOpsCampaigns.Bot.Tests.Simulating;

/// <summary>The verb <c>simulate</c>: what it takes, what it refuses with a sentence, and that the same arguments give the same bytes.</summary>
public sealed class SimulateTests
{
    [Theory]
    [InlineData("experiment", "E9", "There is no experiment \"E9\"; there are: E1, E2")]
    [InlineData("policy", "genius", "There is no policy \"genius\" in E1")]
    [InlineData("world", "mars", "there are: default, first-price, click-day")]
    [InlineData("campaigns", "0", "from 1 to")]
    [InlineData("days", "3", "from 10 to")]
    [InlineData("random", "-1", "whole number from 0 on")]
    public void What_cannot_be_played_is_refused_with_what_there_is(string name, string value, string says) =>
        Should.Throw<InvalidOperationException>(() => SimulatePlan.Read(Settings((name, value)))).Message.ShouldContain(says);

    [Theory]
    [InlineData("E3", "first-price", "There is no world \"first-price\" in E3; there are: default, sharp-human.")]
    [InlineData("E4", "click-day", "There is no world \"click-day\" in E4; there are: default, conversions.")]
    [InlineData("E1", "sharp-human", "There is no world \"sharp-human\" in E1; there are: default, first-price")]
    [InlineData("E2,E3", "first-price", "There is no world \"first-price\" in E3")]
    public void A_world_that_an_experiment_does_not_have_is_refused_and_not_played_as_another(string experiment, string world, string says) =>
        Should.Throw<InvalidOperationException>(() => SimulatePlan.Read(Settings(("experiment", experiment), ("world", world), ("data", "tests")))).Message.ShouldStartWith(says);

    [Fact]
    public void A_world_of_an_experiments_own_is_played() => SimulatePlan.Read(Settings(("experiment", "E3"), ("world", "sharp-human"))).Request.World.ShouldBe("sharp-human");

    [Fact]
    public void Policies_may_be_named_one_after_the_other()
    {
        var arguments = Arguments.Settings(["simulate", "--experiment", "E1", "--policy", "agent", "human", "--policy", "none", "--days", "12"]);
        var plan = SimulatePlan.Read(new ConfigurationBuilder().AddCommandLine(arguments).Build());

        plan.Played.ShouldHaveSingleItem().Policies.ShouldBe(["agent", "human", "none"]);
        plan.Request.Days.ShouldBe(12);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_same_arguments_give_the_same_bytes_on_any_number_of_cores(bool emergencies)
    {
        IExperiment experiment = emergencies ? new EmergencyExperiment() : new BidExperiment();

        var alone = Bytes(experiment, 1);

        Bytes(experiment, 2).ShouldBe(alone);
        Bytes(experiment, 1).ShouldBe(alone);
        alone.ShouldContain(emergencies ? "\"kind\":\"stop\"" : "\"kind\":\"bid\"");
    }

    [Fact]
    public void The_scores_are_written_as_the_page_of_promises_says()
    {
        var scores = new EmergencyExperiment().Play(Small(1), ["brief-hour"], new Progress<double>(), TestContext.Current.CancellationToken);

        var json = ScoreJson.Of(scores, TimeSpan.FromSeconds(2));
        var metrics = json["simulate"]![0]!["metrics"]!;

        json["seconds"]!.GetValue<double>().ShouldBe(2);
        metrics["falseStopsPerCleanDay"]!["high"]!.GetValue<double>().ShouldBeGreaterThan(metrics["falseStopsPerCleanDay"]!["value"]!.GetValue<double>());
        metrics["runaway"]!["x10"]!["sameDay"].ShouldNotBeNull();
        metrics["outage"]!["from60to200"]!["detected"].ShouldNotBeNull();
        foreach (var name in new[] { "cleanCampaignDays", "falseStopsOnFreeze", "falseStopsOnApiGap", "runawayLossShare", "priceSpikeX3WithinTwoRefreshes", "overCapDollars", "valueLostToFalseStops", "snapshotToPauseSecondsP95", "snapshotToPauseSecondsP99" })
            metrics[name].ShouldNotBeNull(name);
    }

    [Fact]
    public void Who_interrupts_it_is_obeyed()
    {
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();

        Should.Throw<OperationCanceledException>(() => new EmergencyExperiment().Play(Small(1), ["none"], new Progress<double>(), stopped.Token));
    }

    [Theory]
    [InlineData(0, 0, 0, 1)]
    [InlineData(63, 19_685, 0.0025, 0.0041)]
    public void Shares_have_the_interval_of_Wilson(int hits, int cases, double low, double high)
    {
        var interval = Interval.OfShare(hits, cases);

        interval.Low.ShouldBe(low, 0.00005);
        interval.High.ShouldBe(high, 0.00005);
    }

    private static string Bytes(IExperiment experiment, int atOnce)
    {
        var scores = experiment.Play(Small(atOnce), ["agent", "brief"], new Progress<double>(), TestContext.Current.CancellationToken);
        return ScoreJson.Of(scores, TimeSpan.Zero).ToJsonString() + string.Join("\n", scores.SelectMany(score => score.Acts).Select(ScoreJson.Line));
    }

    private static ExperimentRequest Small(int atOnce) => new(4, 11, 5, "default", "") { AtOnce = atOnce };

    private static IConfiguration Settings(params (string Name, string Value)[] said) =>
        new ConfigurationBuilder().AddInMemoryCollection(said.Select(one => KeyValuePair.Create(one.Name, (string?)one.Value))).Build();
}
