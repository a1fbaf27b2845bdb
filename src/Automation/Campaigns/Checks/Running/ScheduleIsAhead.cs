using ChatOpsCampaigns.Automation.Accounts;

namespace ChatOpsCampaigns.Automation.Campaigns.Checks.Running;

/// <summary>A start that has not passed, and an end after it. A draft that lay about for a week is met here.</summary>
internal sealed class ScheduleIsAhead : IDraftCheck
{
    public IEnumerable<DraftProblem> Check(CampaignDraft draft, DraftSurroundings around)
    {
        if (draft.Schedule is not { } schedule)
            yield break;

        if (schedule.Start is { } start && start <= around.Now)
            yield return Problem.Blocks(nameof(draft.Schedule), $"The start, {Shown(start, around)}, is past: say \"start now\" or a later time.");

        if (schedule.End is not { } end)
            yield break;

        if (end <= around.Now)
            yield return Problem.Blocks("Schedule.End", $"The end, {ShownEnd(end, around)}, is past: say a later one, or \"until never\".");
        else if (schedule.Start is { } begin && end <= begin)
            yield return Problem.Blocks("Schedule.End", $"The end, {ShownEnd(end, around)}, is not after the start, {Shown(begin, around)}: say a later one.");
    }

    private static string ShownEnd(DateTimeOffset end, DraftSurroundings around) => AccountTime.PlannedEnd(ZoneOf(around), end);

    private static string Shown(DateTimeOffset moment, DraftSurroundings around) => AccountTime.Planned(ZoneOf(around), moment);

    private static TimeZoneInfo ZoneOf(DraftSurroundings around) => around.Account?.Zone() ?? TimeZoneInfo.Utc;
}
