using System.Globalization;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;
using ChatOpsCampaigns.Automation.Creatives.Testing;
using ChatOpsCampaigns.Bot.Simulating;
using ChatOpsCampaigns.Bot.Simulating.Creatives;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Bot.Tests.Simulating;

public sealed class CreativeExperimentTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Data_that_are_not_there_are_asked_for_in_a_sentence() => Should.Throw<SimulationException>(() => Play(["agent"], 10, _folder))
        .Message.ShouldStartWith($"E4 plays real headline tests, and {Path.Combine("upworthy", "n_matrix.csv")} and {Path.Combine("upworthy", "y_matrix.csv")} is not in {_folder}.");

    [Fact]
    public void A_cell_that_is_no_count_is_named_with_its_line()
    {
        Tables(["t1,100,200", "t2,100,many"], ["t1,1,2", "t2,1,2"]);

        Should.Throw<SimulationException>(() => Play(["agent"], 10, _folder)).Message.ShouldStartWith("Line 3 of ");
    }

    [Proves(102)]
    [Fact]
    public void The_agent_gains_clicks_over_an_equal_split_and_less_than_the_oracle()
    {
        Tables([.. Enumerable.Range(0, 30).Select(test => $"t{test},50000,50000,50000,0")], [.. Enumerable.Range(0, 30).Select(test => $"t{test},500,{600 + (10 * test)},450,0")]);

        var scores = Play(["none", "brief", "agent", "oracle"], 20, _folder).ToDictionary(score => score.Policy);

        Uplift(scores["none"]).ShouldBe(0);
        Uplift(scores["agent"]).ShouldBeInRange(.05, Uplift(scores["oracle"]));
        scores["agent"].Metrics["bestKilled"]!["value"]!.GetValue<double>().ShouldBe(0);
        scores["agent"].Metrics.ToJsonString().ShouldBe(Play(["agent"], 20, _folder).Single().Metrics.ToJsonString());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5, Traits = ["Length", "Long"])]
    public void Creatives_that_are_alike_are_told_apart_in_at_most_a_twentieth_of_tests_looked_at_every_five_minutes(int creatives)
    {
        const int Tests = 100;
        var wrong = Enumerable.Range(0, Tests).Count(test => SomeoneIsFoundWorse((ulong)test, creatives));

        wrong.ShouldBeLessThanOrEqualTo((int)(Tests * CreativeTest.Alpha));
    }

    [Proves(102)]
    [Fact]
    public void Real_headline_tests_give_the_reference_counts()
    {
        Assert.SkipUnless(RealData.Has("upworthy", "n_matrix.csv"), RealData.Missing);
        var tests = HeadlineTests.Read(RealData.Folder).Where(test => test.Length > 1).ToList();
        var pairs = tests.Select(test => (Best: test.MaxBy(arm => arm.Rate), Worst: test.MinBy(arm => arm.Rate))).ToList();
        var ps = tests.Select(test => ChiSquare.Of(test).P).Order().ToList();

        ps.Count(p => p < .05).ShouldBe(2_203);
        Enumerable.Range(1, ps.Count).Last(rank => ps[rank - 1] <= .05 * rank / ps.Count).ShouldBe(1_711);
        pairs.Count(pair => ChiSquare.Of(pair.Best, pair.Worst).P < .05).ShouldBe(3_233);
        pairs.Count(pair => ChiSquare.Of(pair.Best, pair.Worst, corrected: true).P < .05).ShouldBe(3_040);
    }

    [Trait("Length", "Long")]
    [Fact]
    public void Real_headline_tests_meet_what_is_wanted()
    {
        Assert.SkipUnless(RealData.Has("upworthy", "n_matrix.csv"), RealData.Missing);
        var score = Play(["agent"], 1_000, RealData.Folder).Single();

        Uplift(score).ShouldBeGreaterThanOrEqualTo(.075);
        score.Metrics["bestKilled"]!["high"]!.GetValue<double>().ShouldBeLessThanOrEqualTo(.02);
    }

    private static bool SomeoneIsFoundWorse(ulong test, int creatives)
    {
        const int Looks = 14 * 288;
        const double ResultsADay = 29;
        var random = RandomStream.At(11, test, Purpose.Conversions);
        var evidence = Enumerable.Repeat(CreativeEvidence.None, creatives).ToArray();
        for (var look = 0; look < Looks; look++)
        {
            var results = evidence.Select(_ => random.Poisson(ResultsADay / 288)).ToArray();
            var all = results.Sum();
            if (all == 0)
                continue;

            for (var creative = 0; creative < creatives; creative++)
            {
                evidence[creative] = evidence[creative].With(1.0 / creatives, results[creative], all - results[creative]);
                if (evidence[creative].IsWorse(creatives, CreativeTest.Alpha))
                    return true;
            }
        }

        return false;
    }

    private static IReadOnlyList<ExperimentScore> Play(string[] policies, int tests, string data) => new CreativeExperiment().Play(
        new ExperimentRequest(tests, null, 11, "default", data), policies, new Progress<double>(), TestContext.Current.CancellationToken);

    private static double Uplift(ExperimentScore score) => score.Metrics["clicksUplift"]!["value"]!.GetValue<double>();

    private void Tables(string[] shown, string[] clicked)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "upworthy")).FullName;
        var head = string.Concat(Enumerable.Range(0, shown[0].Count(letter => letter == ',')).Select(column => string.Create(CultureInfo.InvariantCulture, $",{column}")));
        File.WriteAllLines(Path.Combine(folder, "n_matrix.csv"), [head, .. shown]);
        File.WriteAllLines(Path.Combine(folder, "y_matrix.csv"), [head, .. clicked]);
    }
}
