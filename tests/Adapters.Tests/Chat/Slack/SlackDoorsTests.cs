using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;
using ChatOpsCampaigns.Adapters.Chat.Slack.Rooms;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Chat.Places;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Slack;

/// <summary>Which channels take our messages, as Slack tells it by itself.</summary>
public sealed class SlackDoorsTests : IDisposable
{
    private readonly SlackWire _wire = new();
    private readonly FakeAccounts _accounts = new(A.Account());
    private readonly MemoryConversations _conversations = new();
    private readonly MemorySettings _settings = new();
    private readonly JsonObject _about = new() { ["id"] = "C0NEW" };
    private readonly SlackApi _api;
    private readonly SlackPosts _posts;
    private readonly SlackRooms _rooms;
    private readonly ShutPlaces _shut;
    private readonly SlackIntake _intake;

    public SlackDoorsTests()
    {
        var machine = new FakeTimeProvider(A.Noon);
        var settings = new SlackSettings { BotToken = "xoxb-stand-in", AppToken = "xapp-stand-in" };
        var pace = new SlackPace(machine);
        _api = new SlackApi(new HttpClient(_wire), settings, pace, machine);
        _wire.Answer = call => Task.FromResult(call.Method switch
        {
            "conversations.info" => new JsonObject { ["ok"] = true, ["channel"] = _about.DeepClone() },
            "chat.postMessage" => new JsonObject { ["ok"] = true, ["ts"] = "1.9" },
            _ => SlackWire.Usual(call),
        });
        _shut = new ShutPlaces(_accounts, new Bench().Campaigns);
        var workspaces = new SlackWorkspaces(_api, settings);
        (_posts, _rooms) = (new SlackPosts(_api, pace, NullLogger<SlackPosts>.Instance), new SlackRooms(_api, workspaces));
        var people = new SlackPeople(_api, workspaces, _conversations, NullLogger<SlackPeople>.Instance, Doors());
        _intake = new SlackIntake(people, new PostedCards(null!, null!, machine, NullLogger<PostedCards>.Instance), null!, _conversations, null!);
    }

    public void Dispose() => _wire.Dispose();

    [Fact]
    public async Task A_channel_of_an_account_that_we_are_taken_out_of_is_shut_until_we_are_in_it_again()
    {
        _accounts.Bind(new ChannelBinding(A.Account().Id, "slack/C0ADS", "", "", []));

        foreach (var channel in new[] { "C0ADS", "C0LUNCH" })
            await HappensAsync($$"""{"type":"channel_left","channel":"{{channel}}"}""");

        _shut.All.ShouldBe([KeyValuePair.Create(new ConversationId("slack/C0ADS"), "I am not in it; say \"/invite @campaigns\" there")]);

        await HappensAsync("""{"type":"member_joined_channel","user":"U0ANA","channel":"C0ADS"}""");
        _shut.All.ShouldHaveSingleItem();

        await HappensAsync("""{"type":"member_joined_channel","user":"U0BOT","channel":"C0ADS"}""");
        _shut.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_channel_that_we_are_brought_into_is_told_once_what_can_be_said_there_also_over_a_restart()
    {
        await GreetAsync(Doors(), "C0NEW");
        await GreetAsync(Doors(), "C0NEW");
        await GreetAsync(Doors(), "C0OTHER");

        Said().Select(one => one.Channel).ShouldBe(["C0NEW", "C0OTHER"]);
        Said().ShouldAllBe(one => one.Text.Contains("\"@campaigns new campaign\"") && one.Text.Contains("\"@campaigns setup\""));
    }

    [Fact]
    public async Task Whoever_opens_our_messages_for_the_first_time_is_told_once_and_whoever_talked_to_us_is_not()
    {
        await _conversations.SaveAsync(new ConversationState(new ConversationId("slack/D0MAX"), new PersonId("slack:U0MAX")), TestContext.Current.CancellationToken);

        foreach (var (direct, person) in new[] { ("D0ANA", "slack:U0ANA"), ("D0ANA", "slack:U0ANA"), ("D0MAX", "slack:U0MAX") })
            await GreetAsync(Doors(), direct, new PersonId(person));

        var only = Said().ShouldHaveSingleItem();
        only.ShouldBe(("D0ANA", "Say \"new campaign\" to make one, \"status\" for how all stand, or \"help\" for all that I do."));
    }

    [Theory]
    [InlineData("is_ext_shared")]
    [InlineData("is_mpim")]
    public async Task Where_others_read_along_and_in_a_message_to_several_people_nothing_is_said(string mark)
    {
        _about[mark] = true;

        await GreetAsync(Doors(), "C0NEW");

        Said().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_channel_of_an_account_is_told_nothing_since_it_knows_us()
    {
        _accounts.Bind(new ChannelBinding(A.Account().Id, "slack/C0NEW", "", "", []));

        await GreetAsync(Doors(), "C0NEW");

        Said().ShouldBeEmpty();
    }

    [Fact]
    public async Task Being_brought_in_and_the_first_look_at_our_messages_are_both_heard()
    {
        await HappensAsync("""{"type":"member_joined_channel","user":"U0BOT","channel":"C0NEW"}""");
        await HappensAsync("""{"type":"channel_unarchive","user":"U0ANA","channel":"C0OLD"}""");
        await HappensAsync("""{"type":"app_home_opened","tab":"messages","user":"U0ANA","channel":"D0ANA"}""");
        await HappensAsync("""{"type":"app_home_opened","tab":"messages","user":"U0EVE","user_team":"T0OTHER","channel":"D0EVE"}""");
        using var every = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        while (Said().Count < 2)
            await every.WaitForNextTickAsync(TestContext.Current.CancellationToken);

        Said().Select(one => one.Channel).Order().ShouldBe(["C0NEW", "D0ANA"]);
    }

    /// <summary>As after a restart.</summary>
    private SlackDoors Doors() => new(_posts, _rooms, _shut, new GreetedPlaces(_settings, _conversations), NullLogger<SlackDoors>.Instance);

    private static Task GreetAsync(SlackDoors doors, string channel, PersonId? person = null) =>
        doors.GreetAsync(new SlackAccess(new SlackSelf("T0CAMP001", "U0BOT", "B0BOT"), "xoxb-stand-in"), new SlackPlace(null, channel, null), person, TestContext.Current.CancellationToken);

    private IReadOnlyList<(string Channel, string Text)> Said() =>
        [.. _wire.Calls.Where(call => call.Method == "chat.postMessage").Select(call => ((string)call.Arguments["channel"]!, (string)call.Arguments["text"]!))];

    private Task HappensAsync(string happened) => _intake.TakeAsync(
        new JsonObject { ["type"] = "event_callback", ["team_id"] = "T0CAMP001", ["event_id"] = "Ev1", ["event"] = JsonNode.Parse(happened) }, TestContext.Current.CancellationToken);
}
