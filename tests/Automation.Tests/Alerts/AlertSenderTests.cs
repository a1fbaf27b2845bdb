// Long because everything that happens to one message on its way stands together, with the channel and the board that all of it uses.
using ChatOpsCampaigns.Automation.Alerts;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using ChatOpsCampaigns.Kit.Faults;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Automation.Tests.Alerts;

public sealed class AlertSenderTests
{
    private readonly FakeTimeProvider _machine = new(A.Noon);
    private readonly MemoryAlerts _alerts = new();
    private readonly MemorySettings _settings = new();
    private readonly Channel _mail = new("email");
    private readonly Channel _sms = new("sms");
    private readonly Channel _chat = new("chat");
    private readonly Board _board = new();

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
    public async Task What_a_kill_left_without_a_receipt_leaves_again_under_its_key_and_what_came_since_leaves_after_it()
    {
        await AddAsync("i1/stop");
        await AddAsync("i2/stop");
        using var ends = new CancellationTokenSource();
        _sms.Taken = ends.CancelAsync;
        await Should.ThrowAsync<OperationCanceledException>(() => Sender().SendWaitingAsync(ends.Token));
        _sms.Taken = () => Task.CompletedTask;
        await AddAsync("i3/stop");

        var sender = Sender();
        await sender.SendWaitingAsync(Cancel);
        _machine.Advance(TimeSpan.FromMinutes(1));
        await sender.SendWaitingAsync(Cancel);

        _sms.Messages.Select(message => message.Waited.Length).ShouldBe([2, 2, 1]);
        _sms.Messages[1].Key.ShouldBe(_sms.Messages[0].Key);
        _sms.Messages[2].Key.ShouldBe("i3/stop");
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
    public async Task What_is_not_set_up_is_not_tried_and_waits_no_longer()
    {
        await AddAsync("i1/stop");
        _mail.IsSetUp = false;

        await Sender().SendWaitingAsync(Cancel);

        _mail.Tried.ShouldBe(0);
        (await _alerts.ReceiptsAsync(new IncidentId("i1"), Cancel)).Select(receipt => (receipt.Channel, receipt.Says == "not set up"))
            .ShouldBe([("email", true), ("sms", false), ("chat", false)], ignoreOrder: true);
        (await _alerts.WaitingAsync(DateTimeOffset.MinValue, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Twenty_campaigns_that_stop_in_one_sweep_are_one_message_on_each_channel_that_names_all()
    {
        foreach (var number in Enumerable.Range(1, 20))
            await AddAsync($"i{number}/stop", name: $"Campaign {number} (i{number})");

        await Sender().SendWaitingAsync(Cancel);

        foreach (var channel in new[] { _mail, _sms, _chat })
        {
            var message = channel.Messages.ShouldHaveSingleItem();
            message.Title.ShouldBe("20 incidents: 20 stopped");
            foreach (var number in Enumerable.Range(1, 20))
                message.Brief.ShouldContain($"Campaign {number} (i{number})");
        }

        foreach (var number in Enumerable.Range(1, 20))
            (await _alerts.ReceiptsAsync(new IncidentId($"i{number}"), Cancel)).Select(receipt => (receipt.Channel, receipt.Accepted)).Order()
                .ShouldBe([("chat", true), ("email", true), ("sms", true)]);
    }

    [Fact]
    public async Task What_opens_within_the_next_minute_is_collected_and_leaves_when_it_is_over()
    {
        var sender = Sender();
        await AddAsync("i1/stop");
        await sender.SendWaitingAsync(Cancel);
        foreach (var second in Enumerable.Range(1, 59))
        {
            _machine.Advance(TimeSpan.FromSeconds(1));
            if (second is 10 or 20)
                await AddAsync($"i{second}/stop");

            await sender.SendWaitingAsync(Cancel);
        }

        _mail.Sent.ShouldBe(1);
        _machine.Advance(TimeSpan.FromSeconds(1));
        await sender.SendWaitingAsync(Cancel);

        _mail.Messages.Select(message => string.Join(' ', message.Alerts.Select(alert => alert.Key))).ShouldBe(["i1/stop", "i10/stop i20/stop"]);
    }

    [Fact]
    public async Task A_restart_within_the_minute_makes_no_second_message()
    {
        await AddAsync("i1/stop");
        await Sender().SendWaitingAsync(Cancel);
        await AddAsync("i2/stop");
        _machine.Advance(TimeSpan.FromSeconds(30));

        var again = Sender();
        await again.SendWaitingAsync(Cancel);
        _mail.Sent.ShouldBe(1);

        _machine.Advance(TimeSpan.FromSeconds(30));
        await again.SendWaitingAsync(Cancel);
        _mail.Sent.ShouldBe(2);
    }

    [Fact]
    public async Task A_clock_that_was_set_back_before_a_restart_holds_no_message_up()
    {
        await AddAsync("i1/stop");
        await Sender().SendWaitingAsync(Cancel);
        await AddAsync("i2/stop", at: _machine.GetUtcNow().AddDays(-1));
        var behind = new JumpingClock(_machine) { Off = TimeSpan.FromDays(-1) };

        await new AlertSender(_alerts, [_mail, _sms, _chat], new MessagesUnderWay(_settings), _board, behind, NullLogger<AlertSender>.Instance).SendWaitingAsync(Cancel);

        _mail.Sent.ShouldBe(2);
    }

    [Fact]
    public async Task An_emergency_does_not_wait_for_what_was_less_urgent()
    {
        var sender = Sender();
        await AddAsync("i1/open", Severity.High);
        await sender.SendWaitingAsync(Cancel);
        _machine.Advance(TimeSpan.FromSeconds(1));
        await AddAsync("i2/open", Severity.High);
        await sender.SendWaitingAsync(Cancel);
        _mail.Sent.ShouldBe(1);

        await AddAsync("i3/stop");
        await sender.SendWaitingAsync(Cancel);

        _mail.Messages[^1].Alerts.Select(alert => alert.Key).ShouldBe(["i3/stop", "i2/open"], ignoreOrder: true);
    }

    [Fact]
    public async Task Of_each_incident_the_latest_word_counts_and_what_may_still_spend_comes_first()
    {
        await AddAsync("i1/stop");
        await AddAsync("i2/stop", about: AlertAbout.StillSpending, at: A.Noon.AddSeconds(1));
        await AddAsync("i3/stop", about: AlertAbout.StillSpending, at: A.Noon.AddSeconds(1));
        await AddAsync("i3/paused-2", at: A.Noon.AddSeconds(2));

        await Sender().SendWaitingAsync(Cancel);

        var message = _mail.Messages.ShouldHaveSingleItem();
        message.Alerts.Select(alert => alert.Key).ShouldBe(["i2/stop", "i1/stop", "i3/paused-2"]);
        message.Title.ShouldBe("3 incidents: 1 may still be spending, 2 stopped");
        (await _alerts.WaitingAsync(DateTimeOffset.MinValue, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_channel_that_throws_leaves_receipts_backs_off_and_holds_up_no_other()
    {
        await AddAsync("i1/stop");
        await AddAsync("i2/stop");
        _mail.Throws = new NotSupportedException("no way to sign in");
        var sender = Sender();

        await sender.SendWaitingAsync(Cancel);
        await sender.SendWaitingAsync(Cancel);

        (_mail.Tried, _sms.Sent, _chat.Sent).ShouldBe((1, 1, 1));
        foreach (var incident in new[] { "i1", "i2" })
            (await _alerts.ReceiptsAsync(new IncidentId(incident), Cancel)).First(receipt => receipt.Channel == "email").Says.ShouldContain("no way to sign in");

        _machine.Advance(TimeSpan.FromSeconds(1));
        _mail.Throws = null;
        await sender.SendWaitingAsync(Cancel);
        _mail.Messages.ShouldHaveSingleItem().IsRetry.ShouldBeTrue();
    }

    [Fact]
    public async Task A_channel_that_does_not_answer_holds_up_no_other()
    {
        await AddAsync("i1/stop");
        _mail.Answers = new TaskCompletionSource();
        var sender = Sender();
        var first = sender.SendWaitingAsync(Cancel);
        await AddAsync("i2/stop");
        _machine.Advance(TimeSpan.FromMinutes(1));

        await sender.SendWaitingAsync(Cancel);

        (_mail.Tried, _sms.Sent, _chat.Sent).ShouldBe((1, 2, 2));
        _mail.Answers.SetResult();
        await first;
        _mail.Answers = null;
        _machine.Advance(TimeSpan.FromMinutes(1));
        await sender.SendWaitingAsync(Cancel);
        (_mail.Sent, _sms.Sent).ShouldBe((2, 2));
    }

    [Fact]
    public async Task An_incident_shows_an_answer_that_came_later_than_the_others()
    {
        await AddAsync("i1/stop");
        _mail.Works = false;
        var sender = Sender();
        await sender.SendWaitingAsync(Cancel);
        _machine.Advance(TimeSpan.FromSeconds(1));
        _mail.Works = true;

        await sender.SendWaitingAsync(Cancel);

        _board.Shown.ShouldBe(["i1", "i1"]);
        _chat.Sent.ShouldBe(1);
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

    private AlertSender Sender() => new(_alerts, [_mail, _sms, _chat], new MessagesUnderWay(_settings), _board, _machine, NullLogger<AlertSender>.Instance);

    private Task AddAsync(
        string key, Severity severity = Severity.Critical, AlertAbout about = AlertAbout.Stopped, string? name = null, DateTimeOffset? at = null) => _alerts.AddAsync(
            new Alert(key, WorkspaceId.Local, null, severity, "stopped", "because", new IncidentId(key.Split('/')[0]), at ?? _machine.GetUtcNow()) { About = about, Name = name },
            ["email", "sms", "chat"], Cancel);

    private sealed class Board : IReceiptBoard
    {
        public List<string> Shown { get; } = [];

        public Task ShowAsync(IncidentId id, CancellationToken cancellationToken)
        {
            Shown.Add(id.Value);
            return Task.CompletedTask;
        }
    }

    private sealed class Channel(string name) : IAlertChannel
    {
        public string Name => name;

        public bool IsSetUp { get; set; } = true;

        public bool Works { get; set; } = true;

        public int Tried { get; private set; }

        public List<AlertMessage> Messages { get; } = [];

        public int Sent => Messages.Count;

        public Exception? Throws { get; set; }

        public TaskCompletionSource? Answers { get; set; }

        /// <summary>What happens after it took a message and before it answers.</summary>
        public Func<Task> Taken { get; set; } = () => Task.CompletedTask;

        public async Task<AlertAnswer> SendAsync(AlertMessage message, CancellationToken cancellationToken)
        {
            Tried++;
            if (Answers is { } waiting)
                await waiting.Task;

            if (Throws is { } fault)
                throw fault;

            if (Works)
                Messages.Add(message);

            await Taken();
            cancellationToken.ThrowIfCancellationRequested();

            return new AlertAnswer(Works, "");
        }
    }
}
