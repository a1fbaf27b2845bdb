using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Incidents;

/// <summary>A pause that is not confirmed: people are told within ten seconds, again every five minutes, and every Admin after ten.</summary>
public sealed class UnconfirmedPauseTests
{
    private readonly SafetyBench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private FakeNetwork Network => _bench.Core.Network;

    [Proves(174)]
    [Fact(Timeout = 30_000)]
    public async Task The_first_alert_leaves_within_ten_seconds_of_a_network_that_hangs()
    {
        _bench.Running(spend: 800);
        Network.Hangs.Add(nameof(IAdNetwork.ExecuteAsync));
        var seen = _bench.Core.Machine.GetUtcNow();

        await _bench.Core.UntilDoneAsync(_bench.Monitor.SweepAsync(TestContext.Current.CancellationToken));

        var first = _bench.Core.Alerts.All.First(sent => sent.Channel == "sms").Alert;
        first.Title.ShouldContain("COULD NOT PAUSE");
        (first.At - seen).ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Every_five_minutes_again_and_every_Admin_after_ten_also_when_somebody_has_it()
    {
        _bench.Running(spend: 800);
        Refuse();
        await _bench.Monitor.SweepAsync(Cancel);
        await _bench.Desk.AcknowledgeAsync(TheIncident.Id, FakePeople.Olga, Cancel);

        for (var minute = 0; minute < 20; minute++)
            await AfterAsync(TimeSpan.FromMinutes(1));

        Sms.Count.ShouldBe(5);
        Sms[2].ShouldContain("COULD NOT PAUSE for 10 min: pause it in the network's own pages; every Admin is told");
        TheIncident.Escalated.ShouldBeTrue();
    }

    [Proves(174)]
    [Theory]
    [InlineData(NetworkMode.Live, true)]
    [InlineData(NetworkMode.Simulated, false)]
    public async Task Each_word_on_a_real_pause_that_fails_says_where_to_pause_it_by_hand(NetworkMode mode, bool isSaid)
    {
        _bench.Core.Campaigns.With(_bench.Running(spend: 800) with { Mode = mode });
        Refuse();
        await _bench.Monitor.SweepAsync(Cancel);
        for (var minute = 0; minute < 11; minute++)
            await AfterAsync(TimeSpan.FromMinutes(1));

        Sms.Count.ShouldBe(3);
        Sms.ShouldAllBe(says => says.Contains("(https://ads.meta.example/)", StringComparison.Ordinal) == isSaid);
    }

    [Fact]
    public async Task A_network_that_falls_silent_is_told_with_where_to_look_by_hand()
    {
        _bench.Core.Campaigns.With(_bench.Running() with { Mode = NetworkMode.Live });
        Network.ReadFault = new AdNetworkException(FaultKind.Unavailable, "503");
        for (var minute = 0; minute < 30; minute++)
            await AfterAsync(TimeSpan.FromMinutes(1));

        _bench.Core.Alerts.All.ShouldContain(sent => sent.Alert.Title.Contains("look at it in the network's own pages (https://ads.meta.example/)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_runs_again_after_it_was_confirmed_and_answered_begins_anew()
    {
        var campaign = _bench.Running(spend: 800);
        await _bench.Monitor.SweepAsync(Cancel);
        await _bench.Desk.AcknowledgeAsync(TheIncident.Id, FakePeople.Olga, Cancel);
        await AfterAsync(TimeSpan.FromMinutes(30));
        var before = Sms.Count;
        Network.Put(A.AtNetwork(campaign));
        Refuse();

        for (var minute = 0; minute < 11; minute++)
            await AfterAsync(TimeSpan.FromMinutes(1));

        var again = Sms.Skip(before).ToList();
        again.Count.ShouldBe(3);
        again[0].ShouldContain("STILL RUNNING");
        again[1].ShouldContain("COULD NOT PAUSE yet, open for 5 min");
        again[2].ShouldContain("COULD NOT PAUSE for 10 min: pause it in the network's own pages; every Admin is told");
    }

    [Fact]
    public async Task A_second_time_escalates_a_second_time()
    {
        var campaign = _bench.Running(spend: 800);
        Refuse();
        await _bench.Monitor.SweepAsync(Cancel);
        await AfterAsync(TimeSpan.FromMinutes(10));
        Network.Troubles = _ => null;
        await AfterAsync(TimeSpan.FromSeconds(30));
        TheIncident.PauseConfirmed.ShouldBeTrue();
        Network.Put(A.AtNetwork(campaign));
        Refuse();

        await AfterAsync(TimeSpan.FromSeconds(30));
        await AfterAsync(TimeSpan.FromMinutes(10));

        Sms.Count(title => title.Contains("every Admin is told", StringComparison.Ordinal)).ShouldBe(2);
    }

    private Incident TheIncident => _bench.Core.Incidents.All.Single();

    private List<string> Sms => [.. _bench.Core.Alerts.All.Where(sent => sent.Channel == "sms").Select(sent => sent.Alert.Title)];

    private void Refuse() => Network.Troubles = command => command is NetworkCommand.Pause ? Trouble.Unavailable : null;

    private async Task AfterAsync(TimeSpan machineTime)
    {
        _bench.Core.Machine.Advance(machineTime);
        await _bench.Monitor.SweepAsync(Cancel);
    }
}
