namespace ChatOpsCampaigns.Automation.Campaigns.Checks;

/// <summary>Hours of the day only where the network keeps them itself: nothing of ours switches by the hour yet.</summary>
internal sealed class HoursAreKept : IDraftCheck
{
    private const int LastHour = 23;

    public IEnumerable<DraftProblem> Check(CampaignDraft draft, DraftSurroundings around)
    {
        if (draft.Schedule is not { Hours.IsEmpty: false } schedule)
            yield break;

        if (schedule.Hours.Any(hour => hour is < 0 or > LastHour))
            yield return Problem.Blocks("Schedule.Hours", $"Hours of the day are from 0 to {LastHour}: for example \"hours 6-22\".");

        if (around.Profile is { Capabilities.Dayparting: false } profile)
            yield return Problem.Blocks("Schedule.Hours", $"{profile.Title} cannot keep to hours of the day, and I do not switch it on and off by the hour yet: say \"all hours\".");
    }
}
