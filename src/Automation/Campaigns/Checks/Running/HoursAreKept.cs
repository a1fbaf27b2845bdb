using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Hours;

namespace ChatOpsCampaigns.Automation.Campaigns.Checks.Running;

/// <summary>Hours of the day; where the network keeps none it is said that we switch the campaign off and on.</summary>
internal sealed class HoursAreKept : IDraftCheck
{
    private const int LastHour = 23;

    public IEnumerable<DraftProblem> Check(CampaignDraft draft, DraftSurroundings around)
    {
        if (draft.Schedule is not { Hours.IsEmpty: false } schedule)
            yield break;

        if (schedule.Hours.Any(hour => hour is < 0 or > LastHour))
            yield return Problem.Blocks("Schedule.Hours", $"Hours of the day are from 0 to {LastHour}: for example \"hours 6-22\".");
        else if (around.Profile is { Capabilities.Dayparting: false } profile)
            yield return Problem.Warns("Schedule.Hours", $"{profile.ShortTitle} keeps no hours; I pause it outside them and let it run again inside{Begins(schedule, around)}.");
    }

    private static string Begins(Schedule schedule, DraftSurroundings around)
    {
        if (around.Account is not { } account)
            return "";

        var start = schedule.Start > around.Now ? schedule.Start.Value : around.Now;
        var hours = new OpenHours(schedule.Hours, account.Zone());
        return hours.IsOpenAt(start)
            ? ""
            : $". It begins on {AccountTime.Planned(account.Zone(), hours.OpensAt(start))}, when its hours do";
    }
}
