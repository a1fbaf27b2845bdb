using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Files;
using ChatOpsCampaigns.Adapters.Chat.Slack.Pictures;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Adapters.Charts;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Slack;

/// <summary>A configured token that Slack refuses closes its workspace: whoever can repair it is told elsewhere, and answers go to the next best place.</summary>
public sealed class SlackRefusedTests : IDisposable
{
    private static readonly ConversationId Ads = new("slack/C0ADS");
    private static readonly ConversationId Whole = new("slack");

    private readonly SlackWire _wire = new();
    private readonly SlackWorkspaces _workspaces;
    private readonly SlackPosts _posts;
    private readonly SlackChannel _channel;
    private int _posted;

    public SlackRefusedTests()
    {
        var machine = new FakeTimeProvider(A.Noon);
        var settings = new SlackSettings { BotToken = "xoxb-stand-in", AppToken = "xapp-stand-in" };
        var http = new HttpClient(_wire);
        var pace = new SlackPace(machine);
        var api = new SlackApi(http, settings, pace, machine);
        _workspaces = new SlackWorkspaces(api, settings);
        var pictures = new SlackPictures(api, new SlackDownloads(http, settings, machine), new MemoryMedia(), new SlackCharts(settings, new DrawnCharts(), machine), NullLogger<SlackPictures>.Instance);
        var composer = new SlackComposer(null!, null!, pictures, new SlackMembers(api, _workspaces, machine, NullLogger<SlackMembers>.Instance), settings);
        _posts = new SlackPosts(api, pace, NullLogger<SlackPosts>.Instance, new SlackResponses(http, settings, machine, NullLogger<SlackResponses>.Instance));
        _channel = new SlackChannel(_posts, _workspaces, composer, null!, new SlackPeople(api, _workspaces, new MemoryConversations(), NullLogger<SlackPeople>.Instance));
        Works();
    }

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public void Dispose() => _wire.Dispose();

    [Theory]
    [InlineData("invalid_auth")]
    [InlineData("token_revoked")]
    [InlineData("account_inactive")]
    public async Task A_token_that_is_refused_after_it_worked_closes_the_workspace_until_it_works_again(string error)
    {
        await PostAsync();
        _wire.Answer = _ => Task.FromResult(SlackWire.Refusal(error));

        var closed = await Should.ThrowAsync<ClosedPlaceException>(PostAsync);

        closed.Place.ShouldBe(Whole);
        closed.Why.ShouldBe($"Slack refuses the token of Slack:BotToken ({error}); install the app there again and set the token that it gets");
        _channel.Gone.ShouldHaveSingleItem().Key.ShouldBe(Whole);
        (await Should.ThrowAsync<ClosedPlaceException>(PostAsync)).Place.ShouldBe(Whole);

        Works();
        await PostAsync();
        _channel.Gone.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_that_never_worked_closes_it_too()
    {
        _wire.Answer = _ => Task.FromResult(SlackWire.Refusal("invalid_auth"));

        (await Should.ThrowAsync<ClosedPlaceException>(PostAsync)).Place.ShouldBe(Whole);

        _channel.Gone.Keys.ShouldBe([Whole]);
    }

    [Fact]
    public async Task A_scope_that_is_missing_closes_what_it_is_needed_for_alone()
    {
        _wire.Answer = call => Task.FromResult(call.Method == "chat.postMessage" ? SlackWire.Refusal("missing_scope") : SlackWire.Usual(call));

        (await Should.ThrowAsync<ClosedPlaceException>(PostAsync)).Place.ShouldBe(new ConversationId("slack/C0ADS1"));

        _channel.Gone.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_scope_that_is_missing_is_told_by_its_name()
    {
        var refused = SlackWire.Refusal("missing_scope");
        refused["needed"] = "chat:write";
        _wire.Answer = call => Task.FromResult(call.Method == "chat.postMessage" ? refused : SlackWire.Usual(call));

        (await Should.ThrowAsync<ClosedPlaceException>(PostAsync)).Why.ShouldBe("Slack refuses it (missing_scope, needed chat:write); install the app there again, as its present manifest has it");
    }

    [Theory]
    [InlineData("chat:write", true)]
    [InlineData(null, false)]
    public async Task What_the_token_lacks_stands_in_the_log_when_it_signs_in_as_far_as_Slack_says(string? scopes, bool isSaid)
    {
        var log = new LoggedLines<SlackWorkspaces>();
        var machine = new FakeTimeProvider(A.Noon);
        var settings = new SlackSettings { BotToken = "xoxb-stand-in", AppToken = "xapp-stand-in" };
        _wire.Answer = call =>
        {
            var answer = SlackWire.Usual(call);
            answer[SlackApi.Scopes] = scopes;
            return Task.FromResult(answer);
        };

        await new SlackWorkspaces(new SlackApi(new HttpClient(_wire), settings, new SlackPace(machine), machine), settings, log: log).OwnAsync(Now);

        log.Lines.Count(line => line.StartsWith("In the Slack workspace T0CAMP001 the bot lacks app_mentions:read, ", StringComparison.Ordinal)).ShouldBe(isSaid ? 1 : 0);
    }

    [Fact]
    public async Task Any_other_refusal_closes_the_place_alone()
    {
        _wire.Answer = call => Task.FromResult(call.Method == "chat.postMessage" ? SlackWire.Refusal("ekm_access_denied") : SlackWire.Usual(call));

        (await Should.ThrowAsync<ClosedPlaceException>(PostAsync)).Why.ShouldBe("Slack says ekm_access_denied");

        _channel.Gone.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_somebody_pressed_is_answered_by_what_came_along_with_the_press_where_the_channel_takes_nothing()
    {
        _posts.Heard(SlackPlace.Of(Ads), new SlackPerson("U0ANA", null), "https://hooks.slack.com/actions/1/2/x");

        (await _channel.TryAnswerAsync(Ads.ThreadUnder(new MessageId("1.1")), new PersonId("slack:U0ANA"), new ChatMessage("paused <b>"), Now)).ShouldBeTrue();
        (await _channel.TryAnswerAsync(Ads, new PersonId("teams:U0ANA"), new ChatMessage("paused"), Now)).ShouldBeFalse();

        var said = _wire.Calls.ShouldHaveSingleItem().Arguments;
        ((string?)said["text"], (string?)said["thread_ts"]).ShouldBe(("paused &lt;b&gt;", "1.1"));
    }

    private void Works() => _wire.Answer = call => Task.FromResult(call.Method == "chat.postMessage" ? new JsonObject { ["ok"] = true, ["ts"] = "9.9" } : SlackWire.Usual(call));

    /// <summary>Into a channel of its own, where nothing is waited for.</summary>
    private Task<MessageId> PostAsync() => _channel.PostAsync(new ConversationId($"{Ads}{++_posted}"), new ChatMessage("paused"), Now);
}
