using System.Net;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Alerts;
using ChatOpsCampaigns.Automation.Alerts;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Adapters.Tests.Alerts;

public sealed class AlertChannelTests
{
    private static readonly Alert Stop = new(
        "i1/stop", WorkspaceId.Local, null, Severity.Critical, "Facebook installs: stopped", "spend today $800, limit $750", new IncidentId("i1"), A.Noon) { Handle = "i1" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mail_arrives_in_the_box_with_what_was_measured()
    {
        await using var box = new LoopbackMailbox();

        var receipt = await Mail(box.Port).SendAsync(AlertMessage.Of([Stop]), Cancel);

        receipt.Accepted.ShouldBeTrue(receipt.Says);
        var message = box.Messages.ShouldHaveSingleItem();
        message.ShouldContain("Facebook installs: stopped");
        message.ShouldContain("spend today $800, limit $750");
        message.ShouldContain("i1: http://127.0.0.1:3978/?incident=i1");
    }

    [Fact]
    public async Task A_gateway_gets_the_address_of_the_one_incident_or_of_the_chat()
    {
        using var gateway = new Gateway(HttpStatusCode.OK, "");
        var sms = new HttpAlerts("sms", new HttpAlertSettings { Url = "https://gateway.example/send" }, new HttpClient(gateway), new FakePlace(), TimeProvider.System);

        await sms.SendAsync(AlertMessage.Of([Stop]), Cancel);
        gateway.Text.ShouldEndWith("http://127.0.0.1:3978/?incident=i1");
        await sms.SendAsync(AlertMessage.Of([Stop, Stop with { Key = "i2/stop", Incident = new IncidentId("i2"), Handle = "i2" }]), Cancel);

        gateway.Text.ShouldEndWith("http://127.0.0.1:3978/");
    }

    [Fact]
    public async Task Where_nobody_knows_an_address_none_is_made_up()
    {
        await using var box = new LoopbackMailbox();
        using var gateway = new Gateway(HttpStatusCode.OK, "");
        var sms = new HttpAlerts("sms", new HttpAlertSettings { Url = "https://gateway.example/send" }, new HttpClient(gateway), new FakePlace { Root = null }, TimeProvider.System);

        await Mail(box.Port, place: new FakePlace { Root = null }).SendAsync(AlertMessage.Of([Stop]), Cancel);
        await sms.SendAsync(AlertMessage.Of([Stop]), Cancel);

        box.Messages.ShouldHaveSingleItem().ShouldNotContain("i1:");
        gateway.Text.ShouldBe("spend today $800, limit $750");
    }

    [Fact]
    public async Task What_is_told_again_stands_in_the_thread_of_its_incident()
    {
        await using var box = new LoopbackMailbox();
        var mail = Mail(box.Port);
        await mail.SendAsync(AlertMessage.Of([Stop]), Cancel);
        await mail.SendAsync(AlertMessage.Of([Stop with { Key = "i1/again-5", IsRepeated = true }, Stop with { Key = "i2/stop", Incident = new IncidentId("i2") }]), Cancel);

        box.Messages.Count.ShouldBe(2);
        box.Messages.ShouldAllBe(message => message.Contains("<incident.i1@campaigns.local>", StringComparison.Ordinal));
        box.Messages[1].ShouldContain("<incident.i2@campaigns.local>");
    }

    [Fact]
    public async Task A_gateway_that_did_not_take_many_names_is_given_few()
    {
        using var gateway = new Gateway(HttpStatusCode.BadRequest, "");
        var sms = new HttpAlerts("sms", new HttpAlertSettings { Url = "https://gateway.example/send" }, new HttpClient(gateway), new FakePlace(), TimeProvider.System);
        var many = Enumerable.Range(1, 20).Select(number => Stop with { Key = $"i{number}/stop", Incident = new IncidentId($"i{number}"), Name = $"Facebook installs US CA {number} (i{number})" }).ToList();

        await sms.SendAsync(AlertMessage.Of(many), Cancel);
        gateway.Text.ShouldContain("Facebook installs US CA 20 (i20)");
        await sms.SendAsync(AlertMessage.Of(many, isRetry: true), Cancel);

        gateway.Text.Length.ShouldBeLessThan(400);
        gateway.Text.ShouldContain("see the chat");
    }

    [Fact]
    public async Task A_refused_recipient_is_a_receipt_and_no_exception()
    {
        await using var box = new LoopbackMailbox { Refuses = "oncall@example.com" };

        var receipt = await Mail(box.Port).SendAsync(AlertMessage.Of([Stop]), Cancel);

        receipt.Accepted.ShouldBeFalse();
        receipt.Says.ShouldContain("no such person");
    }

    [Theory]
    [InlineData(null, "sign in first")]
    [InlineData("campaigns", "does not support authentication")]
    public async Task A_mail_server_that_wants_another_way_of_signing_in_is_a_receipt_and_no_exception(string? user, string says)
    {
        await using var box = new LoopbackMailbox { WantsSignIn = true };

        var receipt = await Mail(box.Port, user).SendAsync(AlertMessage.Of([Stop]), Cancel);

        receipt.Accepted.ShouldBeFalse();
        receipt.Says.ShouldContain(says);
        receipt.Says.ShouldNotContain("canary-secret");
    }

    [Fact]
    public async Task A_mail_server_that_is_not_there_is_said()
    {
        int port;
        await using (var box = new LoopbackMailbox())
            port = box.Port;

        (await Mail(port).SendAsync(AlertMessage.Of([Stop]), Cancel)).Accepted.ShouldBeFalse();
    }

    [Fact]
    public void An_address_that_cannot_be_used_is_not_repeated() =>
        new HttpAlertSettings { Url = "http://gateway.example/hooks/canary-secret" }.Problem("Alerts:Sms").ShouldBe("Alerts:Sms:Url has to be a whole https address.");

    [Fact]
    public async Task A_gateway_gets_token_and_key_and_its_id_is_the_receipt()
    {
        using var gateway = new Gateway(HttpStatusCode.OK, """{"id":"sms-7"}""");
        var sms = new HttpAlerts("sms", new HttpAlertSettings { Url = "https://gateway.example/send", Token = "canary-secret" }, new HttpClient(gateway), new FakePlace(), TimeProvider.System);

        var receipt = await sms.SendAsync(AlertMessage.Of([Stop]), Cancel);

        receipt.Reference.ShouldBe("sms-7");
        gateway.Seen!.Headers.Authorization!.ToString().ShouldBe("Bearer canary-secret");
        gateway.Seen.Headers.GetValues("Idempotency-Key").ShouldBe(["i1/stop"]);
        receipt.ToString().ShouldNotContain("canary-secret");
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, false)]
    [InlineData(HttpStatusCode.Unauthorized, false)]
    [InlineData(HttpStatusCode.Accepted, true)]
    public async Task A_gateway_is_believed_by_its_status(HttpStatusCode status, bool accepted)
    {
        using var gateway = new Gateway(status, "not json");
        var push = new HttpAlerts("push", new HttpAlertSettings { Url = "https://gateway.example/push" }, new HttpClient(gateway), new FakePlace(), TimeProvider.System);

        (await push.SendAsync(AlertMessage.Of([Stop]), Cancel)).Accepted.ShouldBe(accepted);
    }

    [Fact]
    public void Without_an_address_it_is_not_set_up()
    {
        new EmailAlerts(new EmailSettings(), new FakePlace(), TimeProvider.System).IsSetUp.ShouldBeFalse();
        new HttpAlerts("sms", new HttpAlertSettings(), new HttpClient(), new FakePlace(), TimeProvider.System).IsSetUp.ShouldBeFalse();
    }

    [Theory]
    [InlineData("mail.example", 70000, "a@example.com", "b@example.com", "Port")]
    [InlineData("mail.example", 587, "nobody", "b@example.com", "From")]
    [InlineData("mail.example", 587, "a@example.com", "", "To")]
    public void Wrong_settings_are_refused_with_their_name(string host, int port, string from, string to, string named) =>
        new EmailSettings { Host = host, Port = port, From = from, To = to }.Problem().ShouldNotBeNull().ShouldContain(named);

    [Fact]
    public async Task A_receipt_that_says_the_token_back_is_kept_without_it()
    {
        using var gateway = new Gateway(HttpStatusCode.OK, """{"id":"for Bearer canary-secret"}""");
        var sms = new HttpAlerts("sms", new HttpAlertSettings { Url = "https://gateway.example/send", Token = "canary-secret" }, new HttpClient(gateway), new FakePlace(), TimeProvider.System);

        var receipt = await sms.SendAsync(AlertMessage.Of([Stop]), Cancel);

        receipt.Accepted.ShouldBeTrue();
        receipt.ToString().ShouldContain("for Bearer …");
        receipt.ToString().ShouldNotContain("canary-secret");
    }

    [Fact]
    public void A_gateway_in_clear_text_is_refused() =>
        new HttpAlertSettings { Url = "http://gateway.example" }.Problem("Alerts:Sms").ShouldNotBeNull().ShouldContain("https");

    private static EmailAlerts Mail(int port, string? user = null, IChatPlace? place = null) => new(
        new EmailSettings
        {
            Host = "127.0.0.1",
            Port = port,
            From = "campaigns@example.com",
            To = "oncall@example.com",
            UseTls = false,
            User = user,
            Password = "canary-secret",
        },
        place ?? new FakePlace(), TimeProvider.System);

    private sealed class FakePlace : IChatPlace
    {
        public Uri? Root { get; init; } = new("http://127.0.0.1:3978/");

        public Uri? Address(string? incident) => Root is null ? null : new Uri(Root, incident is null ? "" : $"?incident={incident}");
    }

    private sealed class Gateway(HttpStatusCode status, string body) : HttpMessageHandler
    {
        public HttpRequestMessage? Seen { get; private set; }

        public string Text { get; private set; } = "";

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Seen = request;
            Text = (string)JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!["text"]!;
            return new HttpResponseMessage(status) { Content = new StringContent(body) };
        }
    }
}
