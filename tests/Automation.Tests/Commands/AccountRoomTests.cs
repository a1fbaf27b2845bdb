using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Commands;

/// <summary>The account may spend $1,300 a day, every campaign begins with $500, and one person may double it alone.</summary>
public sealed class AccountRoomTests
{
    private readonly SafetyBench _safety = new(core: new Bench(limits: ApprovalLimits.Default with { RaiseAbove = 1 }, accounts: A.Account() with { DailyLimit = A.Usd(1_300) }));

    private Bench Bench => _safety.Core;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Proves(67)]
    [Fact]
    public async Task A_raise_goes_to_the_accounts_limit_and_not_above_and_says_what_is_left()
    {
        var (one, two) = await TwoAsync();
        await Bench.Campaigns.ChangeAsync(two.Id, now => now with { DailyBudget = A.Usd(600) }, Cancel);

        (await BudgetAsync(one, 701)).Says.ShouldBe(
            $"Not done: {one.Name} would take $701 a day, and the other campaigns of meta may spend $600 already, of the $1,300 a day that the account may: "
            + "at most $700 is left. Take that, or pause another or lower its budget first.");
        (await BudgetAsync(one, 700)).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task A_raise_goes_to_the_limit_of_all_accounts_together_and_not_above()
    {
        var (one, two) = await TwoAsync();
        Bench.Accounts.Together = A.Usd(1_100);

        (await BudgetAsync(one, 601)).Says.ShouldBe(
            $"Not done: {one.Name} would take $601 a day, and all other campaigns in USD may spend $500 already, of the $1,100 a day that the workspace may: "
            + "at most $600 is left. Take that, or pause another or lower its budget first.");
        (await BudgetAsync(one, 600)).Done.ShouldBeTrue();
        (await BudgetAsync(two, 501)).Says.ShouldContain("at most $500 is left");
    }

    [Fact]
    public async Task A_resume_that_would_pass_the_limit_is_refused()
    {
        var (one, two) = await TwoAsync();
        await _safety.Control.PauseAsync(one.Id, FakePeople.Ana, "weekend", Cancel);
        (await BudgetAsync(two, 750)).Done.ShouldBeTrue();
        await Bench.Campaigns.ChangeAsync(one.Id, now => now with { DailyBudget = A.Usd(600) }, Cancel);

        (await _safety.Control.ResumeAsync(one.Id, FakePeople.Ana, Cancel)).Says.ShouldContain("at most $550 is left");
        Bench.Network.Executed.ShouldNotContain(sent => sent.Command is NetworkCommand.Activate);
    }

    [Fact]
    public async Task The_last_step_of_a_launch_that_would_pass_the_limit_is_refused_and_the_launch_undone()
    {
        await TwoAsync();
        var third = Launching("c-3", A.Noon);

        while (await Bench.Engine.ContinueAsync(third.Id, Cancel) == LaunchProgress.ToBeContinued)
        {
        }

        var ended = await _safety.CampaignAsync(third);
        (ended.Status, ended.Because!.Contains("at most $300 is left", StringComparison.Ordinal)).ShouldBe((CampaignStatus.Failed, true), ended.Because);
        Bench.Network.Executed.ShouldNotContain(sent => sent.Command is NetworkCommand.Activate);
    }

    [Theory]
    [InlineData(CampaignStatus.Resting)]
    [InlineData(CampaignStatus.Scheduled)]
    [InlineData(CampaignStatus.InReview)]
    [InlineData(CampaignStatus.Launching)]
    public async Task What_will_spend_without_anybodys_doing_counts(CampaignStatus status)
    {
        var (one, two) = await TwoAsync();
        await Bench.Campaigns.ChangeAsync(two.Id, now => now with { Status = status, DailyBudget = A.Usd(700) }, Cancel);

        (await BudgetAsync(one, 650)).Says.ShouldContain("at most $600 is left");
    }

    [Theory]
    [InlineData(CampaignStatus.Paused)]
    [InlineData(CampaignStatus.Ended)]
    [InlineData(CampaignStatus.Failed)]
    public async Task What_stands_still_does_not_count(CampaignStatus status)
    {
        var (one, two) = await TwoAsync();
        await Bench.Campaigns.ChangeAsync(two.Id, now => now with { Status = status, DailyBudget = A.Usd(700) }, Cancel);

        (await BudgetAsync(one, 650)).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task A_stop_that_is_not_confirmed_still_counts()
    {
        var (one, two) = await TwoAsync();
        await Bench.Campaigns.ChangeAsync(two.Id, now => now with { Status = CampaignStatus.Stopped, DailyBudget = A.Usd(700) }, Cancel);
        await Bench.Incidents.OpenAsync(
            new Incident(
                IncidentId.New(), two.Workspace, two.Account, two.Id, two.Name, new RuleId("daily-spend-cap"), Remedy.PauseCampaign, Severity.Critical,
                new Evidence("spend", "$800", "$750"), A.Noon, IncidentState.Acting),
            Cancel);

        (await BudgetAsync(one, 650)).Says.ShouldContain("at most $600 is left");
    }

    [Fact]
    public async Task A_raise_of_which_nobody_knows_counts_at_the_higher_amount()
    {
        var (one, two) = await TwoAsync();
        Bench.Network.Troubles = _ =>
        {
            Bench.Network.ReadFault = new AdNetworkException(FaultKind.Unavailable, "503");
            return Trouble.TimesOut;
        };
        (await BudgetAsync(two, 700)).Says.ShouldContain("Nobody knows yet");
        Bench.Network.Troubles = _ => null;
        Bench.Network.ReadFault = null;

        (await BudgetAsync(one, 650)).Says.ShouldContain("at most $600 is left");
    }

    [Fact]
    public async Task A_resume_of_which_nobody_knows_counts()
    {
        var (one, two) = await TwoAsync();
        await _safety.Control.PauseAsync(two.Id, FakePeople.Ana, "weekend", Cancel);
        Bench.Network.Troubles = _ =>
        {
            Bench.Network.ReadFault = new AdNetworkException(FaultKind.Unavailable, "503");
            return Trouble.TimesOut;
        };
        (await _safety.Control.ResumeAsync(two.Id, FakePeople.Ana, Cancel)).Says.ShouldContain("Nobody knows yet");
        Bench.Network.Troubles = _ => null;
        Bench.Network.ReadFault = null;

        (await Bench.Room.OthersAsync(A.Account(), one.Id, Cancel)).ShouldBe(A.Usd(500));
    }

    [Fact]
    public async Task Two_raises_at_once_never_take_the_same_room()
    {
        var (one, two) = await TwoAsync();
        var judged = new TaskCompletionSource();
        Bench.Intents.Saving = intent => intent.Command.Campaign == one.Id ? judged.Task : Task.CompletedTask;
        var first = BudgetAsync(one, 700);
        var second = BudgetAsync(two, 700);
        judged.SetResult();

        var done = (await Task.WhenAll(first, second)).Select(answer => answer.Done);

        done.ShouldBe([true, false]);
        Bench.Network.Campaigns.Sum(shown => shown.DailyBudget.Amount).ShouldBe(1_200m);
    }

    [Fact]
    public async Task Nor_while_the_first_is_confirmed_and_not_yet_written_down()
    {
        var (one, two) = await TwoAsync();
        var written = new TaskCompletionSource();
        Bench.Campaigns.Changing = changed => changed == one.Id ? written.Task : Task.CompletedTask;
        var first = BudgetAsync(one, 700);
        var second = BudgetAsync(two, 700);
        written.SetResult();

        (await Task.WhenAll(first, second)).Select(answer => answer.Done).ShouldBe([true, false]);
    }

    [Fact]
    public async Task Nor_while_what_was_rolled_back_is_confirmed_and_not_yet_written_down()
    {
        var (one, two) = await TwoAsync();
        Bench.Network.Put(Bench.Network.Campaigns.Single(shown => shown.Id == one.Network.Campaign) with { DailyBudget = A.Usd(700) });
        await Bench.Campaigns.ChangeAsync(one.Id, now => now with { DailyBudget = A.Usd(700) }, Cancel);
        (await BudgetAsync(one, 300)).Done.ShouldBeTrue();
        var warned = new Incident(
            IncidentId.New(), one.Workspace, one.Account, one.Id, one.Name, new RuleId("stale-reading"), Remedy.PauseCampaign, Severity.High,
            new Evidence("figures", "old", ""), A.Noon, IncidentState.Acting);
        await Bench.Campaigns.ChangeAsync(one.Id, now => now with { Status = CampaignStatus.Stopped }, Cancel);
        await Bench.Incidents.OpenAsync(warned, Cancel);
        var written = new TaskCompletionSource();
        Bench.Campaigns.Changing = changed => changed == one.Id ? written.Task : Task.CompletedTask;

        var back = _safety.Desk.RollBackAsync(warned.Id, FakePeople.Olga, Cancel);
        var raise = BudgetAsync(two, 750);
        written.SetResult();

        (await back).Says.ShouldContain("daily budget $300 → $700");
        (await raise).Says.ShouldContain("at most $600 is left");
    }

    [Fact]
    public async Task Two_launches_at_once_never_take_the_same_room()
    {
        _safety.Running();
        var (earlier, later) = (Launching("c-3", A.Noon), Launching("c-4", A.Noon.AddSeconds(1)));

        await Task.WhenAll(LaunchAsync(earlier), LaunchAsync(later));

        (await _safety.CampaignAsync(earlier)).Status.ShouldBe(CampaignStatus.Active);
        (await _safety.CampaignAsync(later)).Status.ShouldBe(CampaignStatus.Failed);
        Bench.Network.Executed.Count(sent => sent.Command is NetworkCommand.Activate).ShouldBe(1);
    }

    [Fact]
    public async Task An_earlier_launch_counts_a_later_one_that_is_on_already()
    {
        _safety.Running();
        var (earlier, later) = (Launching("c-3", A.Noon), Launching("c-4", A.Noon.AddSeconds(1)));
        await Bench.Intents.AddAsync(
            new CommandIntent(
                LaunchSteps.KeyOf(later, "activate"), later.Workspace, later.Mode, new NetworkCommand.Activate(later.Account, later.Id, new ExternalId("n9"), null),
                later.CreatedBy, "launch", A.Noon, IntentState.Confirmed)
            {
                SettledAt = A.Noon.AddSeconds(2),
            },
            Cancel);

        await LaunchAsync(earlier);

        (await _safety.CampaignAsync(earlier)).Status.ShouldBe(CampaignStatus.Failed);
    }

    [Fact]
    public async Task A_raise_that_hangs_keeps_the_next_one_waiting_for_eight_seconds_and_no_cut_at_all()
    {
        var (one, two) = await TwoAsync();
        var three = _safety.Running("c-3");
        var hangs = new TaskCompletionSource();
        Bench.Network.Takes = command => command.Campaign == one.Id ? hangs.Task : Task.CompletedTask;
        await Bench.Campaigns.ChangeAsync(three.Id, now => now with { Status = CampaignStatus.Paused }, Cancel);
        var first = BudgetAsync(one, 600);
        var second = BudgetAsync(two, 600);
        (await BudgetAsync(three, 400)).Done.ShouldBeTrue();

        Bench.Machine.Advance(TimeSpan.FromSeconds(9));

        (await second).Says.ShouldContain("still under way");
        hangs.SetResult();
        (await first).Done.ShouldBeTrue();
    }

    private async Task<(Campaign One, Campaign Two)> TwoAsync()
    {
        var two = (_safety.Running("c-1"), _safety.Running("c-2"));
        await _safety.Monitor.SweepAsync(Cancel);
        return two;
    }

    private Task<ControlAnswer> BudgetAsync(Campaign campaign, decimal to) => _safety.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(to), Cancel);

    private Campaign Launching(string id, DateTimeOffset at)
    {
        var campaign = A.Campaign(CampaignStatus.Launching, id) with { CreatedAt = at };
        Bench.Campaigns.With(campaign);
        return campaign;
    }

    private async Task LaunchAsync(Campaign campaign)
    {
        while (await Bench.Engine.ContinueAsync(campaign.Id, Cancel) == LaunchProgress.ToBeContinued)
        {
        }
    }
}
