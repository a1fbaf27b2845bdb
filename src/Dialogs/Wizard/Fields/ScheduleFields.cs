using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Dialogs.Language;

namespace ChatOpsCampaigns.Dialogs.Wizard.Fields;

/// <summary>Step 7: when it runs, and what it is called.</summary>
internal static class ScheduleFields
{
    private const int LongestName = 80;

    /// <summary>A start further ahead is a slip of the keys.</summary>
    private const int MostYearsToStart = 1;
    private const int MostYearsToEnd = 5;

    public static readonly DraftField Start = new(nameof(CampaignDraft.Schedule), "review", "Start", FindStart, ShowStart)
    {
        Input = new FieldInput("text", "now, or tomorrow 9am", value => $"start {value}")
        {
            ValueHere = context => context.Draft is { HasStart: true, Schedule: { } schedule } ? schedule.Start is { } start ? AccountTime.Typed(context.Zone, start) : "now" : null,
        },
    };

    public static readonly DraftField End = new(
        "Schedule.End", "review", "End", FindEnd, (draft, context) => draft.Schedule?.End is { } end ? AccountTime.PlannedEnd(context.Zone, end) : null)
    {
        Input = new FieldInput("text", "31 Dec, or never", value => $"until {value}")
        {
            ValueHere = context => context.Draft.Schedule?.End is { } end ? MomentReader.TypedEnd(end, context.Zone) : null,
        },
    };

    public static readonly DraftField Name = new(nameof(CampaignDraft.Name), "review", "Name", FindName, (draft, _) => draft.Name)
    {
        Input = new FieldInput("text", "Spring sale", value => $"name it {value}") { Value = draft => draft.Name },
    };

    private static Found? FindStart(string text, FieldContext context)
    {
        var match = Finding.Pattern(@"\bstart(?:s|ing)?\s*(?:it\s+)?(?:on\s+|from\s+)?(?<when>[^,;\n]+)").Match(text);
        if (!match.Success && context.Own)
            match = Finding.Pattern(@"^\s*(?<when>(?:now|right now|today|tomorrow|in \w+|(?:next )?(?:mon|tue|wed|thu|fri|sat|sun)\w*|\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}|\d{1,2}(?:st|nd|rd|th)?\.? (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}*|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}* \d{1,2})\b[^,;\n]*)$").Match(text);

        if (!match.Success)
            return null;

        var reading = MomentReader.Read(match.Groups["when"].Value, context.Now, context.Zone);
        if (reading.Moment > context.Now.AddYears(MostYearsToStart))
            return Found.Wrong(match, $"{AccountTime.Planned(context.Zone, reading.Moment.Value)} is more than a year ahead: check the year, or say a nearer start.");

        return reading.Problem is { } problem
            ? Found.Wrong(match, problem)
            : Found.Right(match, draft => draft.StartingAt(reading.Moment));
    }

    private static string? ShowStart(CampaignDraft draft, FieldContext context) => draft is not { HasStart: true, Schedule: { } schedule }
        ? null
        : schedule.Start is { } start ? AccountTime.Planned(context.Zone, start) : "now";

    private static Found? FindEnd(string text, FieldContext context)
    {
        if (Finding.Pattern(@"\bno end\b").Match(text) is { Success: true } none)
            return Found.Right(none, draft => draft.WithSchedule(schedule => schedule with { End = null }));

        if (Finding.Pattern(@"\b(?:until|ends?(?:\s+on)?|till)\s+(?<when>[^,;\n]+)").Match(text) is not { Success: true } match)
            return null;

        if (match.Groups["when"].Value.Trim().ToLowerInvariant() is "never" or "open" or "further notice")
            return Found.Right(match, draft => draft.WithSchedule(schedule => schedule with { End = null }));

        var reading = MomentReader.ReadEnd(match.Groups["when"].Value, context.Now, context.Zone);
        return reading switch
        {
            { IsPast: true } => Found.Wrong(match, $"\"{match.Groups["when"].Value.Trim()}\" is past: an end has to be later than now, for example \"until 31 Dec\", or \"until never\"."),
            { Problem: { } problem } => Found.Wrong(match, problem),
            { Moment: { } end } when end > context.Now.AddYears(MostYearsToEnd) =>
                Found.Wrong(match, $"{AccountTime.PlannedEnd(context.Zone, end)} is more than five years ahead: check the year, or say \"until never\"."),
            { Moment: null } => Found.Wrong(match, "An end has to be later than now, for example \"until 31 Dec\"."),
            _ => Found.Right(match, draft => draft.WithSchedule(schedule => schedule with { End = reading.Moment })),
        };
    }

    private static Found? FindName(string text, FieldContext context)
    {
        if (Finding.Pattern(@"\b(?:(?:name|call)\s+it\s+|name\s*[:=]\s*)(?:""(?<name>[^;\n""]+)""|(?<name>[^;\n]+))").Match(text) is not { Success: true } match)
            return null;

        var name = match.Groups["name"].Value.Trim().TrimStart('"');
        return name.Length > LongestName
            ? Found.Wrong(match, $"A name has at most {LongestName} characters; this one has {name.Length}.")
            : Found.Right(match, draft => name == draft.Name ? draft : draft with { Name = name, NameSaid = true });
    }
}
