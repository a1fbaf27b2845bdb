using System.Globalization;
using ChatOpsCampaigns.Automation.Campaigns;

namespace ChatOpsCampaigns.Dialogs.Wizard.Fields;

/// <summary>Step 4, on the networks that have them alone: game genres and the audience from which most is expected.</summary>
internal static class ExtraFields
{
    private const string NoneSaid = "none";
    private const int UsualTop = 25;

    private static readonly string[] KnownGenres =
        ["action", "arcade", "card", "casual", "puzzle", "racing", "role playing", "simulation", "sports", "strategy", "trivia", "word"];

    private static readonly int[] KnownTops = [10, 25, 50];

    private static readonly string GenreWords = $"(?:{string.Join('|', KnownGenres)})";

    public static readonly DraftField Genres = new(
        nameof(CampaignDraft.Genres), "targeting", "Game genres", FindGenres, (draft, _) => draft.Genres.IsEmpty ? null : string.Join(", ", draft.Genres))
    {
        Wanted = context => context.Profile?.Capabilities.AppGenres == true,
        Input = new FieldInput("choices", "Kinds of games to be shown in", value => value.Length == 0 ? "all genres" : $"genres {value.Replace(",", " and ", StringComparison.Ordinal)}")
        {
            Choices = _ => [.. KnownGenres.Select(genre => new Choice(genre, genre))],
            Value = draft => string.Join(',', draft.Genres),
        },
    };

    public static readonly DraftField PredictedLtv = new(
        nameof(CampaignDraft.PredictedLtvTop), "targeting", "Predicted LTV", FindTop, (draft, _) => draft.PredictedLtvTop is { } top ? $"top {Text(top)} %" : null)
    {
        Wanted = context => context.Profile?.Capabilities.PredictedLtv == true,
        Input = new FieldInput("choice", "People from whom most is expected", value => value == NoneSaid ? "no predicted ltv" : $"predicted ltv top {value} %")
        {
            Choices = _ => [new Choice("Everybody", NoneSaid), .. KnownTops.Select(top => new Choice($"Top {Text(top)} %", Text(top)))],
            Value = draft => draft.PredictedLtvTop is { } top ? Text(top) : NoneSaid,
        },
    };

    private static Found? FindGenres(string text, FieldContext context)
    {
        if (Finding.Pattern(@"\b(?:all|any|no) (?:game )?genres?\b").Match(text) is { Success: true } all)
            return Found.Right(all, draft => draft with { Genres = [] });

        if (Finding.Pattern($@"\b(?:game\s+)?genres?\s*[:=]?\s*(?<list>{GenreWords}(?:\s*(?:,|&|\band\b)+\s*{GenreWords})*)\b|\b(?:game\s+)?genres?\s*[:=]?\s*(?<wrong>\w+)").Match(text) is not { Success: true } match)
            return null;

        if (context.Profile is { Capabilities.AppGenres: false } profile)
            return Found.Wrong(match, $"{profile.Title} knows no game genres; leave them out.");

        return match.Groups["wrong"].Success
            ? Found.Wrong(match, $"\"{match.Groups["wrong"].Value}\" is no genre here; there are {string.Join(", ", KnownGenres)}.")
            : Found.Right(match, draft => draft with { Genres = [.. Finding.Pattern(GenreWords).Matches(match.Groups["list"].Value).Select(genre => genre.Value.ToLowerInvariant()).Distinct()] });
    }

    private static Found? FindTop(string text, FieldContext context)
    {
        if (Finding.Pattern(@"\bno predicted[\s-]*ltv\b").Match(text) is { Success: true } none)
            return Found.Right(none, draft => draft with { PredictedLtvTop = null });

        if (Finding.Pattern(@"\bpredicted[\s-]*ltv(?:\s+audience)?(?:\s*(?:of\s+)?(?:the\s+)?(?:top\s*)?(?<top>\d{1,2})\s*%?)?").Match(text) is not { Success: true } match)
            return null;

        if (context.Profile is { Capabilities.PredictedLtv: false } profile)
            return Found.Wrong(match, $"{profile.Title} has no predicted-LTV audience; leave it out.");

        var top = match.Groups["top"].Success ? int.Parse(match.Groups["top"].Value, CultureInfo.InvariantCulture) : UsualTop;
        return KnownTops.Contains(top)
            ? Found.Right(match, draft => draft with { PredictedLtvTop = top })
            : Found.Wrong(match, $"A predicted-LTV audience is the top {string.Join(", ", KnownTops.Select(Text))} %, not {Text(top)} %.");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
