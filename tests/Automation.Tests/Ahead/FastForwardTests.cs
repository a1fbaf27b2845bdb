using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Agent.Rails;
using ChatOpsCampaigns.Automation.Agent.Rounds;
using ChatOpsCampaigns.Automation.Agent.Suggestions;
using ChatOpsCampaigns.Automation.Ahead;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Automation.Tests.Ahead;

public sealed class FastForwardTests
{
    private readonly SafetyBench _bench = new();

    [Fact]
    public async Task An_hour_is_worked_through_in_twelve_steps_and_not_jumped_over()
    {
        _bench.Running(spend: 10);
        var from = _bench.Core.Clock.GetUtcNow();

        var summary = await Forward().RunAsync(TimeSpan.FromHours(1), "here", TestContext.Current.CancellationToken);

        summary.Refused.ShouldBeNull();
        summary.To.ShouldBe(from.AddHours(1));
        _bench.Core.Network.AccountReads.ShouldBe(24);
        summary.Spend.ShouldBe([A.Usd(10)]);
    }

    [Fact]
    public async Task How_far_it_is_is_told_after_every_step()
    {
        var passed = new List<double>();

        await Forward().RunAsync(
            TimeSpan.FromMinutes(17), "here", TestContext.Current.CancellationToken,
            time =>
            {
                passed.Add(time.TotalMinutes);
                return Task.CompletedTask;
            });

        passed.ShouldBe([5, 10, 15, 17]);
    }

    [Fact]
    public async Task A_stop_on_the_way_is_told_in_the_summary()
    {
        var campaign = _bench.Running(spend: 800);

        var summary = await Forward().RunAsync(TimeSpan.FromMinutes(10), "here", TestContext.Current.CancellationToken);

        summary.Stops.ShouldHaveSingleItem().ShouldStartWith(campaign.Name);
        (await _bench.CampaignAsync(campaign)).Status.ShouldBe(CampaignStatus.Stopped);
    }

    [Fact]
    public async Task Results_that_nobody_counted_are_unknown_and_not_nought()
    {
        _bench.Running("c-1", spend: 10);
        var uncounted = _bench.Running("c-2", spend: 10);
        await _bench.Core.Campaigns.ChangeAsync(uncounted.Id, now => now with { Spec = now.Spec with { Name = "Uncounted" } }, TestContext.Current.CancellationToken);
        var figures = _bench.Core.Network.Figures[uncounted.Network.Campaign!.Value];
        _bench.Core.Network.Figures[uncounted.Network.Campaign!.Value] = shown => figures(shown) is var reading ? reading with { Today = reading.Today with { Conversions = null } } : null!;

        var summary = await Forward().RunAsync(TimeSpan.FromHours(1), "here", TestContext.Current.CancellationToken);

        (summary.Results.ShouldHaveSingleItem(), summary.Uncounted.ShouldHaveSingleItem()).ShouldBe(("5 installs", "Uncounted"));
    }

    [Fact]
    public async Task The_summary_knows_the_zone_of_the_accounts()
    {
        _bench.Running(spend: 10);

        (await Forward().RunAsync(TimeSpan.FromMinutes(10), "here", TestContext.Current.CancellationToken)).Zone.Id.ShouldBe("America/New_York");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8 * 24 * 60)]
    public async Task Too_little_and_too_much_time_is_refused_with_what_would_be_right(int minutes)
    {
        var from = _bench.Core.Clock.GetUtcNow();

        var summary = await Forward().RunAsync(TimeSpan.FromMinutes(minutes), "here", TestContext.Current.CancellationToken);

        summary.Refused.ShouldNotBeNull().ShouldContain("fast forward 1 day");
        _bench.Core.Clock.GetUtcNow().ShouldBe(from);
    }

    [Fact]
    public async Task A_kill_on_the_way_leaves_the_clock_and_the_summary_where_it_came()
    {
        var campaign = _bench.Running(spend: 10);
        var from = _bench.Core.Clock.GetUtcNow();
        await KilledAfterAsync(reads: 100);

        var kept = (await _bench.Core.Settings.FindAsync<KeptTime>(WorkspaceId.Local, KeptTime.Setting, TestContext.Current.CancellationToken))!;
        kept.CampaignTime.ShouldBe(_bench.Core.Clock.GetUtcNow());
        kept.Scaled.ShouldBeTrue();
        var journal = Journal();
        var cut = (await journal.FindCutAsync(TestContext.Current.CancellationToken)).ShouldNotBeNull();
        cut.Where.ShouldBe("here");
        var summary = await journal.SumUpAsync(cut, TestContext.Current.CancellationToken);
        summary.From.ShouldBe(from);
        summary.To.ShouldBe(kept.CampaignTime);
        summary.CutFrom.ShouldBe(TimeSpan.FromDays(1));
        summary.Spend.ShouldBe([A.Usd(10)]);
        campaign.Status.ShouldBe(CampaignStatus.Active);
    }

    [Fact]
    public async Task What_went_to_its_end_and_was_not_told_yet_is_found_too_and_then_no_more()
    {
        _bench.Running(spend: 10);
        await Forward().RunAsync(TimeSpan.FromHours(1), "here", TestContext.Current.CancellationToken);

        var untold = (await Journal().FindCutAsync(TestContext.Current.CancellationToken)).ShouldNotBeNull();
        (await Journal().SumUpAsync(untold, TestContext.Current.CancellationToken)).CutFrom.ShouldBeNull();

        await Journal().EndAsync(untold, TestContext.Current.CancellationToken);
        (await Journal().FindCutAsync(TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    private async Task KilledAfterAsync(int reads)
    {
        using var kill = new CancellationTokenSource();
        var seen = 0;
        _bench.Core.Network.ReadTakes = () =>
        {
            if (++seen == reads)
                kill.Cancel();

            return Task.CompletedTask;
        };
        await Should.ThrowAsync<OperationCanceledException>(Forward().RunAsync(TimeSpan.FromDays(1), "here", kill.Token));
        _bench.Core.Network.ReadTakes = () => Task.CompletedTask;
    }

    private SkipJournal Journal() => new(
        _bench.Core.Settings, _bench.Core.Campaigns, _bench.Core.Readings, _bench.Core.Intents, _bench.Core.Incidents, _bench.Core.Accounts);

    private FastForward Forward()
    {
        var core = _bench.Core;
        var watch = new SafetyWatch(_bench.Observer, _bench.Panel, _bench.Stop, _bench.Tracking);
        var memories = core.Memories;
        var reporter = new AgentReporter(core.Decisions, core.Feed);
        var executor = new ActionExecutor(core.Gate, core.Campaigns, core.Clock);
        var agent = new CampaignAgent(watch, executor, memories, reporter, new SurroundingsReader(core.Incidents, core.Room, core.Shares), new SuggestionBook(core.Settings, core.Feed), core.Foresees, new AgentPolicy(null));
        var accounts = new AccountTurns(
            agent, watch, core.Settler, new AccountTroubles(core.Settings, _bench.Sight, core.Clock, NullLogger<AccountTroubles>.Instance), core.Accounts, NullLogger<AccountTurns>.Instance);
        var turns = new AgentTurns(accounts, core.Campaigns, core.Settings, core.Clock, core.Machine);
        return new FastForward(
            _bench.Monitor, turns, core.HoursSwitch, core.Campaigns, core.Accounts, Journal(), new KeptClock(core.Settings, core.Clock), core.Clock);
    }
}
