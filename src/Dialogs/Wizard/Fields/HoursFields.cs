using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Dialogs.Language;

namespace ChatOpsCampaigns.Dialogs.Wizard.Fields;

/// <summary>Step 7: the hours of the account's day in which it runs.</summary>
internal static class HoursFields
{
    private const string AllDay = "all";

    public static readonly DraftField Hours = new(
        "Schedule.Hours", "review", "Hours", Find, (draft, context) => draft.Schedule is { Hours.IsEmpty: false } schedule ? $"{HoursReader.Shown(schedule.Hours)} ({context.Zone.Id})" : null)
    {
        Input = new FieldInput("text", "6-22, or all", value => value.Trim().StartsWith(AllDay, StringComparison.OrdinalIgnoreCase) ? "all hours" : $"hours {value}")
        {
            Value = draft => draft.Schedule is { Hours.IsEmpty: false } schedule ? string.Join(", ", HoursReader.Shown(schedule.Hours).Split(", ").Select(Typed)) : null,
        },
    };

    private static Found? Find(string text, FieldContext context)
    {
        if (Finding.Pattern(@"\ball hours\b").Match(text) is { Success: true } all)
            return Found.Right(all, draft => With(draft, []));

        var pattern = $@"\b(?:hours|dayparting)\s*[:=]?\s*(?:from\s+)?(?<list>{HoursReader.Pattern})|\bbetween\s+(?<from>(?:\d|1[0-2]))\s*(?:and|to|-)\s*(?<to>(?:1?\d|2[0-3]))(?![\w/:.-])|\bbetween\s+(?<from>\d{{1,2}}(?::00)?\s?(?:am|pm|h)?)\s*(?:and|to|-)\s*(?<to>\d{{1,2}}(?::00|\s?(?:am|pm|h)))(?![\w/:.-])";
        if (Finding.Pattern(pattern).Match(text) is not { Success: true } match)
            return null;

        var reading = HoursReader.Read(match.Groups["list"].Success ? match.Groups["list"].Value : $"{match.Groups["from"].Value}-{match.Groups["to"].Value}");
        return reading.Problem is { } problem ? Found.Wrong(match, problem) : Found.Right(match, draft => With(draft, reading.Hours));
    }

    /// <summary>All twenty-four are the same as none said.</summary>
    private static CampaignDraft With(CampaignDraft draft, ImmutableArray<int> hours) =>
        draft.WithSchedule(schedule => schedule with { Hours = hours.Length == 24 ? [] : hours });

    /// <summary>"06:00–10:59" as it is typed: "6-10".</summary>
    private static string Typed(string stretch) => string.Join('-', stretch.Split('–').Select(end => int.Parse(end[..2], System.Globalization.CultureInfo.InvariantCulture)));
}
