using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat;
using ChatOpsCampaigns.Adapters.Chat.WebChat;
using ChatOpsCampaigns.Adapters.Persistence.Stores;
using ChatOpsCampaigns.Adapters.Tests.Persistence;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Channels;

public sealed class WebChatChannelTests : ChatChannelTests
{
    private protected override async Task<ChannelUnderTest> OpenAsync() => new BrowserChat(await TemporaryStore.NewAsync(Engine.Sqlite, Cancel));

    /// <summary>The browser chat over a real log, seen as a page that opens sees it.</summary>
    private sealed class BrowserChat : ChannelUnderTest
    {
        private readonly TemporaryStore _store;
        private readonly ActivityLogStore _log;
        private readonly MemoryMedia _media = new();

        public BrowserChat(TemporaryStore store)
        {
            _store = store;
            var hub = new ConversationHub();
            _log = new ActivityLogStore(store.Database, hub, store.Machine);
            Channel = new WebChatChannel(new WebChatRenderer(CardTemplates.Load(Path.Combine(AppContext.BaseDirectory, "cards"))), _log, hub, store.Machine);
        }

        public override IChatChannel Channel { get; }

        public override PersonId Ana { get; } = new("local:ana");

        public override ConversationId Alone => ConversationId.Local(Ana);

        public override ConversationId? Shared => null;

        public override IMediaStore Media => _media;

        public override MessageId Gone { get; } = new("b-gone");

        public override async Task<IReadOnlyList<Seen>> SeenAsync(ConversationId conversation) =>
            [.. (await _log.LatestAsync(conversation, 100, Cancel)).Select(logged => new Seen(logged.Id, Words(logged.Activity), Labels(logged.Activity)))];

        public override async Task<IReadOnlyList<string>> WhisperedAsync(ConversationId conversation) => [.. (await SeenAsync(conversation)).Select(seen => seen.Words)];

        /// <summary>A browser page wakes nobody, as long as words are not taken for mark-up.</summary>
        public override async Task<IReadOnlyList<string>> CalledAsync(ConversationId conversation) =>
            [.. (await _log.LatestAsync(conversation, 100, Cancel)).Select(logged => (string?)logged.Activity["textFormat"]).OfType<string>().Where(format => format != "plain")];

        public override async Task<ChatFile> DropAsync(string name, byte[] bytes)
        {
            using var stream = new MemoryStream(bytes);
            return new ChatFile(name, (await _media.KeepAsync(stream, Cancel)).Value, bytes.Length);
        }

        public override ValueTask DisposeAsync() => _store.DisposeAsync();

        private static string Words(JsonObject activity) => (string?)activity["text"] ?? (string?)activity["summary"] ?? "";

        private static IReadOnlyList<string> Labels(JsonObject activity) =>
            [.. (activity["suggestedActions"]?["actions"]?.AsArray() ?? []).Select(action => (string)action!["title"]!)];
    }
}
