using ChatOpsCampaigns.Adapters.Tests.Chat.Teams;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit.Teams;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Channels;

public sealed class TeamsChannelTests : ChatChannelTests
{
    private protected override async Task<ChannelUnderTest> OpenAsync()
    {
        var wire = await TeamsWire.StartAsync(Cancel);
        await wire.MeetAsync("a:ana", Cancel);
        await wire.MeetAsync("19:ads@thread.tacv2", Cancel);
        return new TeamsChat(wire);
    }

    /// <summary>Teams over real sockets to a stand-in, seen as its people see it.</summary>
    private sealed class TeamsChat(TeamsWire wire) : ChannelUnderTest
    {
        public override IChatChannel Channel => wire.Channel;

        public override PersonId Ana => TeamsWire.Ana;

        public override ConversationId Alone { get; } = new("teams/a:ana");

        public override ConversationId? Shared { get; } = new("teams/19:ads@thread.tacv2");

        public override IMediaStore Media => wire.Media;

        public override MessageId Gone { get; } = new("1767225600001");

        public override Task<IReadOnlyList<Seen>> SeenAsync(ConversationId conversation) => Task.FromResult<IReadOnlyList<Seen>>(
            [.. In(conversation).Select(message => new Seen(message.Id, message.Words, [.. message.Labels]))]);

        /// <summary>Said in the conversation that she has with the bot alone.</summary>
        public override Task<IReadOnlyList<string>> WhisperedAsync(ConversationId conversation) => Task.FromResult<IReadOnlyList<string>>(
            [.. In(Alone).Select(message => message.Words)]);

        public override Task<IReadOnlyList<string>> CalledAsync(ConversationId conversation) => Task.FromResult<IReadOnlyList<string>>(
            [.. In(conversation).SelectMany(message => message.Calls.Concat(((string?)message.Activity["text"])?.Contains("<at>", StringComparison.Ordinal) == true ? ["<at>"] : []))]);

        public override Task<ChatFile> DropAsync(string name, byte[] bytes) => Task.FromResult(wire.Drop(name, bytes));

        public override ValueTask DisposeAsync() => wire.DisposeAsync();

        private IEnumerable<TeamsMessage> In(ConversationId conversation) =>
            wire.Teams.Desk.Messages.Where(message => message.Chat == Adapters.Chat.Teams.TeamsPlace.Of(conversation).Chat);
    }
}
