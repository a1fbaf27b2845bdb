using System.Collections.Immutable;
using System.Globalization;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Wizard.Fields;

namespace ChatOpsCampaigns.Dialogs.Wizard.Files;

/// <summary>What somebody said about files that are in the draft.</summary>
/// <param name="Right">False: nothing was changed, and <paramref name="Says"/> tells what would be right.</param>
/// <param name="Touched">Files whose cards have to be shown anew.</param>
internal sealed record CreativeChange(CampaignDraft Draft, string Says, bool Right, ImmutableArray<Digest> Touched)
{
    public static CreativeChange Wrong(CampaignDraft draft, string says) => new(draft, says, false, []);
}

/// <summary>Reads what is said about files: their words, their shape, leaving one out.</summary>
internal static class CreativeWords
{
    public const string DropFirst = "Drop the pictures or films first; then this can be said.";

    public static CreativeChange? Read(string text, CampaignDraft draft, NetworkProfile? profile) =>
        CreativeCopy.Read(text, draft) ?? CreativeShapes.Read(text, draft, profile) ?? CreativeTrims.Read(text, draft, profile) ?? Remove(text, draft);

    /// <summary>Positions that "2", "all", a file's name or nothing names; null when it names no file.</summary>
    public static (ImmutableArray<int> Positions, string? Problem)? Which(string said, CampaignDraft draft)
    {
        var (name, count) = (said.Trim(), draft.Creatives.Length);
        var byName = draft.Creatives.Select(creative => creative.FileName).ToList().FindIndex(known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (byName >= 0)
            return ([byName], null);

        var isNumber = int.TryParse(name.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        if (!isNumber && name is not ("" or "all" or "everything"))
            return null;

        return (name, count) switch
        {
            (_, 0) => ([], DropFirst),
            _ when isNumber && (number < 1 || number > count) => ([], $"There is no creative {number}; there {(count == 1 ? "is 1" : $"are {count}")}."),
            _ when isNumber => ([number - 1], null),
            ("", > 1) => ([], $"Which one? Say its number, 1 to {count}, or \"all\"."),
            _ => ([.. Enumerable.Range(0, count)], null),
        };
    }

    private static CreativeChange? Remove(string text, CampaignDraft draft)
    {
        if (Finding.Pattern(@"^\s*(?:remove|leave out|take out)\s+(?<which>\S.*)$").Match(text) is not { Success: true } match
            || Which(match.Groups["which"].Value.ToLowerInvariant(), draft) is not { } named)
            return null;

        if (named.Problem is { } problem)
            return CreativeChange.Wrong(draft, problem);

        var left = draft.Creatives.Where((_, position) => !named.Positions.Contains(position)).ToImmutableArray();
        return new CreativeChange(
            draft with { Creatives = left, CreativesDone = draft.CreativesDone && !left.IsEmpty },
            $"Left out: {string.Join(", ", named.Positions.Select(position => draft.Creatives[position].FileName))}", true, [.. left.Select(creative => creative.File)]);
    }
}
