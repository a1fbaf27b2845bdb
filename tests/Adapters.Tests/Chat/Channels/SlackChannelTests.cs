using System.Text.RegularExpressions;
using ChatOpsCampaigns.Adapters.Charts;
using ChatOpsCampaigns.Adapters.Chat.Slack.Pictures;
using ChatOpsCampaigns.Adapters.Chat;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Files;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;
using ChatOpsCampaigns.Kit.Slack;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Channels;

public sealed partial class SlackChannelTests : ChatChannelTests
{
    [GeneratedRegex("<[!@#][^>]*>")]
    private static partial Regex Calls();

    private protected override async Task<ChannelUnderTest> OpenAsync() => new SlackChat(await SlackStandIn.StartAsync(Cancel));

    [Fact]
    public async Task A_report_whose_answer_was_lost_is_shared_once()
    {
        await using var slack = new SlackChat(await SlackStandIn.StartAsync(Cancel));
        var file = new ChatDownload("campaigns.csv", await slack.Media.KeepAsync(new MemoryStream("row"u8.ToArray()), Cancel));
        var report = new ChatMessage("2 campaigns, today.") { Download = file, Key = "export/1", IfThere = IfThere.Never };
        await slack.Channel.PostAsync(slack.Alone, report, Cancel);

        await slack.Channel.PostAsync(slack.Alone, report with { IfThere = IfThere.Leave }, Cancel);

        (await slack.SeenAsync(slack.Alone)).Select(seen => seen.Words.StartsWith("file ", StringComparison.Ordinal)).ShouldBe([true, false]);
    }

    /// <summary>Slack over real sockets to a stand-in, seen as its people see it.</summary>
    private sealed class SlackChat : ChannelUnderTest
    {
        private readonly SlackStandIn _slack;
        private readonly HttpClient _http = new();
        private readonly MemoryMedia _media = new();

        public SlackChat(SlackStandIn slack)
        {
            _slack = slack;
            var machine = TimeProvider.System;
            var settings = new SlackSettings { BotToken = SlackStandIn.BotToken, AppToken = SlackStandIn.AppToken, ApiBaseUrl = $"{slack.Address}api/" };
            var pace = new SlackPace(machine);
            var api = new SlackApi(_http, settings, pace, machine);
            var workspaces = new SlackWorkspaces(api, settings);
            var charts = new SlackCharts(settings, new DrawnCharts(), machine);
            var composer = new SlackComposer(
                CardTemplates.Load(Path.Combine(AppContext.BaseDirectory, "cards")), new MemoryCards(), new SlackPictures(api, new SlackDownloads(_http, settings, machine), _media, charts, NullLogger<SlackPictures>.Instance),
                new SlackMembers(api, workspaces, machine, NullLogger<SlackMembers>.Instance), settings);
            Channel = new SlackChannel(
                new SlackPosts(api, pace, NullLogger<SlackPosts>.Instance), workspaces, composer,
                new SlackFiles(api, workspaces, new SlackDownloads(_http, settings, machine), _media), new SlackPeople(api, workspaces, new MemoryConversations(), NullLogger<SlackPeople>.Instance));
        }

        public override IChatChannel Channel { get; }

        public override PersonId Ana { get; } = new("slack:U0ANA");

        public override ConversationId Alone { get; } = new("slack/D0ANA");

        public override ConversationId? Shared { get; } = new("slack/C0ADS");

        public override IMediaStore Media => _media;

        public override MessageId Gone { get; } = new("1767225600.000001");

        public override Task<IReadOnlyList<Seen>> SeenAsync(ConversationId conversation) => Task.FromResult<IReadOnlyList<Seen>>(
            [.. _slack.Desk.Messages.Where(message => message.Channel == SlackPlace.Of(conversation).Channel).Select(message => new Seen(message.Stamp, message.Shown, [.. message.Labels]))]);

        public override Task<IReadOnlyList<string>> WhisperedAsync(ConversationId conversation) => Task.FromResult<IReadOnlyList<string>>(
            [.. _slack.Desk.Whispers.Where(whisper => whisper.Channel == SlackPlace.Of(conversation).Channel && whisper.User == Ana.Key).Select(whisper => whisper.Text)]);

        public override async Task<IReadOnlyList<string>> CalledAsync(ConversationId conversation) =>
            [.. (await SeenAsync(conversation)).SelectMany(seen => Calls().Matches(seen.Words)).Select(call => call.Value)];

        public override Task<ChatFile> DropAsync(string name, byte[] bytes)
        {
            _slack.Desk.Files["F0DROPPED"] = (name, bytes);
            return Task.FromResult(new ChatFile(name, $"{SlackDesk.Workspace}/F0DROPPED", bytes.Length));
        }

        public override async ValueTask DisposeAsync()
        {
            _http.Dispose();
            await _slack.DisposeAsync();
        }
    }

    private sealed class MemoryCards : ISlackCardStore
    {
        private readonly Dictionary<string, string> _cards = [];

        public Task KeepAsync(string id, string card, ConversationId? direct, CancellationToken cancellationToken)
        {
            _cards[id] = card;
            return Task.CompletedTask;
        }

        public Task<string?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult(_cards.GetValueOrDefault(id));
    }
}
