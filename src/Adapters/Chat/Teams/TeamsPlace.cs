using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Chat.Teams;

/// <summary>
/// A conversation on Teams: <c>teams/a:1xyz</c> a direct one, <c>teams/19:ads@thread.tacv2</c> a channel, <c>teams/19:ads@thread.tacv2/1767225600100</c>
/// one thread in it, <c>teams/19:chat@thread.v2</c> a group. Signs that part a conversation's name are escaped in it, so that none is lost.
/// </summary>
/// <param name="Chat">The id of the conversation or channel as Teams writes it, without a thread.</param>
/// <param name="Thread">The message that the thread hangs on.</param>
/// <param name="IsPersonal">With one person alone, although its id does not say so.</param>
internal sealed record TeamsPlace(string Chat, string? Thread = null, bool IsPersonal = false)
{
    public const string Prefix = "teams";

    private const string ThreadMark = ";messageid=";
    private const string DirectMark = "a:";

    /// <summary>Channels; a group chat ends in <c>@thread.v2</c>. The older ending is unconfirmed.</summary>
    private static readonly string[] Channels = ["@thread.tacv2", "@thread.skype"];

    public ConversationId Conversation => new($"{Prefix}/{Name}{(Thread is null ? "" : $"/{Thread}")}");

    /// <summary>With one person alone.</summary>
    public bool IsDirect => IsPersonal || Chat.StartsWith(DirectMark, StringComparison.Ordinal) || Person is not null;

    /// <summary>The Entra id of a person whose direct conversation is not known yet, written <c>teams/@12345678-…</c>.</summary>
    public string? Person => Chat.StartsWith('@') ? Chat[1..] : null;

    /// <summary>Where what is said first begins a thread of its own.</summary>
    public bool IsChannel => Array.Exists(Channels, ending => Chat.EndsWith(ending, StringComparison.Ordinal));

    /// <summary>As Teams addresses it.</summary>
    public string Id => Thread is null ? Chat : $"{Chat}{ThreadMark}{Thread}";

    /// <summary>Without its thread.</summary>
    public TeamsPlace Whole => this with { Thread = null };

    private string Name => $"{(IsPersonal && !Chat.StartsWith(DirectMark, StringComparison.Ordinal) ? "~" : "")}{Escaped(Chat)}";

    public static TeamsPlace With(string person) => new($"@{person}");

    /// <summary>What an activity calls its conversation.</summary>
    public static TeamsPlace OfActivity(string id, bool isPersonal)
    {
        var cut = id.IndexOf(ThreadMark, StringComparison.Ordinal);
        return cut < 0 ? new TeamsPlace(id, null, isPersonal && !id.StartsWith(DirectMark, StringComparison.Ordinal)) : new TeamsPlace(id[..cut], id[(cut + ThreadMark.Length)..]);
    }

    /// <exception cref="ArgumentException">It is no conversation of Teams.</exception>
    public static TeamsPlace Of(ConversationId conversation) => conversation.Value.Split('/') switch
    {
        [Prefix, { Length: > 0 } chat] => Named(chat, null),
        [Prefix, { Length: > 0 } chat, { Length: > 0 } thread] => Named(chat, thread),
        _ => throw new ArgumentException($"{conversation} is no conversation of Teams; it would read teams/CHANNEL.", nameof(conversation)),
    };

    private static TeamsPlace Named(string name, string? thread) =>
        name.StartsWith('~') ? new TeamsPlace(Plain(name[1..]), thread, IsPersonal: true) : new TeamsPlace(Plain(name), thread);

    private static string Escaped(string id) => id.Replace("%", "%25", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal).Replace("~", "%7E", StringComparison.Ordinal);

    private static string Plain(string name) => name.Replace("%7E", "~", StringComparison.Ordinal).Replace("%2F", "/", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal);
}
