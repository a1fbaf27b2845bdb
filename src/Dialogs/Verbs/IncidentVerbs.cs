using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Verbs;

/// <summary>What is replied to an incident, typed or pressed, without naming it. Each means a verb that takes the incident.</summary>
public static partial class IncidentVerbs
{
    private static readonly VerbArgument Which = Takes.Incident with { Optional = true };

    public static ImmutableArray<Verb> All { get; } =
    [
        Reply("ack", ["ack", "acknowledge"], "ack", "says that you are on the incident shown here"),
        Reply("resume", ["resume"], "resume incident", "lets the campaign of the incident shown here run again when every rule, judged now, is clear"),
        Reply("roll back", ["roll back", "rollback"], "roll back", "puts bids and budgets back, after showing them"),
        Reply("why", ["why"], "why incident", "shows the evidence and the history of the incident shown here") with { Needs = Permission.See, Kind = VerbKind.Reads },
        Reply("higher limit", ["higher limit"], "higher limit", "asks a second person for a higher limit for today") with
        {
            Arguments = [Which, Takes.Amount],
            Example = "higher limit $1500",
        },
    ];

    private static readonly PhraseBook Book = new(All);

    /// <summary>The verb that a reply means, and what was said beside it: a handle, an amount. Null when it is about something else.</summary>
    public static (Verb Verb, string Handle, string More)? Find(string said)
    {
        if (Book.Find(said) is not var (verb, rest))
            return null;

        var handle = Handle().Match(rest);
        var more = rest[handle.Length..].Trim();
        var takesMore = verb.Arguments.Contains(Takes.Amount);
        return takesMore == more.Length > 0 ? (verb, handle.Value, more) : null;
    }

    private static Verb Reply(string name, ImmutableArray<string> phrases, string means, string summary) =>
        new(name, phrases, [Which], Permission.Respond, VerbKind.Acts, summary, name) { Place = VerbPlace.Incident, Means = means };

    [GeneratedRegex(@"^i\d+\b", RegexOptions.IgnoreCase)]
    private static partial Regex Handle();
}
