using ChatOpsCampaigns.Automation.Alerts;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Automation.Tests.Alerts;

public sealed class AlertSenderTests
{
    private readonly FakeTimeProvider _machine = new(A.Noon);
    private readonly MemoryAlerts _alerts = new();
    private readonly Channel _mail = new("email");
    private readonly Channel _sms = new("sms");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_alert_leaves_once_on_each_channel()
    {
        await AddAsync("i1/stop");
        await AddAsync("i1/stop");

        var sender = Sender();
        await sender.SendWaitingAsync(Cancel);
        await sender.SendWaitingAsync(Cancel);

        (_mail.Sent, _sms.Sent).ShouldBe((1, 1));
    }

    [Fact]
    public async Task What_a_crash_left_waiting_leaves_after_the_restart()
    {
        await AddAsync("i1/stop");
        _mail.Works = false;
        await Sender().SendWaitingAsync(Cancel);

        _mail.Works = true;
        await Sender().SendWaitingAsync(Cancel);

        (_mail.Sent, _sms.Sent).ShouldBe((1, 1));
    }

    [Fact]
    public async Task A_failing_channel_is_tried_again_after_a_pause_and_holds_up_no_other()
    {
        await AddAsync("i1/stop");
        _mail.Works = false;
        var sender = Sender();
        await sender.SendWaitingAsync(Cancel);
        await sender.SendWaitingAsync(Cancel);
        _mail.Tried.ShouldBe(1);
        _sms.Sent.ShouldBe(1);

        _machine.Advance(TimeSpan.FromSeconds(1));
        _mail.Works = true;
        await sender.SendWaitingAsync(Cancel);

        _mail.Sent.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_not_set_up_is_not_tried()
    {
        await AddAsync("i1/stop");
        _mail.IsSetUp = false;

        await Sender().SendWaitingAsync(Cancel);

        _mail.Tried.ShouldBe(0);
        (await _alerts.ReceiptsAsync(new IncidentId("i1"), Cancel)).ShouldHaveSingleItem().Channel.ShouldBe("sms");
    }

    private AlertSender Sender() => new(_alerts, [_mail, _sms], _machine, NullLogger<AlertSender>.Instance);

    private Task AddAsync(string key) => _alerts.AddAsync(
        new Alert(key, WorkspaceId.Local, null, Severity.Critical, "stopped", "because", new IncidentId("i1"), A.Noon), ["email", "sms"], Cancel);

    private sealed class Channel(string name) : IAlertChannel
    {
        public string Name => name;

        public bool IsSetUp { get; set; } = true;

        public bool Works { get; set; } = true;

        public int Tried { get; private set; }

        public int Sent { get; private set; }

        public Task<AlertReceipt> SendAsync(Alert alert, CancellationToken cancellationToken)
        {
            Tried++;
            Sent += Works ? 1 : 0;
            return Task.FromResult(new AlertReceipt(alert.Key, name, Works, "", null, alert.At));
        }
    }
}
