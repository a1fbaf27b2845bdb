using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Language;

namespace ChatOpsCampaigns.Dialogs.Verbs;

/// <summary>What is said or pressed while a campaign is being made. They reach the draft that is open in the conversation.</summary>
public static class WizardVerbs
{
    private static readonly VerbArgument Reason = new("reason", ArgumentKind.Words, "why", Optional: true);
    private static readonly VerbArgument Field = new("field", ArgumentKind.Words, "what to change, for example countries");

    public static readonly Verb Back = Proposing("back", ["back", "previous"], "goes back to the step before");

    public static readonly Verb Save = Proposing("save", ["save", "save draft", "save it", "later"], "puts the draft aside; \"drafts\" goes on with it");

    public static readonly Verb Cancel = Proposing("cancel", ["cancel", "quit", "exit"], "closes it without launching; the draft is kept");

    public static readonly Verb StartOver = Proposing("start over", ["start over"], "puts the draft aside and begins a new one");

    public static readonly Verb Help = Of("help", ["help", "?", "why"], VerbKind.Reads, "says what the present step takes");

    public static readonly Verb Review = Of(
        "review", ["review", "summary", "what did i say"], VerbKind.Reads, "shows forecast and summary of what was said so far");

    public static readonly Verb Done = Proposing("done", ["done", "next", "that's all", "thats all", "finished"], "goes on to the next step");

    public static readonly Verb Default = Proposing(
        "default", ["default", "defaults", "use suggestion", "suggestion", "skip"], "takes the suggestion of the present step");

    public static readonly Verb Edit = Proposing(
        "edit", ["edit", "edit the", "change", "change the"], "goes to the step that a field belongs to") with
    {
        Arguments = [Field],
        Example = "edit countries",
    };

    public static readonly Verb Override = Of(
        "override", ["override"], VerbKind.Acts, "keeps your way against every warning and advice shown, with your reason, which is scored later") with
    {
        Arguments = [Reason],
        Example = "override the weekend sale needs it",
    };

    public static readonly Verb Launch = Of(
        "launch", ["launch", "launch it", "launch this", "launch the campaign", "approve and launch", "go live"], VerbKind.Acts, "launches exactly what the review shows") with
    {
        Needs = Permission.Launch,
    };

    /// <summary>The button "Next" of a card: its inputs are the answer.</summary>
    public static readonly Verb Answer = Proposing("answer", [], "answers the present step with what stands in the card");

    /// <summary>The button beside a piece of advice.</summary>
    public static readonly Verb Accept = Proposing("accept", [], "takes over a piece of advice");

    /// <summary>The button in the place of "Approve and launch" while something is missing or wrong.</summary>
    public static readonly Verb Missing = Proposing("missing", [], "goes to the first step that needs something");

    /// <summary>The buttons below a file whose shape is not the one that is wanted; typed as "crop 2".</summary>
    public static readonly Verb Shape = Proposing("shape", [], "chooses how a file is brought into shape: crop, pad or fit");

    public static ImmutableArray<Verb> All { get; } =
        [Back, Save, Cancel, StartOver, Help, Review, Done, Default, Edit, Override, Launch, Answer, Accept, Missing, Shape];

    private static readonly PhraseBook Book = new(All);

    /// <summary>The verb that a line or the name of a button means, with the words that follow; null when it is none of these.</summary>
    public static (Verb Verb, string More)? Find(string said) =>
        Book.Find(said) ?? All.Where(verb => verb.Name == said).Select(verb => ((Verb, string)?)(verb, "")).FirstOrDefault();

    /// <summary>The word that a misspelt one is a letter away from; null when none is.</summary>
    public static string? Nearest(string said)
    {
        var word = said.Trim().TrimEnd('.', '!').ToLowerInvariant();
        return word.Length < ShortestMisspelt ? null : All.SelectMany(verb => verb.Phrases).FirstOrDefault(phrase => phrase.Length >= ShortestMisspelt && EditDistance.Between(word, phrase) == 1);
    }

    private const int ShortestMisspelt = 4;

    private static Verb Proposing(string name, ImmutableArray<string> phrases, string summary) => Of(name, phrases, VerbKind.Proposes, summary) with { AtOnce = true };

    private static Verb Of(string name, ImmutableArray<string> phrases, VerbKind kind, string summary) =>
        new(name, phrases, [], Permission.Draft, kind, summary, phrases.IsEmpty ? "" : name) { Place = VerbPlace.Draft };
}
