using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Automation.Tests.Agent;

public sealed class FastForwardTests
{
    private readonly SafetyBench _bench = new();

    [Fact]
    public async Task An_hour_is_worked_through_in_twelve_steps_and_not_jumped_over()
    {
        _bench.Running(spend: 10);
        var from = _bench.Core.Clock.GetUtcNow();

        var summary = await Forward().RunAsync(TimeSpan.FromHours(1), TestContext.Current.CancellationToken);

        summary.Refused.ShouldBeNull();
        summary.To.ShouldBe(from.AddHours(1));
        _bench.Core.Network.AccountReads.ShouldBe(24);
        summary.Spend.ShouldBe([A.Usd(10)]);
    }

    [Fact]
    public async Task A_stop_on_the_way_is_told_in_the_summary()
    {
        var campaign = _bench.Running(spend: 800);

        var summary = await Forward().RunAsync(TimeSpan.FromMinutes(10), TestContext.Current.CancellationToken);

        summary.Stops.ShouldHaveSingleItem().ShouldStartWith(campaign.Name);
        (await _bench.CampaignAsync(campaign)).Status.ShouldBe(CampaignStatus.Stopped);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8 * 24 * 60)]
    public async Task Too_little_and_too_much_time_is_refused_with_what_would_be_right(int minutes)
    {
        var from = _bench.Core.Clock.GetUtcNow();

        var summary = await Forward().RunAsync(TimeSpan.FromMinutes(minutes), TestContext.Current.CancellationToken);

        summary.Refused.ShouldNotBeNull().ShouldContain("fast forward 1 day");
        _bench.Core.Clock.GetUtcNow().ShouldBe(from);
    }

    private FastForward Forward()
    {
        var core = _bench.Core;
        var watch = new SafetyWatch(_bench.Observer, _bench.Panel, _bench.Stop, _bench.Tracking);
        var memories = new AgentMemories(core.Settings);
        var reporter = new AgentReporter(core.Decisions, core.Feed);
        var executor = new ActionExecutor(core.Gate, core.Intents, core.Campaigns, core.Clock);
        var agent = new CampaignAgent(watch, executor, memories, reporter, core.Incidents, core.Room, new AgentPolicy(null));
        var accounts = new AccountTurns(
            agent, watch, executor, memories, reporter, core.Campaigns, core.Accounts, core.Clock, NullLogger<AccountTurns>.Instance);
        var turns = new AgentTurns(accounts, core.Campaigns, core.Settings, core.Clock, core.Machine);
        return new FastForward(_bench.Monitor, turns, core.Campaigns, core.Readings, core.Incidents, core.Accounts, core.HoursSwitch, core.Clock);
    }
}
