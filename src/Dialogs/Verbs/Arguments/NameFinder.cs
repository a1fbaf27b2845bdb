using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Language;

namespace ChatOpsCampaigns.Dialogs.Verbs.Arguments;

/// <summary>What a name may mean: one, several, or none.</summary>
/// <param name="Rest">Words after the name.</param>
public sealed record Found<T>(IReadOnlyList<T> Candidates, string Rest)
{
    public T? Only => Candidates.Count == 1 ? Candidates[0] : default;
}

/// <summary>Finds by handle, then by the exact name, then by a beginning that only one has; several become buttons.</summary>
public static class NameFinder
{
    /// <param name="text">A name, with words after it where <paramref name="wordsFollow"/>.</param>
    public static Found<T> Find<T>(IReadOnlyList<T> among, string text, bool wordsFollow, Func<T, string> handle, Func<T, string> name)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var shortest = wordsFollow ? 1 : words.Length;
        for (var count = words.Length; count >= shortest && count > 0; count--)
        {
            var said = string.Join(' ', words.Take(count)).Trim('"', '\'');
            if (Matches(among, said, handle, name) is { Count: > 0 } found)
                return new Found<T>(found, string.Join(' ', words.Skip(count)));
        }

        return new Found<T>([], "");
    }

    private static List<T> Matches<T>(IReadOnlyList<T> among, string said, Func<T, string> handle, Func<T, string> name)
    {
        var exact = among.Where(one => Same(handle(one), said)).Concat(among.Where(one => Same(name(one), said))).Take(1).ToList();
        return exact.Count > 0 ? exact : [.. among.Where(one => name(one).StartsWith(said, StringComparison.OrdinalIgnoreCase))];
    }

    /// <summary>Those whose name has a word that was said, or nearly.</summary>
    public static IReadOnlyList<T> Near<T>(IReadOnlyList<T> among, string text, Func<T, string> name)
    {
        var said = text.Trim('"', '\'').Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return [.. among.Where(one => said.Any(word => name(one).Split([' ', '(', ')'], StringSplitOptions.RemoveEmptyEntries).Any(known => Alike(word, known))))];
    }

    /// <summary>Words shorter than four letters say too little.</summary>
    private static bool Alike(string said, string known) =>
        said.Length > 3 && EditDistance.Between(said.ToLowerInvariant(), known.ToLowerInvariant()) <= (said.Length < 8 ? 1 : 2);

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The campaigns that a name can mean where somebody says it.</summary>
public sealed class CampaignFinder(ICampaignStore campaigns)
{
    public async Task<Found<Campaign>> FindAsync(Person reader, string text, bool wordsFollow, CancellationToken cancellationToken)
    {
        var all = await AllAsync(reader, cancellationToken);
        var byId = all.Where(campaign => campaign.Id.Value == text).ToList();
        return byId.Count == 1 ? new Found<Campaign>(byId, "") : NameFinder.Find(all, text, wordsFollow, campaign => campaign.Handle, campaign => campaign.Name);
    }

    public async Task<IReadOnlyList<Campaign>> AllAsync(Person reader, CancellationToken cancellationToken) =>
        [.. (await campaigns.AllAsync(reader.Workspace, cancellationToken)).Where(campaign => reader.Sees(campaign.Account))];
}
