using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Commands;

public sealed class NetworkGateTests : IAsyncLifetime
{
    private readonly Bench _bench = new();
    private readonly Campaign _campaign = A.Campaign();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bench.Campaigns.With(_campaign);
        _bench.Network.Put(A.AtNetwork(_campaign));
        await _bench.SeenAsync(_campaign);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_change_is_confirmed_by_reading_it_back_and_stands_in_the_trail_before_and_after()
    {
        var outcome = await SendAsync(Budget(550));

        outcome.ShouldBeOfType<CommandOutcome.Confirmed>();
        _bench.Network.Campaigns.Single().DailyBudget.ShouldBe(A.Usd(550));
        _bench.Audit.All.Select(entry => entry.Kind).ShouldBe(["intent", "outcome"]);
    }

    [Fact]
    public async Task What_came_of_a_change_is_on_record_also_when_its_save_is_told_to_have_failed_and_stands_there()
    {
        _bench.Intents.Saved = intent => intent.State == IntentState.Confirmed ? throw new TimeoutException("no answer") : Task.CompletedTask;

        (await SendAsync(Budget(550))).ShouldBeOfType<CommandOutcome.Confirmed>();

        _bench.Audit.All.Select(entry => entry.Kind).ShouldBe(["intent", "outcome"]);
    }

    [Fact]
    public async Task A_yes_that_changed_nothing_is_a_failure()
    {
        _bench.Network.Troubles = _ => Trouble.LiesAboutIt;

        (await SendAsync(Budget(550))).ShouldBeOfType<CommandOutcome.Failed>();
    }

    [Fact]
    public async Task A_lost_answer_is_settled_by_reading_and_not_sent_again()
    {
        _bench.Network.Troubles = _ => Trouble.ExecutesThenTimesOut;

        (await SendAsync(Budget(550))).ShouldBeOfType<CommandOutcome.Confirmed>();
        _bench.Network.Executed.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_cannot_be_read_back_is_unknown_until_it_can()
    {
        _bench.Network.Troubles = _ =>
        {
            _bench.Network.ReadFault = new AdNetworkException(FaultKind.Unavailable, "503");
            return Trouble.ExecutesThenTimesOut;
        };
        (await SendAsync(Budget(550))).ShouldBeOfType<CommandOutcome.Unknown>();

        _bench.Network.ReadFault = null;
        _bench.Network.Troubles = _ => throw new InvalidOperationException("It must not be sent again.");

        (await SendAsync(Budget(550))).ShouldBeOfType<CommandOutcome.Confirmed>();
    }

    [Fact]
    public async Task A_creation_that_took_effect_after_it_was_told_to_have_failed_is_found_and_not_sent_again()
    {
        var upload = new NetworkCommand.UploadCreative(_campaign.Account, _campaign.Id, 0, new Digest("d1d1d1d1d1"), CreativeKind.Image, "one.png");
        _bench.Network.Troubles = _ => Trouble.TimesOut;
        (await SendAsync(upload)).ShouldBeOfType<CommandOutcome.Failed>();
        _bench.Network.Troubles = _ => null;
        await _bench.Network.ExecuteAsync(A.Account(), upload, new CommandKey("k"), Cancel);
        _bench.Network.Troubles = _ => throw new InvalidOperationException("It must not be sent again.");

        (await SendAsync(upload)).ShouldBeOfType<CommandOutcome.Confirmed>();
    }

    [Fact]
    public async Task The_same_key_again_gives_the_first_answer()
    {
        await SendAsync(Budget(550));
        await SendAsync(Budget(550));

        _bench.Network.Executed.Count.ShouldBe(1);
        _bench.Audit.All.Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_same_key_for_another_command_is_a_bug()
    {
        await SendAsync(Budget(550));

        await Should.ThrowAsync<InvalidOperationException>(() => SendAsync(Pause()));
    }

    [Proves(38, 108)]
    [Theory]
    [InlineData(750, true)]
    [InlineData(750.01, false)]
    public async Task A_budget_goes_up_to_the_cap_and_not_a_cent_above(double amount, bool passes) =>
        ((await SendAsync(Budget((decimal)amount))) is CommandOutcome.Confirmed).ShouldBe(passes);

    [Proves(40, 107)]
    [Theory]
    [InlineData(15, true)]
    [InlineData(15.01, false)]
    public async Task A_bid_goes_up_to_the_most_allowed(double amount, bool passes) =>
        ((await SendAsync(Bid((decimal)amount))) is CommandOutcome.Confirmed).ShouldBe(passes);

    [Fact]
    public async Task Frozen_refuses_raises_and_lets_cuts_and_pauses_through()
    {
        await _bench.Switch.SetAsync(new SwitchState(true, FakePeople.Olga.Id, A.Noon, "test"), Cancel);

        (await SendAsync(Budget(550), "raise")).ShouldBeOfType<CommandOutcome.Refused>();
        (await SendAsync(Budget(450), "cut")).ShouldBeOfType<CommandOutcome.Confirmed>();
        (await SendAsync(Pause(), "pause")).ShouldBeOfType<CommandOutcome.Confirmed>();
    }

    [Theory]
    [InlineData(550)]
    [InlineData(490)]
    public async Task A_change_made_at_the_network_is_never_overwritten_by_a_raise(double to)
    {
        // Computed from $500, while a person has set $400 at the network: both would raise.
        _bench.Network.Put(A.AtNetwork(_campaign) with { DailyBudget = A.Usd(400) });

        (await SendAsync(Budget((decimal)to))).ShouldBeOfType<CommandOutcome.Refused>().Says.ShouldContain("somebody changed it");
        _bench.Network.Executed.ShouldBeEmpty();
    }

    [Proves(109)]
    [Fact]
    public async Task A_cut_goes_out_also_from_another_value()
    {
        _bench.Network.Put(A.AtNetwork(_campaign) with { DailyBudget = A.Usd(600) });

        (await SendAsync(Budget(450))).ShouldBeOfType<CommandOutcome.Confirmed>();
    }

    [Proves(110)]
    [Fact]
    public async Task A_pause_goes_out_although_the_journal_cannot_be_written()
    {
        _bench.Intents.Locked = true;
        _bench.Audit.Locked = true;

        (await SendAsync(Pause())).ShouldBeOfType<CommandOutcome.Confirmed>();
        _bench.Stops.Noted.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_raise_does_not_go_out_when_the_trail_cannot_be_written()
    {
        _bench.Audit.Locked = true;

        await Should.ThrowAsync<IOException>(() => SendAsync(Budget(550)));
        _bench.Network.Executed.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_never_sent_is_on_record_as_that()
    {
        await _bench.Intents.AddAsync(
            new CommandIntent(
                new CommandKey("k"), _campaign.Workspace, _campaign.Mode, Budget(550), FakePeople.Ana.Id, "because", _bench.Clock.GetUtcNow(), IntentState.Planned),
            Cancel);
        _bench.Machine.Advance(SafetyLimits.UnsentWithin);

        await _bench.Gate.SettleAsync(_bench.Intents.All.ShouldHaveSingleItem(), (_, _, _) => Task.CompletedTask, Cancel);

        _bench.Audit.All.Select(entry => entry.Kind).ShouldBe(["intent", "outcome"]);
        _bench.Network.Executed.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_came_of_a_raise_is_in_the_trail_once_when_it_could_not_be_written_at_first(bool wasWritten)
    {
        _bench.Network.AnswerTakes = _ =>
        {
            (_bench.Audit.Locked, _bench.Audit.LosesAnswers) = (!wasWritten, wasWritten);
            return Task.CompletedTask;
        };

        if (wasWritten)
            (await SendAsync(Budget(550))).ShouldBeOfType<CommandOutcome.Confirmed>();
        else
            await Should.ThrowAsync<IOException>(() => SendAsync(Budget(550)));

        (_bench.Audit.Locked, _bench.Audit.LosesAnswers) = (false, false);
        await _bench.Gate.SettleAsync(_bench.Intents.All.ShouldHaveSingleItem(), (_, _, _) => Task.CompletedTask, Cancel);

        _bench.Audit.All.Select(entry => entry.Kind).ShouldBe(["intent", "outcome"]);
        _bench.Network.Executed.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_second_look_that_the_network_does_not_allow_now_says_nothing_about_what_it_took()
    {
        _bench.Network.AnswerTakes = _ =>
        {
            _bench.Network.ReadFault = new AdNetworkException(FaultKind.RateLimited, "429");
            return Task.CompletedTask;
        };

        (await SendAsync(Budget(550))).ShouldBeOfType<CommandOutcome.Unknown>();
        _bench.Network.ReadFault = null;
        _bench.Machine.Advance(TimeSpan.FromMinutes(5));
        await _bench.Gate.SettleAsync(_bench.Intents.All.ShouldHaveSingleItem(), (_, _, _) => Task.CompletedTask, Cancel);

        _bench.Intents.All.ShouldHaveSingleItem().State.ShouldBe(IntentState.Confirmed);
        _bench.Network.Executed.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_campaign_launched_on_the_simulator_is_never_sent_to_a_live_network()
    {
        var live = Request(Budget(550), "raise") with { Mode = NetworkMode.Live };

        (await _bench.Gate.SendAsync(live, Cancel)).ShouldBeOfType<CommandOutcome.Refused>();
    }

    private Task<CommandOutcome> SendAsync(NetworkCommand command, string key = "k") => _bench.Gate.SendAsync(Request(command, key), Cancel);

    private GateRequest Request(NetworkCommand command, string key) => new(
        command, new CommandKey(key), WorkspaceId.Local, NetworkMode.Simulated, FakePeople.Ana.Id, "test");

    private NetworkCommand.SetDailyBudget Budget(decimal to) =>
        new(_campaign.Account, _campaign.Id, new ExternalId("n1"), A.Usd(500), A.Usd(to));

    private NetworkCommand.SetBid Bid(decimal to) => new(_campaign.Account, _campaign.Id, new ExternalId("n1"), A.Usd(12), A.Usd(to));

    private NetworkCommand.Pause Pause() => new(_campaign.Account, _campaign.Id, new ExternalId("n1"));
}
