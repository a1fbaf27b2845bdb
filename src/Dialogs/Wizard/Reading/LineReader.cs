using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Language;
using ChatOpsCampaigns.Dialogs.Wizard.Drafts;
using ChatOpsCampaigns.Dialogs.Wizard.Fields;

namespace ChatOpsCampaigns.Dialogs.Wizard.Reading;

/// <summary>What became of a line.</summary>
/// <param name="Understood">Fields that were set, with the words they were read from.</param>
/// <param name="Problems">What was recognised and is wrong, each with what would be right. Nothing of it was applied.</param>
/// <param name="Leftover">Words that no field could use.</param>
public sealed record LineReading(
    CampaignDraft Draft, ImmutableArray<(DraftField Field, string Words)> Understood, ImmutableArray<string> Problems, string Leftover)
{
    /// <summary>Words of the leftover that are nearly some of ours.</summary>
    public ImmutableArray<NearMiss> Misses { get; init; } = [];

    /// <summary>Lines that were offered before and are still open.</summary>
    public ImmutableArray<string> Left { get; init; } = [];

    /// <summary>Countries that a misspelt one is nearest to, by code.</summary>
    public ImmutableArray<string> Nearly { get; init; } = [];

    /// <summary>Which field each problem is about.</summary>
    public ImmutableDictionary<string, string> About { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What is left over beside the near misses.</summary>
    public string Unused { get; init; } = Leftover;

    public bool IsAnything => !Understood.IsEmpty || !Problems.IsEmpty;

    public bool Sets(DraftField field) => Understood.Any(read => read.Field == field);

    /// <summary>What follows from it and should not be met later.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    private const int LongestQuoted = 80;

    /// <summary>What was wrong, and what nobody could use: nothing is passed over in silence.</summary>
    public IReadOnlyList<string> Faults =>
        [.. Problems, .. Misses.Select(miss => $"I could not use \"{miss.Words}\". {miss.Asks}"), .. Unused.Length > 0 ? (string[])[$"I could not use \"{Shortened(Unused)}\"."] : []];

    /// <summary>A button for each thing that was nearly said.</summary>
    public IReadOnlyList<QuickReply> Offers =>
        [.. Nearly.Select(code => new QuickReply($"{Countries.NameOf(code)} ({code})", code)), .. Misses.Select(miss => new QuickReply(miss.Meant.Trim('"'), miss.Line)), .. Left.Select(line => new QuickReply(line, line))];

    public Objection Objection(string says) => new(says, About.GetValueOrDefault(says));

    /// <summary>What was wrong or could not be used, in a few words; null when everything was taken.</summary>
    public string? Refused => Faults.Count > 0 ? $"not taken: {Shortened(Faults[0].TrimEnd('.'))}" : null;

    /// <summary>"Budget: $500 a day", and from which words when it came out of a sentence.</summary>
    public IEnumerable<string> Told(DraftView view, bool withWords = false) => Understood
        .Select(read => read.Field)
        .Distinct()
        .Select(field => (field, value: field.Show(view.Draft, view.Context)))
        .Where(shown => shown.value is not null)
        .Select(shown => withWords && view.Draft.ReadFrom.TryGetValue(shown.field.Name, out var from)
            ? $"{shown.field.Label}: {shown.value} (from \"{from}\")"
            : $"{shown.field.Label}: {shown.value}")
        .Concat(Notes);

    public static string Shortened(string text) => text.Length <= LongestQuoted ? text : $"{text[..LongestQuoted]}…";
}

/// <summary>Lets every field look for itself in a line; each takes its words out, and what nobody took is the leftover.</summary>
public static partial class LineReader
{
    private const int MostFinds = 60;

    /// <summary>Takes the place of words that were understood: nothing reads across it.</summary>
    private const char Taken = '\u0001';

    private static readonly HashSet<string> Filler = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "an", "the", "and", "or", "please", "in", "on", "at", "for", "to", "of", "with", "my", "our", "it", "is", "ok", "okay", "yes", "only",
        "set", "use", "make", "want", "add", "also", "plus", "too", "as", "well", "include", "including", "i", "we", "just", "day", "per", "target", "targeting", "people", "ads", "campaign", "edit", "change", "from",
        "launch", "run", "create", "advertise", "promote", "new", "network", "type", "objective", "country", "countries", "budget", "mode", "bidding", "strategy", "age", "ages", "gender", "address", "url", "system",
    };

    /// <param name="step">The step that is asked: its fields take bare values. Null for free prose.</param>
    public static LineReading Read(string line, FieldContext context, string? step)
    {
        var left = NearMisses.Left(line, context.Draft);
        line = NearMisses.Meant(CountryList.Meant(line, context.Draft), context.Draft);
        context = NamedPlace.In(line, context, step);
        var draft = NearMisses.WithoutAsked(CountryList.WithoutAsked(context.Draft));
        var countries = new CountryList(context.Draft, line);
        var understood = ImmutableArray.CreateBuilder<(DraftField, string)>();
        var problems = ImmutableArray.CreateBuilder<string>();
        var notes = ImmutableArray.CreateBuilder<string>();
        var about = ImmutableDictionary.CreateBuilder<string, string>();
        var nearly = new List<string>();
        var rest = line;

        foreach (var field in Ordered(step))
        {
            var (before, first) = (draft, default(string));
            for (var finds = 0; finds < MostFinds; finds++)
            {
                var here = context with { Draft = draft, Own = field.Step == step, Sentence = step is null };
                if (field.Find(rest, here) is not { Length: > 0 } found)
                    break;

                var words = rest.Substring(found.At, found.Length).Trim();
                rest = rest.Remove(found.At, found.Length).Insert(found.At, Taken.ToString());
                if (found.Apply is null)
                {
                    problems.Add(found.Problem!);
                    about[found.Problem!] = field.Name;
                    nearly.AddRange(found.Suggests is { } near ? [near] : []);
                    if (field == CountryFields.Countries)
                        countries.Miss(found, words);

                    continue;
                }

                var applied = field == CountryFields.Countries ? countries.Add(draft, found, words) : found.Apply(draft);
                if (first is not null && !field.AddsUp && applied != draft)
                {
                    draft = before;
                    understood.RemoveAll(read => read.Item1 == field);
                    problems.Add($"\"{first}\" and \"{words}\" are two answers for {field.Label.ToLowerInvariant()}; say which one.");
                    about[problems[^1]] = field.Name;
                    break;
                }

                draft = applied with { ReadFrom = applied.ReadFrom.SetItem(field.Name, Joined(applied, field, words, first is not null)) };
                understood.Add((field, words));
                if (found.Note is { } note)
                    notes.Add(note);

                first ??= words;
            }

            if (field == CountryFields.Countries)
                draft = countries.Settle(draft, understood, problems, notes);
        }

        rest = step is null ? ObjectiveFields.Advertised.Replace(rest, " ") : rest;
        var misses = NearMisses.In(rest, Taken, context with { Draft = draft }, Filler);
        return new LineReading(NearMisses.Asking(draft, misses.Select(miss => miss.Line).Concat(left)), understood.ToImmutable(), problems.ToImmutable(), Leftover(rest))
        {
            Notes = notes.ToImmutable(), Misses = misses, Left = left, Nearly = [.. nearly], About = about.ToImmutable(),
            Unused = Leftover(misses.Aggregate(rest, (left, miss) => left.Replace(miss.Words, " ", StringComparison.Ordinal))),
        };
    }

    /// <summary>Fields of the asked step come first where they stand side by side with others of the same look.</summary>
    private static IEnumerable<DraftField> Ordered(string? step) => step switch
    {
        "targeting" => FieldCatalogue.InReadingOrder.Where(field => field != PlatformFields.Network).Append(PlatformFields.Network),
        _ => FieldCatalogue.InReadingOrder,
    };

    private static string Joined(CampaignDraft draft, DraftField field, string words, bool several) =>
        several && field == CountryFields.Countries && draft.Countries.Length > 1 && draft.ReadFrom.TryGetValue(field.Name, out var before) ? $"{before}, {words}" : words;

    private static string Leftover(string rest)
    {
        var words = Words().Matches(rest.Replace(Taken, ' ')).Select(match => match.Value).Where(word => !Filler.Contains(word));
        return string.Join(' ', words);
    }

    /// <summary>The sign before an amount is part of it: what is below zero is never taken for what is above.</summary>
    [GeneratedRegex(@"(?:(?<![\p{L}\p{Nd}])[-−](?=[$€£¥]?\d))?[\p{L}\p{Nd}$€£¥][\p{L}\p{Nd}$€£¥.,:'/%-]*")]
    private static partial Regex Words();
}
