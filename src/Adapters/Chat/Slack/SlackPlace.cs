using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Chat.Slack;

/// <summary>
/// A conversation on Slack: <c>slack/D0ANA</c> a direct one, <c>slack/C0ADS</c> a channel, <c>slack/C0ADS/1767225600.000100</c> one thread in
/// it. In a workspace other than the configured token's the team stands before the channel: <c>slack/T0CAMP002.C0ADS</c>.
/// </summary>
/// <param name="Workspace">The team's id; null is the workspace of the configured token.</param>
internal sealed record SlackPlace(string? Workspace, string Channel, string? Thread)
{
    public const string Prefix = "slack";

    public ConversationId Conversation
    {
        get
        {
            var channel = Workspace is null ? Channel : $"{Workspace}.{Channel}";
            return new ConversationId(Thread is null ? $"{Prefix}/{channel}" : $"{Prefix}/{channel}/{Thread}");
        }
    }

    /// <summary>With one person alone.</summary>
    public bool IsDirect => Channel.StartsWith('D') || Person is not null;

    /// <summary>A person whose direct conversation is not known yet, written <c>slack/@U0ANA</c>.</summary>
    public SlackPerson? Person => Channel.StartsWith('@') ? new SlackPerson(Channel[1..], Workspace) : null;

    /// <summary>What every conversation of its workspace begins with; null in the configured token's.</summary>
    public string? Realm => Workspace is null ? null : $"{Whole(Workspace)}.";

    /// <summary>A workspace other than the configured token's, with everything in it.</summary>
    public static ConversationId Whole(string workspace) => new($"{Prefix}/{workspace}");

    public static SlackPlace With(SlackPerson person) => new(person.Workspace, $"@{person.Id}", null);

    /// <exception cref="ArgumentException">It is no conversation of Slack.</exception>
    public static SlackPlace Of(ConversationId conversation) => conversation.Value.Split('/') switch
    {
        [Prefix, { Length: > 0 } channel] => In(channel, null),
        [Prefix, { Length: > 0 } channel, var thread] => In(channel, thread),
        _ => throw new ArgumentException($"{conversation} is no conversation of Slack; it would read slack/CHANNEL.", nameof(conversation)),
    };

    /// <summary>Whether it names a conversation of Slack.</summary>
    public static bool IsOne(string conversation) => conversation.Split('/') is [Prefix, { Length: > 0 }] or [Prefix, { Length: > 0 }, _];

    private static SlackPlace In(string channel, string? thread) =>
        channel.Split('.') is [var workspace, var id] ? new SlackPlace(workspace, id, thread) : new SlackPlace(null, channel, thread);
}
