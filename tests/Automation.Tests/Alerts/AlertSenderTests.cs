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
    private readonly Channel _chat = new("chat");

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
        (await _alerts.ReceiptsAsync(new IncidentId("i1"), Cancel)).Select(receipt => receipt.Channel).ShouldBe(["sms", "chat"]);
    }

    [Fact]
    public async Task A_channel_that_throws_leaves_a_receipt_backs_off_and_holds_up_no_other()
    {
        await AddAsync("i1/stop");
        await AddAsync("i2/stop");
        _mail.Throws = new NotSupportedException("no way to sign in");
        var sender = Sender();

        await sender.SendWaitingAsync(Cancel);
        await sender.SendWaitingAsync(Cancel);

        (_mail.Tried, _sms.Sent, _chat.Sent).ShouldBe((2, 2, 2));
        (await _alerts.ReceiptsAsync(new IncidentId("i1"), Cancel)).First(receipt => receipt.Channel == "email").Says.ShouldContain("no way to sign in");
        _machine.Advance(TimeSpan.FromSeconds(1));
        _mail.Throws = null;
        await sender.SendWaitingAsync(Cancel);
        _mail.Sent.ShouldBe(2);
    }

    [Fact]
    public async Task A_channel_that_does_not_answer_holds_up_neither_another_nor_the_chat()
    {
        await AddAsync("i1/stop");
        _mail.Answers = new TaskCompletionSource();
        var sender = Sender();
        var first = sender.SendWaitingAsync(Cancel);
        await AddAsync("i2/stop");

        await sender.SendWaitingAsync(Cancel);

        (_mail.Tried, _sms.Sent, _chat.Sent).ShouldBe((1, 2, 2));
        _mail.Answers.SetResult();
        await first;
        _mail.Answers = null;
        await sender.SendWaitingAsync(Cancel);
        (_mail.Sent, _sms.Sent).ShouldBe((2, 2));
    }

    [Fact]
    public async Task The_chat_shows_an_answer_that_came_after_it()
    {
        await AddAsync("i1/stop");
        _mail.Works = false;
        var sender = Sender();
        await sender.SendWaitingAsync(Cancel);
        _machine.Advance(TimeSpan.FromSeconds(1));
        _mail.Works = true;

        await sender.SendWaitingAsync(Cancel);

        _chat.Sent.ShouldBe(2);
    }

    [Fact]
    public async Task An_alert_whose_receipt_cannot_be_kept_does_not_leave_twice()
    {
        await AddAsync("i1/stop");
        _alerts.Locked = true;
        var sender = Sender();
        await sender.SendWaitingAsync(Cancel);
        _machine.Advance(TimeSpan.FromMinutes(1));
        await sender.SendWaitingAsync(Cancel);
        _alerts.Locked = false;

        await sender.SendWaitingAsync(Cancel);

        (_mail.Sent, _sms.Sent).ShouldBe((1, 1));
        (await _alerts.ReceiptsAsync(new IncidentId("i1"), Cancel)).Count(receipt => receipt.Accepted).ShouldBe(3);
    }

    private AlertSender Sender() => new(_alerts, [_mail, _sms, _chat], _machine, NullLogger<AlertSender>.Instance);

    private Task AddAsync(string key) => _alerts.AddAsync(
        new Alert(key, WorkspaceId.Local, null, Severity.Critical, "stopped", "because", new IncidentId(key[..2]), A.Noon), ["email", "sms", "chat"], Cancel);

    private sealed class Channel(string name) : IAlertChannel
    {
        public string Name => name;

        public bool IsSetUp { get; set; } = true;

        public bool Works { get; set; } = true;

        public int Tried { get; private set; }

        public int Sent { get; private set; }

        public Exception? Throws { get; set; }

        public TaskCompletionSource? Answers { get; set; }

        public async Task<AlertReceipt> SendAsync(Alert alert, CancellationToken cancellationToken)
        {
            Tried++;
            if (Answers is { } waiting)
                await waiting.Task;

            if (Throws is { } fault)
                throw fault;

            Sent += Works ? 1 : 0;
            return new AlertReceipt(alert.Key, name, Works, "", null, alert.At);
        }
    }
}
