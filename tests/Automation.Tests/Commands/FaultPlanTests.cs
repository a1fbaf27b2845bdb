using ChatOpsCampaigns.Kit.Faults;

namespace ChatOpsCampaigns.Automation.Tests.Commands;

public sealed class FaultPlanTests
{
    private static readonly Fault[] Possible = Enum.GetValues<Fault>();

    [Fact]
    public void The_same_seed_deals_the_same_faults_whatever_else_is_called_in_between()
    {
        var alone = Dealt(new FaultPlan(7, 0.3), "c-1", []);
        var among = Dealt(new FaultPlan(7, 0.3), "c-1", ["c-2", "c-3", "c-4"]);

        among.ShouldBe(alone);
        alone.ShouldContain(fault => fault != null);
        Dealt(new FaultPlan(8, 0.3), "c-1", []).ShouldNotBe(alone);
    }

    [Fact]
    public void What_is_new_in_every_run_does_not_change_what_is_dealt() =>
        Dealt(new FaultPlan(7, 0.3), $"{Guid.NewGuid():N}/pause", []).ShouldBe(Dealt(new FaultPlan(7, 0.3), $"{Guid.NewGuid():D}/pause", []));

    [Fact]
    public void Its_share_of_calls_goes_wrong()
    {
        var plan = new FaultPlan(1, 0.05);

        Enumerable.Range(0, 20_000).Count(number => plan.Next("IPort", "AskAsync", $"c-{number % 50}", Possible) is not null).ShouldBeInRange(800, 1200);
    }

    private static List<Misfortune?> Dealt(FaultPlan plan, string about, string[] others)
    {
        var dealt = new List<Misfortune?>();
        for (var time = 0; time < 40; time++)
        {
            foreach (var other in others)
                plan.Next("IPort", "AskAsync", other, Possible);

            dealt.Add(plan.Next("IPort", "AskAsync", about, Possible));
        }

        return dealt;
    }
}
