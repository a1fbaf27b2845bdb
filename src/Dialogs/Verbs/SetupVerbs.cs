using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.People;

namespace ChatOpsCampaigns.Dialogs.Verbs;

/// <summary>What is said or pressed while the workspace is set up.</summary>
public static class SetupVerbs
{
    public static readonly Verb Next = Of("next", ["next", "keep", "keep it", "skip", "done", "default"], VerbKind.Proposes, "keeps what stands there and goes on");

    public static readonly Verb Back = Of("back", ["back", "previous"], VerbKind.Proposes, "goes back to the question before");

    public static readonly Verb Leave = Of("leave", ["leave", "save", "cancel", "later", "quit"], VerbKind.Proposes, "puts it aside; what was answered holds, and \"setup\" goes on");

    public static readonly Verb Test = Of("test", ["test", "send the test", "test emergency"], VerbKind.Acts, "calls whoever is on call, marked as a test");

    public static readonly Verb Help = Of("help", ["help", "?"], VerbKind.Reads, "says what the present question takes");

    /// <summary>The button "Next" of a card: its inputs are the answer.</summary>
    public static readonly Verb Answer = Of("answer", [], VerbKind.Acts, "answers the present question with what stands in the card");

    /// <summary>The button of a test emergency.</summary>
    public static readonly Verb Ack = Of("ack", [], VerbKind.Acts, "acknowledges a test emergency") with { Needs = Permission.Respond };

    public static ImmutableArray<Verb> All { get; } = [Next, Back, Leave, Test, Help, Answer, Ack];

    private static readonly PhraseBook Book = new(All);

    /// <summary>The verb that a line or the name of a button means; null when it is none of these.</summary>
    public static Verb? Find(string said) => Book.Find(said)?.Verb ?? All.FirstOrDefault(verb => verb.Name == said);

    private static Verb Of(string name, ImmutableArray<string> phrases, VerbKind kind, string summary) =>
        new(name, phrases, [], Permission.SetUp, kind, summary, phrases.IsEmpty ? "" : name) { Place = VerbPlace.Setup };
}
