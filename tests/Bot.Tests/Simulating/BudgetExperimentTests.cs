using System.Text.Json.Nodes;
using ChatOpsCampaigns.Bot.Simulating;
using ChatOpsCampaigns.Bot.Simulating.Budgets;

namespace ChatOpsCampaigns.Bot.Tests.Simulating;

public sealed class BudgetExperimentTests
{
    private static readonly BudgetExperiment Experiment = new();

    [Fact]
    public void The_same_arguments_give_the_same_scores_to_the_byte() => Written(Play(3, 20, ["agent"])).ShouldBe(Written(Play(3, 20, ["agent", "human"]).Where(score => score.Policy == "agent")));

    [Proves(98)]
    [Fact]
    public void The_agent_beats_the_weekly_human_and_stays_below_the_oracle_at_the_same_total()
    {
        var scores = Play(4, 60, ["human", "brief", "agent", "oracle"]).Where(score => score.Spread == .4).ToDictionary(score => score.Policy);

        Uplift(scores["agent"]).ShouldBeGreaterThan(Uplift(scores["human"]));
        Uplift(scores["agent"]).ShouldBeLessThan(Uplift(scores["oracle"]));
        Uplift(scores["brief"]).ShouldBeLessThan(0);
        scores["agent"].Metrics["spendShare"]!.GetValue<double>().ShouldBeInRange(.98, 1.02);
    }

    [Proves(176)]
    [Trait("Length", "Long")]
    [Fact]
    public void A_hundred_accounts_meet_what_is_wanted_at_every_spread()
    {
        foreach (var score in Play(100, 60, ["agent"]))
        {
            score.Metrics["oracleShare"]!["value"]!.GetValue<double>().ShouldBeGreaterThanOrEqualTo(.63);
            score.Metrics["overHuman"]!["low"]!.GetValue<double>().ShouldBeGreaterThanOrEqualTo(.04);
            score.Metrics["p10"]!.GetValue<double>().ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public void It_stops_when_it_is_told_to()
    {
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();

        Should.Throw<OperationCanceledException>(() => Experiment.Play(new ExperimentRequest(50, 60, 11, "default", ""), ["agent"], new Progress<double>(), stopped.Token));
    }

    private static IReadOnlyList<ExperimentScore> Play(int accounts, int days, string[] policies) => Experiment.Play(
        new ExperimentRequest(accounts, days, 11, "default", ""), policies, new Progress<double>(), TestContext.Current.CancellationToken);

    private static double Uplift(ExperimentScore score) => score.Metrics["valueUplift"]!["value"]!.GetValue<double>();

    private static string Written(IEnumerable<ExperimentScore> scores) => new JsonArray([.. scores.Select(score => score.Metrics)]).ToJsonString();
}
