using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Charts;
using ChatOpsCampaigns.Adapters.Chat.Slack.Files;
using ChatOpsCampaigns.Adapters.Chat.Slack.Pictures;
using ChatOpsCampaigns.Adapters.Chat;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;
using ChatOpsCampaigns.Kit.Slack;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Slack;

/// <summary>People and groups are woken only by what calls them, never by words that somebody wrote.</summary>
public sealed class SlackCallingTests : IDisposable
{
    private static readonly SlackAccess Access = new(new SlackSelf("T0CAMP001", "U0BOT", "B0BOT"), "xoxb-stand-in");
    private static readonly SlackPlace Channel = SlackPlace.Of(new ConversationId("slack/C0ONCALL"));
    private static readonly PersonId[] OnCall = [new("slack:U0OLGA"), new("slack:S0ONCALL"), new("local:olga"), new("slack:U0OLGA")];

    private readonly SlackWire _wire = new();
    private readonly SlackComposer _composer;

    public SlackCallingTests()
    {
        var machine = new FakeTimeProvider(A.Noon);
        var settings = new SlackSettings { BotToken = "xoxb-stand-in", AppToken = "xapp-stand-in" };
        var http = new HttpClient(_wire);
        var api = new SlackApi(http, settings, new SlackPace(machine), machine);
        var charts = new SlackCharts(settings, new DrawnCharts(), machine);
        _composer = new SlackComposer(
            CardTemplates.Load(Path.Combine(AppContext.BaseDirectory, "cards")), new NoCards(), new SlackPictures(api, new SlackDownloads(http, settings, machine), new MemoryMedia(), charts, NullLogger<SlackPictures>.Instance),
            new SlackMembers(api, new SlackWorkspaces(api, settings), machine, NullLogger<SlackMembers>.Instance), settings);
    }

    public void Dispose() => _wire.Dispose();

    [Fact]
    public async Task Words_begin_with_those_whom_they_call_each_once_and_whoever_is_of_another_chat_is_passed_over() =>
        (await ComposedAsync(new ChatMessage("c1 stands <!here>") { Calls = OnCall }))["text"]!.GetValue<string>().ShouldBe("<@U0OLGA> <!subteam^S0ONCALL> c1 stands &lt;!here&gt;");

    [Fact]
    public async Task However_many_are_called_and_however_much_is_said_Slack_takes_it()
    {
        var many = Enumerable.Range(0, 50).Select(number => new PersonId($"slack:U0ONCALL{number:00}")).ToList();

        var text = (await ComposedAsync(new ChatMessage(new string('x', 5000)) { Calls = many }))["text"]!.GetValue<string>();

        text.Length.ShouldBeLessThanOrEqualTo(4000);
        text.ShouldStartWith("<@U0ONCALL00> <@U0ONCALL01> ");
        text.ShouldContain("<@U0ONCALL19> xxx");
    }

    [Fact]
    public async Task A_message_with_buttons_begins_with_a_line_that_calls_them()
    {
        var body = await ComposedAsync(new ChatMessage("c1 stands") { QuickReplies = [new QuickReply("Ack", "ack")], Calls = OnCall });

        BlockLimits.BrokenMessage(body["blocks"]!.AsArray()).ShouldBeEmpty();
        body["blocks"]![0]!["elements"]![0]!["elements"]!.AsArray().Select(part => (string?)part!["user_id"] ?? (string?)part["usergroup_id"]).OfType<string>().ShouldBe(["U0OLGA", "S0ONCALL"]);
    }

    [Fact]
    public async Task A_message_that_is_full_gives_way_to_the_line_that_calls_them()
    {
        var body = await ComposedAsync(new ChatMessage("Which one?") { QuickReplies = [.. Enumerable.Range(1, 1220).Select(number => new QuickReply($"c{number}", $"pause c{number}"))], Calls = OnCall });

        body["blocks"]!.AsArray().Count.ShouldBe(50);
        body["blocks"]![0]!.ToJsonString().ShouldContain("U0OLGA");
        body["text"]!.GetValue<string>().ShouldNotContain("<@");
    }

    [Fact]
    public async Task What_calls_nobody_stays_as_it_is() => (await ComposedAsync(new ChatMessage("c1 runs")))["text"]!.GetValue<string>().ShouldBe("c1 runs");

    private async Task<JsonObject> ComposedAsync(ChatMessage message) => (await _composer.ComposeAsync(Access, Channel, message, TestContext.Current.CancellationToken)).Body;
}
