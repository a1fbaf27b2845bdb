using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.People;

namespace ChatOpsCampaigns.Dialogs.Verbs;

/// <summary>Answers to what I ask, and the bare word that asks back.</summary>
public static class ConversationVerbs
{
    public static readonly Verb Yes = new(
        "yes", ["yes", "y", "yep", "sure", "confirm", "do it"], [], Permission.See, VerbKind.Acts, "does what I asked about; counts for 15 minutes", "yes")
    {
        Place = VerbPlace.Question,
    };

    public static readonly Verb No = new(
        "no", ["no", "n", "nope", "cancel", "don't", "none", "none of them"], [], Permission.See, VerbKind.Reads, "leaves everything as it is", "no")
    {
        Place = VerbPlace.Question,
    };

    public static readonly Verb More = new(
        "more", ["more", "show more", "show the rest", "the rest"], [], Permission.See, VerbKind.Reads, "shows the next of a list that I offered", "more")
    {
        Place = VerbPlace.Question,
    };

    public static readonly Verb Stop = new(
        "stop", ["stop", "halt", "emergency", "stop all", "stop it all", "pause all", "pause everything", "pause everything now", "halt everything", "kill everything", "turn off everything"], [], Permission.See, VerbKind.Reads, "asks what to stop", "stop")
    {
        Place = VerbPlace.Conversation,
    };

    public static ImmutableArray<Verb> All { get; } = [Yes, No, More, Stop];

    private static readonly PhraseBook Book = new(All);

    public static Verb? Find(string said) => Book.Find(said)?.Verb;
}
