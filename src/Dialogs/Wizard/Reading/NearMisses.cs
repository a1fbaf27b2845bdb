using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Dialogs.Language;
using ChatOpsCampaigns.Dialogs.Wizard.Fields;

namespace ChatOpsCampaigns.Dialogs.Wizard.Reading;

/// <summary>A word that nobody could use and that is nearly one of ours.</summary>
/// <param name="Words">As it was typed.</param>
/// <param name="Meant">What it is nearest to, as people write it.</param>
/// <param name="Line">What saying yes to it says.</param>
public sealed record NearMiss(string Words, string Meant, string Line)
{
    public string Asks => $"Did you mean {Meant}?";
}

/// <summary>Networks, countries, objectives, ways of bidding and modes that were misspelt: asked about, and never taken for what they resemble.</summary>
internal static partial class NearMisses
{
    /// <summary>Under this name a draft remembers what a yes would say.</summary>
    private const string Asked = "Meant?";

    private const int MostWords = 60;

    /// <summary>Where a network is chosen already, only a long word is taken for another's name.</summary>
    private const int LongName = 6;

    /// <summary>By the word that says which question they answer, so that they can be said at every step.</summary>
    private static readonly ImmutableArray<(string Label, ImmutableArray<string> Words)> Labelled =
    [
        ("type", ["app install", "app installs", "conversion", "conversions", "awareness", "traffic"]),
        ("objective", ["installs", "install", "downloads", "purchases", "sales", "leads", "engagement"]),
        ("bidding", ["lowest cost", "cost cap", "bid cap", "target roas"]),
        ("mode", ["conservative", "balanced", "aggressive"]),
        ("system", ["android", "iphone"]),
        ("gender", ["female", "women"]),
    ];

    /// <summary>Words of their own that are a letter away from one of ours.</summary>
    private static readonly HashSet<string> Own = new(["indie", "beta", "spin", "pain", "rain", "chat", "tales", "males", "heads", "loads", "reads", "deals", "leader", "gold", "apply"], StringComparer.OrdinalIgnoreCase);

    /// <summary>"Yes" to what was asked about.</summary>
    public static string Meant(string line, CampaignDraft draft) =>
        draft.ReadFrom.TryGetValue(Asked, out var meant) && CountryList.IsYes(line) ? string.Join("; ", [meant, .. CountryList.Open(draft)]) : line;

    /// <summary>What is still asked about after one of several was answered with its button.</summary>
    public static ImmutableArray<string> Left(string line, CampaignDraft draft)
    {
        ImmutableArray<string> asked = draft.ReadFrom.TryGetValue(Asked, out var lines) ? [.. lines.Split("; ")] : [];
        return asked.Contains(line.Trim()) || CountryList.Open(draft).Contains(line.Trim()) ? asked.Remove(line.Trim()) : [];
    }

    public static CampaignDraft WithoutAsked(CampaignDraft draft) => draft with { ReadFrom = draft.ReadFrom.Remove(Asked) };

    public static CampaignDraft Asking(CampaignDraft draft, IEnumerable<string> lines) => lines.ToList() is { Count: > 0 } asked
        ? draft with { ReadFrom = draft.ReadFrom.SetItem(Asked, string.Join("; ", asked)) }
        : draft;

    /// <param name="rest">What of a line nobody took; <paramref name="taken"/> stands where something was.</param>
    public static ImmutableArray<NearMiss> In(string rest, char taken, FieldContext context, IReadOnlySet<string> filler)
    {
        var found = ImmutableArray.CreateBuilder<NearMiss>();
        foreach (var part in rest.Split([taken, ',', ';', '\n']))
        {
            var words = Letters().Matches(part).Select(match => match.Value).Take(MostWords).ToList();
            for (var at = 0; at < words.Count; at++)
            {
                if (at + 1 < words.Count && Nearest($"{words[at]} {words[at + 1]}", context) is { } pair)
                {
                    found.Add(pair);
                    at++;
                }
                else if (!filler.Contains(words[at]) && Nearest(words[at], context) is { } single)
                {
                    found.Add(single);
                }
            }
        }

        return found.ToImmutable();
    }

    private static NearMiss? Nearest(string typed, FieldContext context)
    {
        var most = typed.Length < 4 || Own.Contains(typed) ? 0 : typed.Length < 8 ? 1 : 2;
        if (most == 0)
            return null;

        var parts = typed.Count(sign => sign == ' ');
        return Known(typed, context)
            .Where(known => known.Phrase.Count(sign => sign == ' ') == parts && Math.Abs(known.Phrase.Length - typed.Length) <= most)
            .Select(known => (known, Distance: EditDistance.Between(typed.ToLowerInvariant(), known.Phrase.ToLowerInvariant())))
            .Where(near => near.Distance <= most)
            .OrderBy(near => near.Distance)
            // Who stopped typing meant what it begins: "instal" is no "insta".
            .ThenBy(near => near.known.Phrase.StartsWith(typed, StringComparison.OrdinalIgnoreCase) ? 0 : 1)
            .Select(near => near.Distance == 0 ? null : new NearMiss(typed, near.known.Meant, near.known.Line))
            .FirstOrDefault();
    }

    private static IEnumerable<(string Phrase, string Meant, string Line)> Known(string typed, FieldContext context)
    {
        if (context.Draft.Network is null || typed.Length >= LongName)
        {
            foreach (var alias in context.Networks.SelectMany(profile => profile.Aliases).Where(alias => alias.Length > 3))
                yield return (alias, $"\"{alias}\"", $"network {alias}");
        }

        foreach (var (label, words) in Labelled)
        {
            foreach (var word in words)
                yield return (word, $"\"{word}\"", $"{label} {word}");
        }

        foreach (var name in Countries.KnownNames.Where(name => name.Length > CountryFields.Short || (name.Length == CountryFields.Short && context.Draft.Step == CountryFields.Countries.Step)))
        {
            var code = Countries.FindCode(name)!;
            yield return (name, $"{Countries.NameOf(code)} ({code})", $"{(context.Draft.Countries.IsEmpty ? "countries" : "add")} {code}");
        }
    }

    [GeneratedRegex(@"(?<![\p{L}\p{Nd}$€£¥./-])\p{L}{2,}(?![\p{L}\p{Nd}/:@]|\.\p{L})")]
    private static partial Regex Letters();
}
