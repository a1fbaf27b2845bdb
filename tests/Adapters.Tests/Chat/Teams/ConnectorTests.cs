using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Teams;
using ChatOpsCampaigns.Adapters.Chat.Teams.Wire;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit.Teams;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Teams;

/// <summary>What goes out: with one token, in order, as patient as Teams asks, and to the Connector alone.</summary>
public sealed class ConnectorTests : IAsyncLifetime
{
    private const string Ads = "19:ads@thread.tacv2";

    private static readonly ConversationId Alone = new("teams/a:ana");
    private static readonly ConversationId Channel = new($"teams/{Ads}");

    private TeamsWire _wire = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _wire = await TeamsWire.StartAsync(Cancel);
        await _wire.MeetAsync("a:ana", Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _wire.DisposeAsync();
    }

    [Fact]
    public async Task Fifty_at_once_ask_for_one_token_and_one_that_is_not_taken_any_more_is_asked_for_anew_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _wire.Tokens.GetAsync(Cancel)));
        _wire.Teams.TokensGiven.ShouldBe(1);

        _wire.Teams.RevokeTokens();
        await _wire.Channel.PostAsync(Alone, new ChatMessage("hello"), Cancel);

        _wire.Teams.TokensGiven.ShouldBe(2);
        _wire.Teams.Desk.Messages.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_secret_that_is_refused_is_a_fault_of_ours_and_is_not_said()
    {
        using var http = new HttpClient();
        var tokens = new ConnectorTokens(http, _wire.Settings with { ClientSecret = "wrong-secret" }, TimeProvider.System);

        var fault = await Should.ThrowAsync<ConnectorException>(() => tokens.GetAsync(Cancel));

        fault.Kind.ShouldBe(ConnectorFault.Ourselves);
        fault.ToString().ShouldNotContain("wrong-secret");
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("http://smba.trafficmanager.net/emea/")]
    [InlineData("https://smba.trafficmanager.net.evil.example/")]
    [InlineData("https://smba.trafficmanager.net:8443/")]
    [InlineData("https://me@smba.trafficmanager.net/")]
    [InlineData("https://smba.trafficmanager.net@evil.example/")]
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    [InlineData("https://10.0.0.1/")]
    [InlineData("https://evilbotframework.com/")]
    [InlineData("file:///etc/passwd")]
    public async Task Our_token_is_shown_to_nobody_but_the_Connector(string service)
    {
        var call = new ConnectorCall(HttpMethod.Get, new Uri(service), "conversations/x/members/y", "x");

        (await Should.ThrowAsync<ConnectorException>(() => _wire.Api.CallAsync(call, Cancel))).Error.ShouldBe("ForeignService");
        _wire.Teams.TokensGiven.ShouldBe(0);
        _wire.Settings.MayCall(new Uri("https://smba.trafficmanager.net/emea/")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_stand_in_on_this_machine_is_called_only_where_its_keys_are_from_there_too()
    {
        (_wire.Settings with { OpenIdMetadataUrl = TeamsSettings.VendorMetadata }).MayCall(_wire.Teams.Address).ShouldBeFalse();
        _wire.Settings.MayCall(_wire.Teams.Address).ShouldBeTrue();
        await Task.CompletedTask;
    }

    [Fact(Timeout = 120_000)]
    public async Task When_Teams_says_wait_the_conversation_waits_and_others_go_on()
    {
        await _wire.MeetAsync("19:chat@thread.v2", Cancel);
        _wire.Teams.Limit("a:ana", 2);

        var limited = _wire.Channel.PostAsync(Alone, new ChatMessage("one"), TestContext.Current.CancellationToken);
        await _wire.Channel.PostAsync(new ConversationId("teams/19:chat@thread.v2"), new ChatMessage("two"), TestContext.Current.CancellationToken);
        await limited;

        _wire.Teams.Desk.Messages.Select(message => message.Words).ShouldBe(["two", "one"]);
        _wire.Teams.Impatient.ShouldBeEmpty();
    }

    [Fact(Timeout = 120_000)]
    public async Task Limited_without_a_word_for_how_long_the_whole_conversation_waits_longer_each_time()
    {
        _wire.Teams.RefuseNext("a:ana", 429, "TooManyRequests");
        _wire.Teams.RefuseNext("a:ana", 429, "TooManyRequests");
        var began = TimeProvider.System.GetTimestamp();

        await _wire.Channel.PostAsync(Alone, new ChatMessage("one"), TestContext.Current.CancellationToken);

        TimeProvider.System.GetElapsedTime(began).ShouldBeGreaterThan(TimeSpan.FromSeconds(2.9), "one second and then two");
        _wire.Teams.Desk.Messages.ShouldHaveSingleItem();
    }

    [Theory(Timeout = 120_000)]
    [InlineData(412)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task What_is_passing_is_tried_again(int status)
    {
        _wire.Teams.RefuseNext("a:ana", status, "ServiceError");

        await _wire.Channel.PostAsync(Alone, new ChatMessage("hello"), TestContext.Current.CancellationToken);

        _wire.Teams.Desk.Messages.ShouldHaveSingleItem();
    }

    [Theory(Timeout = 120_000)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task What_failed_inside_Teams_is_tried_once_more_as_it_was_and_then_said_in_words(int faults, bool drawn)
    {
        for (var fault = 0; fault < faults; fault++)
            _wire.Teams.RefuseNext("a:ana", 500, "ServiceError");

        await _wire.Channel.PostAsync(Alone, new ChatMessage("Launch it?") { QuickReplies = [new QuickReply("Yes", "yes")] }, TestContext.Current.CancellationToken);

        var message = _wire.Teams.Desk.Messages.ShouldHaveSingleItem();
        (message.Button("Yes") is not null).ShouldBe(drawn);
        message.Words.ShouldContain("Launch it?");
        _wire.Teams.Calls.Count(call => call.StartsWith("POST ", StringComparison.Ordinal)).ShouldBe(faults + 1);
    }

    [Theory]
    [InlineData("BotNotInConversationRoster", "add it in Teams")]
    [InlineData("ConversationBlockedByUser", "unblock")]
    [InlineData("BotDisabledByAdmin", "admin centre")]
    [InlineData("SomethingNew", "Teams says SomethingNew")]
    public async Task A_place_that_takes_nothing_is_said_to_be_closed_and_is_not_asked_again_and_again(string code, string right)
    {
        _wire.Teams.Desk.Closed["a:ana"] = code;

        var closed = await Should.ThrowAsync<ClosedPlaceException>(() => _wire.Channel.PostAsync(Alone, new ChatMessage("hello"), Cancel));

        closed.Place.ShouldBe(Alone);
        closed.Why.ShouldContain(right);
        _wire.Teams.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Where_the_app_was_removed_Teams_is_not_asked_at_all_until_something_comes_from_there()
    {
        await _wire.References.CloseAsync(Alone, "the app was removed there; add it again in Teams", Cancel);
        (await Should.ThrowAsync<ClosedPlaceException>(() => _wire.Channel.PostAsync(Alone, new ChatMessage("hello"), Cancel))).Why.ShouldContain("removed");
        _wire.Teams.Calls.ShouldBeEmpty();

        await _wire.MeetAsync("a:ana", Cancel);
        await _wire.Channel.PostAsync(Alone, new ChatMessage("hello"), Cancel);
        _wire.Teams.Desk.Messages.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_Teams_will_not_draw_or_is_too_large_for_it_is_said_in_words()
    {
        _wire.Teams.RefuseNext("a:ana", 400, "BadSyntax");
        await _wire.Channel.PostAsync(Alone, new ChatMessage("Launch it?") { QuickReplies = [new QuickReply("Yes", "yes")] }, Cancel);
        _wire.Teams.RefuseNext("a:ana", 413, "MessageSizeTooBig");
        await _wire.Channel.PostAsync(Alone, new ChatMessage("Really?") { QuickReplies = [new QuickReply("Yes", "yes")] }, Cancel);

        _wire.Teams.Desk.Messages.ShouldAllBe(message => message.Card == null);
        _wire.Teams.Desk.Messages.Select(message => message.Words).ShouldBe(["Launch it?", "Really?"]);
    }

    [Fact]
    public async Task In_a_channel_what_is_said_first_begins_a_thread_that_can_be_edited_and_answered()
    {
        var root = await _wire.Channel.PostAsync(Channel, new ChatMessage("Daily report"), Cancel);
        (await _wire.Channel.EditAsync(Channel, root, new ChatMessage("Daily report, edited"), Cancel)).ShouldBe(root);
        await _wire.Channel.PostAsync(Channel.ThreadUnder(root), new ChatMessage("below it"), Cancel);

        _wire.Teams.Desk.Messages.Select(message => (message.Thread, message.Words)).ShouldBe([(null, "Daily report, edited"), (root.Value, "below it")]);
        _wire.Teams.Calls.ShouldContain($"PUT /emea/v3/conversations/{Ads};messageid={root}/activities/{root}");
    }

    [Fact]
    public async Task Whoever_never_wrote_is_reached_once_somebody_of_the_tenant_did_and_before_that_it_says_what_to_do()
    {
        var max = new PersonId("teams:00000000-0000-0000-0000-00000000a2a2");
        await _wire.Channel.PostAsync(await _wire.Channel.DirectAsync(max, Cancel), new ChatMessage("you are asked"), Cancel);
        _wire.Teams.Desk.Messages.ShouldHaveSingleItem().Chat.ShouldBe($"a:{max.Key}");
        (await _wire.Channel.DirectAsync(max, Cancel)).Value.ShouldBe($"teams/a:{max.Key}");

        await using var empty = await TeamsWire.StartAsync(Cancel);
        (await Should.ThrowAsync<ClosedPlaceException>(() => empty.Channel.PostAsync(Alone, new ChatMessage("hello"), Cancel))).Why.ShouldContain("nobody has written to me on Teams yet");
    }

    [Theory]
    [InlineData(true, true, "19:ads@thread.tacv2")]
    [InlineData(true, false, "a:ana")]
    [InlineData(false, true, "a:ana")]
    public async Task What_one_member_is_told_is_theirs_alone_in_the_channel_where_Teams_takes_it_and_else_in_the_chat_with_each_other(bool switchedOn, bool taken, string where)
    {
        await using var wire = await TeamsWire.StartAsync(Cancel, switchedOn);
        wire.Teams.TakesTargeted = taken;
        await wire.MeetAsync("a:ana", Cancel);
        await wire.MeetAsync(Ads, Cancel);

        await wire.Channel.WhisperAsync(Channel, TeamsWire.Ana, "Only Max's answers count.", Cancel);

        var seen = wire.Teams.Desk.Targeted.Select(one => (one.Chat, one.User, one.Words)).Concat(wire.Teams.Desk.Messages.Select(message => (message.Chat, User: "29:ana", message.Words)));
        seen.ShouldBe([(where, "29:ana", "Only Max's answers count.")]);
    }

    [Fact]
    public async Task Whoever_is_called_is_woken_and_what_somebody_wrote_is_not_mark_up()
    {
        await _wire.Channel.PostAsync(Alone, new ChatMessage("<at>Max</at> & **c1** stands") { Calls = [TeamsWire.Ana] }, Cancel);

        var message = _wire.Teams.Desk.Messages.ShouldHaveSingleItem();
        message.Calls.ShouldBe(["29:ana"]);
        ((string?)message.Activity["text"]).ShouldNotBeNull().ShouldEndWith("&lt;at&gt;Max&lt;/at&gt; &amp; **c1** stands");
        ((string?)message.Activity["textFormat"]).ShouldBe("xml");
    }

    [Fact]
    public async Task A_pasted_picture_is_fetched_with_our_token_and_from_the_Connector_alone()
    {
        byte[] bytes = [7, 8, 9];
        var pasted = Adapters.Chat.Teams.Files.TeamsFiles.Read(_wire.AsAna.Paste("p.png", bytes), _wire.Teams.Service)!;
        (await _wire.Channel.FetchAsync(pasted, Cancel)).ShouldBe(Digest.Of(bytes));

        var foreign = new JsonObject { ["contentType"] = "image/*", ["contentUrl"] = "https://evil.example/p.png" };
        var fault = await Should.ThrowAsync<ChatFileException>(() => _wire.Channel.FetchAsync(Adapters.Chat.Teams.Files.TeamsFiles.Read(foreign, _wire.Teams.Service)!, Cancel));
        fault.Message.ShouldContain("our chat with each other");
    }

    [Theory]
    [InlineData("http://files.example/x")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://10.0.0.1/x")]
    [InlineData("file:///etc/passwd")]
    public async Task No_address_of_a_file_leads_inside(string address)
    {
        var file = new JsonObject { ["contentType"] = "application/vnd.microsoft.teams.file.download.info", ["name"] = "x.png", ["content"] = new JsonObject { ["downloadUrl"] = address } };

        (await Should.ThrowAsync<ChatFileException>(() => _wire.Channel.FetchAsync(Adapters.Chat.Teams.Files.TeamsFiles.Read(file, _wire.Teams.Service)!, Cancel))).Message.ShouldContain("did not give me x.png");
    }

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("169.254.169.254")]
    public async Task A_name_that_leads_inside_is_not_connected_to(string inside)
    {
        var connected = 0;
        var routes = new Adapters.Landing.LandingRoutes(
            (_, _) => Task.FromResult(new[] { System.Net.IPAddress.Parse("93.184.215.14"), System.Net.IPAddress.Parse(inside) }),
            (_, _) => { connected++; throw new IOException("It should not come so far."); });
        using var downloads = new Adapters.Chat.Teams.Files.TeamsDownloads(_wire.Settings with { OpenIdMetadataUrl = TeamsSettings.VendorMetadata }, _wire.Tokens, routes);

        await Should.ThrowAsync<ChatFileException>(() => downloads.OpenAsync("x.png", "https://acme-my.sharepoint.com/x.png", withToken: false, Cancel));

        connected.ShouldBe(0);
    }

    [Fact]
    public async Task Guests_and_people_of_other_tenants_do_not_belong()
    {
        _wire.Teams.Desk.Names["29:ana"] = "Ana N.";
        (await _wire.Members.AskAsync(TeamsWire.Ana, Cancel)).ShouldNotBeNull().Belongs.ShouldBeTrue();

        await using var other = await TeamsWire.StartAsync(Cancel);
        await other.MeetAsync("a:ana", Cancel);
        other.Teams.Desk.Guests["29:ana"] = true;
        (await other.Members.AskAsync(TeamsWire.Ana, Cancel)).ShouldNotBeNull().Belongs.ShouldBeFalse();
        (await other.Members.AskAsync(new PersonId("teams:00000000-0000-0000-0000-00000000a9a9"), Cancel)).ShouldBeNull("nobody has met them");
    }
}
