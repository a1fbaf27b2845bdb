using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.Rails;
using ChatOpsCampaigns.Automation.Agent.Rounds;
using ChatOpsCampaigns.Automation.Agent.Suggestions;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Automation.Tests.Agent;

/// <summary>Turns that fail one after the other are told, once, and no longer when they succeed.</summary>
public sealed class AgentSightTests
{
    private readonly Bench _bench = new();
    private readonly FakeWatch _watch = new();
    private readonly Campaign _campaign = A.Campaign();

    public AgentSightTests()
    {
        _bench.Campaigns.With(_campaign);
        _bench.Network.Put(A.AtNetwork(_campaign));
    }

    [Proves(85)]
    [Fact]
    public async Task An_account_that_cannot_be_seen_is_asked_more_rarely_and_people_are_told_once_on_their_channels()
    {
        _watch.Fault = new AdNetworkException(FaultKind.Unavailable, "503");

        await RoundsAsync(Turns(), 12);

        // After 5, 10, 15, 25 and 45 minutes.
        _watch.Looks.ShouldBe(6);
        _bench.Feed.All.ShouldHaveSingleItem().Action.ShouldContain("the agent cannot see this account: Meta does not answer it");
        _bench.Alerts.All.Select(alert => alert.Channel).ShouldBe(["email", "chat"], ignoreOrder: true);
    }

    [Fact]
    public async Task Between_rounds_an_account_that_failed_is_asked_again_after_a_minute_and_then_twice_as_long_each_time()
    {
        _watch.Fault = new AdNetworkException(FaultKind.Unavailable, "503");
        var turns = Turns();
        await turns.RunAsync(TestContext.Current.CancellationToken);

        (await LooksAsync(turns, 20)).ShouldBe([1, 3, 7, 15]);
    }

    [Proves(85)]
    [Fact]
    public async Task A_campaign_whose_turn_failed_is_tried_again_alone_after_a_minute_and_then_twice_as_long_each_time()
    {
        var fine = A.Campaign(id: "c-2") with { Handle = "c2" };
        _bench.Campaigns.With(fine);
        _watch.Says = now => now.Campaign.Id == fine.Id ? [] : throw new InvalidOperationException("a bug");
        var turns = Turns();
        await turns.RunAsync(TestContext.Current.CancellationToken);

        (await LooksAsync(turns, 4)).ShouldBe([1, 3]);
        _watch.LookedAt.ShouldBe([_campaign.Id]);

        _watch.Says = _ => [];
        await turns.RunAsync(TestContext.Current.CancellationToken);
        _watch.LookedAt.ShouldBe([_campaign.Id, fine.Id], ignoreOrder: true);
        (await LooksAsync(turns, 60)).ShouldBeEmpty();
    }

    [Proves(85)]
    [Fact]
    public async Task A_campaign_that_failed_and_has_its_turn_a_minute_later_is_not_tried_again()
    {
        var fine = A.Campaign(id: "c-2") with { Handle = "c2" };
        _bench.Campaigns.With(fine);
        _watch.Says = now => now.Campaign.Id == fine.Id ? [] : throw new InvalidOperationException("a bug");
        var turns = Turns();
        await turns.RunAsync(TestContext.Current.CancellationToken);
        _watch.Says = _ => [];

        (await LooksAsync(turns, 60)).ShouldBe([1]);
    }

    [Proves(85)]
    [Fact]
    public async Task Where_lost_answers_could_not_be_looked_up_the_account_is_tried_again_after_a_minute()
    {
        _bench.Intents.LookFault = new IOException("database is locked");
        var turns = Turns();
        await turns.RunAsync(TestContext.Current.CancellationToken);
        _watch.Looks.ShouldBe(0);
        _bench.Intents.LookFault = null;

        (await LooksAsync(turns, 4)).ShouldBe([1]);
    }

    [Proves(85)]
    [Fact]
    public async Task A_restart_does_not_forget_what_is_due_again()
    {
        _watch.Fault = new AdNetworkException(FaultKind.Unavailable, "503");
        await Turns().RunAsync(TestContext.Current.CancellationToken);

        (await LooksAsync(Turns(), 4)).ShouldBe([1, 3]);
    }

    [Fact]
    public async Task A_network_that_is_away_for_some_minutes_only_is_told_to_nobody()
    {
        _watch.Fault = new AdNetworkException(FaultKind.Unavailable, "503");
        var turns = Turns();
        await turns.RunAsync(TestContext.Current.CancellationToken);
        for (var minute = 1; minute <= 7; minute++)
        {
            _bench.Machine.Advance(TimeSpan.FromMinutes(1));
            await turns.RetryAsync(TestContext.Current.CancellationToken);
        }

        _watch.Looks.ShouldBe(4);
        _bench.Alerts.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_restart_neither_forgets_how_often_it_failed_nor_asks_at_once()
    {
        _watch.Fault = new AdNetworkException(FaultKind.Unavailable, "503");
        await RoundsAsync(Turns(), 2);
        _watch.Looks.ShouldBe(2);

        await Turns().RunAsync(TestContext.Current.CancellationToken);
        (await _bench.Incidents.OpenAsync(TestContext.Current.CancellationToken)).ShouldHaveSingleItem().Evidence.Measured.ShouldBe("3 in 10 min");

        await Turns().RunAsync(TestContext.Current.CancellationToken);
        _watch.Looks.ShouldBe(3);
    }

    [Fact]
    public async Task When_it_sees_the_account_again_it_says_so_and_closes_the_incident_also_after_a_restart()
    {
        _watch.Fault = new AdNetworkException(FaultKind.Unavailable, "503");
        await RoundsAsync(Turns(), 6);
        (await _bench.Incidents.OpenAsync(TestContext.Current.CancellationToken)).ShouldHaveSingleItem().Campaign.ShouldBe(Incident.OfAccount(_campaign.Account));

        _watch.Fault = null;
        _bench.Machine.Advance(TimeSpan.FromMinutes(15));
        await Turns().RunAsync(TestContext.Current.CancellationToken);

        (await _bench.Incidents.OpenAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
        _bench.Feed.All.ShouldContain(happened => happened.Action == "the agent sees the account again, incident closed");
    }

    [Fact]
    public async Task What_the_monitor_has_told_of_a_silent_network_is_not_told_again_but_an_error_of_its_own_is()
    {
        await _bench.Incidents.OpenAsync(
            new Incident(
                IncidentId.New(), _campaign.Workspace, _campaign.Account, _campaign.Id, _campaign.Name, SafetyRules.NetworkErrors, Remedy.Alert, Severity.High,
                new Evidence("failed reads in a row", "5", "5 reads"), A.Noon, IncidentState.Open),
            TestContext.Current.CancellationToken);
        _watch.Fault = new AdNetworkException(FaultKind.Unavailable, "503");
        var turns = Turns();
        await RoundsAsync(turns, 6);
        _bench.Alerts.All.ShouldBeEmpty();

        _watch.Fault = new InvalidOperationException("a bug");
        await RoundsAsync(turns, 12);

        _bench.Alerts.All.ShouldAllBe(alert => alert.Alert.Title.Contains("an error of its own", StringComparison.Ordinal));
        _bench.Alerts.All.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_campaign_whose_turn_fails_every_time_is_told_although_the_others_have_theirs()
    {
        var fine = A.Campaign(id: "c-2") with { Handle = "c2" };
        _bench.Campaigns.With(fine);
        _watch.Sees = campaign => AnObservation.Of(campaign, 0, 0);
        _watch.Says = now => now.Campaign.Id == fine.Id ? [] : throw new InvalidOperationException("a bug");

        await RoundsAsync(Turns(), 3);

        _watch.Looks.ShouldBe(3);
        (await _bench.Incidents.OpenAsync(TestContext.Current.CancellationToken)).ShouldHaveSingleItem().Cause.ShouldBe(SafetyRules.AgentBlind);
    }

    [Fact]
    public async Task An_account_in_which_nothing_is_left_to_the_agent_is_no_longer_told_about()
    {
        _watch.Fault = new AdNetworkException(FaultKind.Unavailable, "503");
        var turns = Turns();
        await RoundsAsync(turns, 6);
        await _bench.Campaigns.ChangeAsync(_campaign.Id, campaign => campaign with { TakenOver = true }, TestContext.Current.CancellationToken);

        await RoundsAsync(turns, 1);

        (await _bench.Incidents.OpenAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    /// <summary>The minutes from now in which an account was looked at again, between rounds.</summary>
    private async Task<IReadOnlyList<int>> LooksAsync(AgentTurns turns, int minutes)
    {
        var looks = new List<int>();
        for (var minute = 1; minute <= minutes; minute++)
        {
            _bench.Machine.Advance(TimeSpan.FromMinutes(1));
            var before = _watch.Looks;
            await turns.RetryAsync(TestContext.Current.CancellationToken);
            if (_watch.Looks > before)
                looks.Add(minute);
        }

        return looks;
    }

    private async Task RoundsAsync(AgentTurns turns, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            await turns.RunAsync(TestContext.Current.CancellationToken);
            _bench.Machine.Advance(TimeSpan.FromMinutes(5));
        }
    }

    private AgentTurns Turns()
    {
        var memories = _bench.Memories;
        var reporter = new AgentReporter(_bench.Decisions, _bench.Feed);
        var executor = new ActionExecutor(_bench.Gate, _bench.Campaigns, _bench.Clock);
        var agent = new CampaignAgent(_watch, executor, memories, reporter, new SurroundingsReader(_bench.Incidents, _bench.Room, _bench.Shares), new SuggestionBook(_bench.Settings, _bench.Feed), _bench.Foresees, new AgentPolicy(null));
        var accounts = new AccountTurns(
            agent, _watch, _bench.Settler, new AccountTroubles(_bench.Settings, new SafetyBench(core: _bench).Sight, _bench.Clock, NullLogger<AccountTroubles>.Instance), _bench.Accounts,
            NullLogger<AccountTurns>.Instance);
        return new AgentTurns(accounts, _bench.Campaigns, _bench.Settings, _bench.Clock, _bench.Machine);
    }
}
