using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.People;

namespace ChatOpsCampaigns.Dialogs.Verbs;

public enum VerbKind
{
    /// <summary>Shows something and changes nothing.</summary>
    Reads,

    /// <summary>Prepares something that a person still has to confirm.</summary>
    Proposes,

    /// <summary>Changes something, after a confirmation where money can be lost.</summary>
    Acts,
}

/// <summary>What reads one argument, chosen so that grammar, help and a language model's schema can name it.</summary>
public enum ArgumentKind
{
    Campaign,
    Draft,
    Incident,
    Approval,
    Money,
    Duration,
    Words,
    Choice,
}

/// <summary>Where a verb means something.</summary>
public enum VerbPlace
{
    /// <summary>A command: everywhere, with its arguments.</summary>
    Anywhere,

    /// <summary>Everywhere, and only asks back.</summary>
    Conversation,

    /// <summary>Where I asked something.</summary>
    Question,

    /// <summary>Where an open incident is shown.</summary>
    Incident,

    /// <summary>While a campaign is being made.</summary>
    Draft,

    /// <summary>While the workspace is set up.</summary>
    Setup,
}

/// <summary>One typed argument of a verb.</summary>
/// <param name="Choices">The words of a <see cref="ArgumentKind.Choice"/>.</param>
public sealed record VerbArgument(string Name, ArgumentKind Kind, string Summary, bool Optional = false)
{
    public ImmutableArray<string> Choices { get; init; } = [];
}

/// <summary>
/// Everything there is to know about one thing a person can say or press: declared once, and grammar, help, role table, buttons and
/// the language model's plugin all come from it.
/// </summary>
/// <param name="Name">Canonical, for example <c>set budget</c>; a button's verb is <c>do.</c> and the name, or the place of the verb and the name.</param>
/// <param name="Phrases">Every beginning that means it, the name included, lower case; none for what is only pressed.</param>
/// <param name="Example">A line that works word for word.</param>
public sealed record Verb(
    string Name, ImmutableArray<string> Phrases, ImmutableArray<VerbArgument> Arguments, Permission Needs, VerbKind Kind, string Summary, string Example)
{
    public VerbPlace Place { get; init; }

    /// <summary>What is said after it is not put on record.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Done without waiting for the chat to say whether whoever says it belongs to it: what stops, and what only moves in one's own draft.</summary>
    public bool AtOnce { get; init; }

    /// <summary>The command that a word of a place stands for; null when it is one of its own.</summary>
    public string? Means { get; init; }
}
