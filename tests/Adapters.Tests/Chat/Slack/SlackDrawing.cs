using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ChatOpsCampaigns.Adapters.Charts;
using ChatOpsCampaigns.Adapters.Chat;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Files;
using ChatOpsCampaigns.Adapters.Chat.Slack.Pictures;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Slack;

/// <summary>A campaign's card with a chart, on its way to a channel of Slack.</summary>
internal sealed class SlackDrawing : IDisposable
{
    public static readonly SlackAccess Access = new(new SlackSelf("T0CAMP001", "U0BOT", "B0BOT"), "xoxb-stand-in");
    public static readonly SlackPlace Channel = SlackPlace.Of(new ConversationId("slack/C0ADS"));

    private readonly DrawnCharts _drawn;
    private readonly Digest _picture;
    private readonly SlackComposer _composer;

    private SlackDrawing(Digest picture, MemoryMedia media, DrawnCharts drawn, bool isNative)
    {
        (_picture, _drawn) = (picture, drawn);
        var settings = new SlackSettings { BotToken = "xoxb-stand-in", AppToken = "xapp-stand-in", NativeCharts = isNative };
        var http = new HttpClient(Wire);
        var pace = new SlackPace(Machine);
        var api = new SlackApi(http, settings, pace, Machine);
        var pictures = new SlackPictures(api, new SlackDownloads(http, settings, Machine), media, new SlackCharts(settings, _drawn, Machine), NullLogger<SlackPictures>.Instance);
        var members = new SlackMembers(api, new SlackWorkspaces(api, settings), Machine, NullLogger<SlackMembers>.Instance);
        _composer = new SlackComposer(CardTemplates.Load(Path.Combine(AppContext.BaseDirectory, "cards")), new NoCards(), pictures, members, settings);
        Posts = new SlackPosts(api, pace, NullLogger<SlackPosts>.Instance);
        Wire.Answer = call => Task.FromResult(Usual(call));
    }

    public SlackWire Wire { get; } = new();

    public FakeTimeProvider Machine { get; } = new(A.Noon);

    public SlackPosts Posts { get; }

    /// <summary>Where pictures are said to go.</summary>
    public string UploadsTo { get; set; } = "https://files.slack.com/upload/1";

    /// <summary>The blocks of what was posted and edited, in its order.</summary>
    public IReadOnlyList<JsonArray> Shown => [.. Wire.Calls.Where(call => call.Method is "chat.postMessage" or "chat.update").Select(call => call.Arguments["blocks"]!.AsArray())];

    /// <param name="isNative">Slack is set to draw charts itself.</param>
    /// <param name="isKnown">The numbers of the chart are still known.</param>
    public static async Task<SlackDrawing> StartAsync(bool isNative = false, bool isKnown = true)
    {
        var (media, drawn) = (new MemoryMedia(), new DrawnCharts());
        var picture = await media.KeepAsync(new MemoryStream("png=1"u8.ToArray()), TestContext.Current.CancellationToken);
        if (isKnown)
            drawn.Keep(picture, new ChartNumbers("Spend on 2026-03-01", "Time (UTC)", "USD", ["09:00", "10:00"], [new ChartLine("spend", [1, 2.5m]), new ChartLine("cap", [750, 750])]));

        return new SlackDrawing(picture, media, drawn, isNative);
    }

    public void Dispose() => Wire.Dispose();

    public Task<SlackContent> ComposedAsync()
    {
        var sample = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "cards", "campaign.sample.json")))!.AsObject();
        sample["pictures"]![0]!["address"] = $"/media/{_picture}";
        return _composer.ComposeAsync(Access, Channel, ChatMessage.Of(sample.Deserialize<Sample>(JsonSerializerOptions.Web)!), TestContext.Current.CancellationToken);
    }

    public async Task<MessageId> PostAsync() => await Posts.PostAsync(Access, Channel, await ComposedAsync(), TestContext.Current.CancellationToken);

    /// <summary>Lets time pass, until so many messages and edits were tried.</summary>
    public async Task PassAsync(int seconds, int shown)
    {
        Machine.Advance(TimeSpan.FromSeconds(seconds));
        while (Shown.Count < shown)
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);

        // Whoever follows has heard the answer and waits again.
        await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        Shown.Count.ShouldBe(shown);
    }

    public JsonObject Usual(SlackCalled call) => call.Method switch
    {
        "files.getUploadURLExternal" => new JsonObject { ["ok"] = true, ["file_id"] = $"F0CHART{Wire.Calls.Count(one => one.Method == call.Method)}", ["upload_url"] = UploadsTo },
        "chat.postMessage" => new JsonObject { ["ok"] = true, ["ts"] = "1.1" },
        _ => SlackWire.Usual(call),
    };

    /// <summary>A campaign's card with the figures of its sample.</summary>
    private sealed class Sample : ICardView
    {
        [JsonIgnore]
        public string Template => "campaign";

        public string Fallback { get; init; } = "Running";

        [JsonExtensionData]
        public Dictionary<string, JsonElement> Everything { get; init; } = [];
    }
}

/// <summary>Cards that nobody presses.</summary>
internal sealed class NoCards : ISlackCardStore
{
    public Task KeepAsync(string id, string card, ConversationId? conversation, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<string?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult<string?>(null);
}
