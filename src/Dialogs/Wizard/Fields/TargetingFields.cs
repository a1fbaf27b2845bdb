using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Dialogs.Wizard.Fields.Inputs;

namespace ChatOpsCampaigns.Dialogs.Wizard.Fields;

/// <summary>Step 4: who sees it.</summary>
internal static class TargetingFields
{
    private const int Youngest = 13;
    private const int Oldest = 100;

    public static readonly DraftField Ages = new(
        nameof(CampaignDraft.AgeMin), "targeting", "Ages", FindAges, (draft, _) => draft is { AgeMin: { } min, AgeMax: { } max } ? $"{min}–{max}" : null)
    {
        Input = new FieldInput("text", "18-44", value => $"ages {value}") { Value = draft => draft.AgeMin is { } min ? $"{min}-{draft.AgeMax}" : null },
    };

    public static readonly DraftField Gender = new(
        nameof(CampaignDraft.Gender), "targeting", "Gender", FindGender, (draft, _) => draft.Gender is { } gender ? Finding.Lower(gender) : null)
    {
        Input = new FieldInput("choice", "Gender", value => value == "all" ? "all genders" : value)
        {
            Choices = _ => [new Choice("All", "all"), new Choice("Male", "male"), new Choice("Female", "female")],
            Value = draft => draft.Gender is { } gender ? Finding.Lower(gender) : "all",
        },
    };

    public static readonly DraftField Interests = new(
        nameof(CampaignDraft.Interests), "targeting", "Interests", FindInterests, (draft, _) => draft.Interests.IsEmpty ? null : string.Join(", ", draft.Interests))
    {
        Wanted = context => context.Profile?.Capabilities.Interests != false,
        Input = new FieldInput("text", "gaming, shopping (optional)", value => $"interests {value}") { Value = draft => string.Join(", ", draft.Interests) },
    };

    public static readonly DraftField Lookalike = new(
        nameof(CampaignDraft.Lookalike), "targeting", "Lookalike", FindLookalike,
        (draft, _) => draft.Lookalike is { } like ? $"{Words(like.Source)} {like.Percent} %" : null)
    {
        Wanted = context => context.Profile?.Capabilities.Lookalike == true,
        Input = LookalikeInput.Input,
    };

    public static readonly DraftField Audiences = new(
        nameof(CampaignDraft.CustomAudiences), "targeting", "Custom audiences", FindAudiences,
        (draft, _) => draft.CustomAudiences.IsEmpty ? null : string.Join(", ", draft.CustomAudiences))
    {
        Wanted = context => context.Profile?.Capabilities.CustomAudiences == true,
        Input = new FieldInput("text", "names at the network, or none (optional)", value => value == "none" ? "no custom audiences" : $"custom audiences {value}") { Value = draft => string.Join(", ", draft.CustomAudiences) },
    };

    private static Found? FindAges(string text, FieldContext context)
    {
        if (Finding.Pattern(@"\badults?\b").Match(text) is { Success: true } adults)
            return Found.Right(adults, draft => draft with { AgeMin = 18, AgeMax = 65 });

        if (Finding.Pattern(@"(?:\bage[sd]?\s*(?:range)?\s*)?(?<![\w$€£¥.,/-])(?<min>\d{1,3})\s*\+").Match(text) is { Success: true } over)
            return Between(over, int.Parse(over.Groups["min"].Value, CultureInfo.InvariantCulture), context.Profile?.Ages.High ?? Oldest, context);

        var match = Finding.Pattern(@"(?:\bage[sd]?\s*(?:range)?\s*)?(?:\bbetween\s+)?(?<![\w$€£¥.,/-])(?<min>\d{1,3})\s*(?:-|–|to|(?<=between\s+\d{1,3}\s*)and)\s*(?<max>\d{1,3})(?![\w/%-])").Match(text);
        return match.Success
            ? Between(match, int.Parse(match.Groups["min"].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups["max"].Value, CultureInfo.InvariantCulture), context)
            : null;
    }

    /// <summary>Everything that is wrong with a range is said at once. Networks mean "and older" with their highest age.</summary>
    private static Found Between(Group words, int min, int max, FieldContext context)
    {
        var bounds = context.Profile?.Ages;
        var (low, high) = (bounds?.Low ?? Youngest, bounds?.High ?? Oldest);
        var (youngest, oldest, latest) = (Math.Min(min, max), Math.Max(min, max), Math.Min(Oldest, high));
        var wrong = new (bool Is, string Says)[]
        {
            (min > max, "it runs backwards"),
            (youngest < low, $"{youngest} is too young"),
            (youngest > latest, $"{youngest} is too old to begin with"),
            (oldest > Oldest, $"nobody of {oldest} is known"),
        }.Where(found => found.Is).Select(found => found.Says).ToList();
        if (wrong.Count == 0)
        {
            return Found.Right(words, draft => draft with { AgeMin = min, AgeMax = Math.Min(max, high) }) with
            {
                Note = max > high ? $"Ages up to {max} became {high}, which {context.Profile?.ShortTitle ?? "every network"} takes as {high} and older" : null,
            };
        }

        if (oldest > high && oldest <= Oldest)
            wrong.Add($"{oldest} counts as {high} and older");

        var from = youngest < low || youngest > latest ? low : youngest;
        var to = oldest > from ? Math.Min(oldest, high) : high;
        return Found.Wrong(words, $"\"{words.Value.Trim()}\": {Listed(wrong)}. {context.Profile?.Title ?? "The networks"} take ages from {low} to {high}; did you mean {from}-{to}{(to == high ? $" ({high} and older)" : "")}?");
    }

    private static string Listed(List<string> parts) => parts.Count == 1 ? parts[0] : $"{string.Join(", ", parts.SkipLast(1))} and {parts[^1]}";

    private static Found? FindGender(string text, FieldContext context)
    {
        var pattern = context.Own
            ? @"\b(?<all>all genders|any gender|all|everyone|any)\b|\b(?<female>wom[ae]n|females?|girls)\b|\b(?<male>m[ae]n|males?|boys)\b"
            : @"\b(?<all>all genders|any gender)\b|\b(?<female>wom[ae]n|females?)\b|\b(?<male>m[ae]n|males?)\b";
        if (Finding.Pattern(@"\b(?:wom[ae]n|females?|girls)\s*(?:and|&|,|or)\s*(?:m[ae]n|males?|boys)\b|\b(?:m[ae]n|males?|boys)\s*(?:and|&|,|or)\s*(?:wom[ae]n|females?|girls)\b").Match(text) is { Success: true } both)
            return Found.Right(both, draft => draft with { Gender = Automation.Campaigns.Gender.All });

        if (Finding.Pattern(pattern).Match(text) is not { Success: true } match)
            return null;

        var gender = match.Groups["all"].Success
            ? Automation.Campaigns.Gender.All
            : match.Groups["female"].Success ? Automation.Campaigns.Gender.Female : Automation.Campaigns.Gender.Male;
        return Found.Right(match, draft => draft with { Gender = gender });
    }

    private static Found? FindInterests(string text, FieldContext context)
    {
        if (Finding.Pattern(@"\bno interests\b").Match(text) is { Success: true } none)
            return Found.Right(none, draft => draft with { Interests = [] });

        if (Finding.Pattern(@"\b(?:interests?|interested in)\s*[:=]?\s*(?<list>[^;\n]+)").Match(text) is not { Success: true } match)
            return null;

        if (context.Profile is { Capabilities.Interests: false } profile)
            return Found.Wrong(match, $"{profile.Title} cannot target interests; leave them out.");

        return Found.Right(match, draft => draft with { Interests = Entries(match.Groups["list"].Value) });
    }

    private static Found? FindAudiences(string text, FieldContext context)
    {
        if (Finding.Pattern(@"\bno (?:custom )?audiences?\b").Match(text) is { Success: true } none)
            return Found.Right(none, draft => draft with { CustomAudiences = [] });

        if (Finding.Pattern(@"\b(?:custom\s+)?audiences?\s*[:=]?\s*(?<list>[^;\n]+)").Match(text) is not { Success: true } match)
            return null;

        return context.Profile is { Capabilities.CustomAudiences: false } profile
            ? Found.Wrong(match, $"{profile.Title} takes no custom audiences; leave them out.")
            : Found.Right(match, draft => draft with { CustomAudiences = Entries(match.Groups["list"].Value) });
    }

    private static Found? FindLookalike(string text, FieldContext context)
    {
        if (Finding.Pattern(@"\bno look-?alikes?\b").Match(text) is { Success: true } none)
            return Found.Right(none, draft => draft with { Lookalike = null });

        if (Finding.Pattern(@"(?:(?<percent>\d{1,2})\s*%\s*)?\blook-?alikes?\s*(?:of|from)?\s*(?<source>existing users|users|purchasers|buyers|high[\s_-]?ltv)?\s*,?\s*(?<percent>\d{1,2})?\s*%?").Match(text) is not { Success: true } match)
            return null;

        if (context.Profile is { Capabilities.Lookalike: false } profile)
            return Found.Wrong(match, $"{profile.Title} has no lookalike audiences; leave it out.");

        var percent = match.Groups["percent"].Success ? int.Parse(match.Groups["percent"].Value, CultureInfo.InvariantCulture) : 1;
        if (percent is not (1 or 5 or 10))
            return Found.Wrong(match, $"A lookalike takes 1, 5 or 10 %, not {percent} %.");

        var source = match.Groups["source"].Value.ToLowerInvariant() switch
        {
            "purchasers" or "buyers" => LookalikeSource.Purchasers,
            var word when word.StartsWith("high", StringComparison.Ordinal) => LookalikeSource.HighLtv,
            _ => LookalikeSource.ExistingUsers,
        };
        return Found.Right(match, draft => draft with { Lookalike = new Lookalike(source, percent) });
    }

    internal static string Words(LookalikeSource source) => source switch
    {
        LookalikeSource.ExistingUsers => "existing users",
        LookalikeSource.Purchasers => "purchasers",
        _ => "high LTV users",
    };

    private static ImmutableArray<string> Entries(string list) =>
        [.. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase).Take(25)];
}
