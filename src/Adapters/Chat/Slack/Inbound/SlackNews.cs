using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;

/// <summary>What Slack tells us, read. A closed family: what is not in it is passed over.</summary>
internal abstract record SlackNews
{
    private SlackNews()
    {
    }

    /// <summary>Somebody said or dropped something.</summary>
    /// <param name="InOurThread">It was said in a thread of a channel without naming us: it counts where we take part.</param>
    internal sealed record Said(ChatTurn Turn, bool InOurThread) : SlackNews;

    /// <summary>Somebody pressed a button or chose from a menu.</summary>
    /// <param name="Token">The card and the number of its action.</param>
    /// <param name="Fields">What the inputs beside it hold.</param>
    /// <param name="Trigger">Opens a window, once and for three seconds.</param>
    internal sealed record Pressed(
        string Id, SlackPerson Person, SlackPlace Place, string? Message, string Token, ImmutableDictionary<string, string> Fields, string Trigger, string? ResponseUrl) : SlackNews
    {
        /// <summary>What the button itself says, where it stops everything.</summary>
        public string? Order { get; init; }
    }

    /// <summary>Somebody ended a window.</summary>
    /// <param name="Callback">What we gave the window when it was opened.</param>
    internal sealed record Submitted(string Id, SlackPerson Person, WindowCallback Callback, ImmutableDictionary<string, string> Fields) : SlackNews;

    /// <summary>Somebody typed the slash command.</summary>
    internal sealed record Commanded(ChatTurn Turn, string Trigger, string ResponseUrl) : SlackNews;

    /// <summary>Somebody chose one of our shortcuts.</summary>
    /// <param name="On">Where the message stands that it was chosen on; null of one that is about no message.</param>
    internal sealed record Chosen(ChatTurn Turn, SlackPlace? On) : SlackNews;

    /// <summary>Somebody opened our Home tab.</summary>
    internal sealed record HomeOpened(SlackPerson Person) : SlackNews;

    /// <summary>The workspace took our token away.</summary>
    /// <param name="Why">The event that says so.</param>
    internal sealed record Uninstalled(string Why) : SlackNews;

    /// <summary>A channel takes nothing from us any more.</summary>
    /// <param name="Error">How Slack would refuse it.</param>
    internal sealed record Shut(SlackPlace Channel, string Error) : SlackNews;

    /// <summary>We are in a channel, or it is a living one again.</summary>
    /// <param name="IsNew">We were brought in just now.</param>
    internal sealed record Opened(SlackPlace Channel, bool IsNew = false) : SlackNews;

    /// <summary>Somebody looks at what we said to them alone, or would.</summary>
    internal sealed record Met(SlackPlace Direct, SlackPerson Person) : SlackNews;

    /// <summary>Somebody types in a menu that has more choices than Slack takes.</summary>
    internal sealed record Sought(string Block, string Input, string Words) : SlackNews;
}
