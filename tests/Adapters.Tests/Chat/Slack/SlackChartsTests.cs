using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ChatOpsCampaigns.Adapters.Charts;
using ChatOpsCampaigns.Adapters.Chat.Slack.Pictures;
using ChatOpsCampaigns.Adapters.Chat;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Blocks;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;
using ChatOpsCampaigns.Kit.Slack;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Slack;

/// <summary>Charts that Slack draws itself, where it is set to and can.</summary>
public sealed class SlackChartsTests : IDisposable
{
    private static readonly SlackAccess Access = new(new SlackSelf("T0CAMP001", "U0BOT", "B0BOT"), "xoxb-stand-in");
    private static readonly SlackPlace Channel = SlackPlace.Of(new ConversationId("slack/C0ADS"));

    private readonly SlackWire _wire = new();
    private readonly MemoryMedia _media = new();
    private readonly DrawnCharts _drawn = new();
    private readonly FakeTimeProvider _machine = new(A.Noon);
    private Digest _picture;

    public SlackChartsTests() => _wire.Answer = call => Task.FromResult(Answer(call));

    public void Dispose() => _wire.Dispose();

    [Fact]
    public async Task Slack_draws_a_chart_from_its_numbers_and_what_it_shows_is_said_too()
    {
        var body = (await ComposedAsync(await SlackAsync(isNative: true))).Body["blocks"]!.AsArray();

        BlockLimits.BrokenMessage(body).ShouldBeEmpty();
        var chart = Chart(body).ShouldNotBeNull();
        ((string)chart["title"]!).ShouldBe("Spend on 2026-03-01");
        chart["chart"]!["series"]!.AsArray().Select(line => (string)line!["name"]!).ShouldBe(["spend", "cap"]);
        body.ToJsonString().ShouldContain("Spend today against the budget");
        _wire.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_the_setting_and_of_a_chart_whose_numbers_are_not_known_any_more_there_is_the_picture()
    {
        Chart((await ComposedAsync(await SlackAsync(isNative: false))).Body["blocks"]!).ShouldBeNull();

        var (composer, _) = await SlackAsync(isNative: true, isKnown: false);
        Chart((await composer.ComposeAsync(Access, Channel, Message(), TestContext.Current.CancellationToken)).Body["blocks"]!).ShouldBeNull();
    }

    [Fact]
    public async Task A_workspace_that_cannot_draw_it_gets_the_picture_and_is_tried_again_a_day_later()
    {
        var slack = await SlackAsync(isNative: true);
        _wire.Answer = call => Task.FromResult(call.Method == "chat.postMessage"
            ? call.Arguments.ToJsonString().Contains("data_visualization", StringComparison.Ordinal) ? SlackWire.Refusal("invalid_blocks") : new JsonObject { ["ok"] = true, ["ts"] = "1.1" }
            : Answer(call));

        (await slack.Posts.PostAsync(Access, Channel, await ComposedAsync(slack), TestContext.Current.CancellationToken)).ShouldBe(new MessageId("1.1"));

        var posted = _wire.Calls.Where(call => call.Method == "chat.postMessage").Select(call => call.Arguments["blocks"]!).ToList();
        posted.Select(Chart).Select(chart => chart is not null).ShouldBe([true, false]);
        posted[1].ToJsonString().ShouldContain("Running");
        Chart((await ComposedAsync(slack)).Body["blocks"]!).ShouldBeNull();
        _machine.Advance(TimeSpan.FromDays(1));
        Chart((await ComposedAsync(slack)).Body["blocks"]!).ShouldNotBeNull();
    }

    [Fact]
    public void However_long_the_words_and_however_many_the_lines_Slack_takes_it()
    {
        var words = new string('w', 100);
        var numbers = new ChartNumbers(
            words, words, words, [.. Enumerable.Repeat(words, 20)], [.. Enumerable.Range(0, 9).Select(line => new ChartLine($"line {line}", [.. Enumerable.Repeat(-1m, 20)]))]);

        BlockLimits.BrokenMessage(new JsonArray(Block.Chart(numbers))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(3, new[] { 0, 1, 2 })]
    [InlineData(9, new[] { 0, 3, 5, 8 })]
    public void Of_many_points_the_first_the_last_and_some_between_are_drawn(int count, int[] shown) =>
        DrawnCharts.Spread([.. Enumerable.Range(0, count)], most: 4).ShouldBe(shown);

    private async Task<(SlackComposer Composer, SlackPosts Posts)> SlackAsync(bool isNative, bool isKnown = true)
    {
        var picture = await _media.KeepAsync(new MemoryStream("png=1"u8.ToArray()), TestContext.Current.CancellationToken);
        if (isKnown)
            _drawn.Keep(picture, new ChartNumbers("Spend on 2026-03-01", "Time (UTC)", "USD", ["09:00", "10:00"], [new ChartLine("spend", [1, 2.5m]), new ChartLine("cap", [750, 750])]));

        _picture = picture;
        var settings = new SlackSettings { BotToken = "xoxb-stand-in", AppToken = "xapp-stand-in", NativeCharts = isNative };
        var http = new HttpClient(_wire);
        var pace = new SlackPace(_machine);
        var api = new SlackApi(http, settings, pace, _machine);
        var charts = new SlackCharts(settings, isKnown ? _drawn : new DrawnCharts(), _machine);
        var members = new SlackMembers(api, new SlackWorkspaces(api, settings), _machine, NullLogger<SlackMembers>.Instance);
        var composer = new SlackComposer(
            CardTemplates.Load(Path.Combine(AppContext.BaseDirectory, "cards")), new NoCards(), new SlackPictures(api, http, _media, charts, NullLogger<SlackPictures>.Instance), members, settings);
        return (composer, new SlackPosts(api, pace, NullLogger<SlackPosts>.Instance));
    }

    private Task<SlackContent> ComposedAsync((SlackComposer Composer, SlackPosts Posts) slack) =>
        slack.Composer.ComposeAsync(Access, Channel, Message(), TestContext.Current.CancellationToken);

    private ChatMessage Message()
    {
        var sample = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "cards", "campaign.sample.json")))!.AsObject();
        sample["pictures"]![0]!["address"] = $"/media/{_picture}";
        return ChatMessage.Of(sample.Deserialize<Sample>(JsonSerializerOptions.Web)!);
    }

    private static JsonObject Answer(SlackCalled call) => call.Method == "files.getUploadURLExternal"
        ? new JsonObject { ["ok"] = true, ["file_id"] = "F0CHART", ["upload_url"] = "https://files.slack.com/upload/1" }
        : SlackWire.Usual(call);

    private static JsonNode? Chart(JsonNode blocks) => blocks.AsArray().FirstOrDefault(block => (string?)block!["type"] == "data_visualization");

    /// <summary>A campaign's card with the figures of its sample.</summary>
    private sealed class Sample : ICardView
    {
        [JsonIgnore]
        public string Template => "campaign";

        public string Fallback { get; init; } = "Running";

        [JsonExtensionData]
        public Dictionary<string, JsonElement> Everything { get; init; } = [];
    }

    private sealed class NoCards : ISlackCardStore
    {
        public Task KeepAsync(string id, string card, ConversationId? conversation, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<string?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult<string?>(null);
    }
}
