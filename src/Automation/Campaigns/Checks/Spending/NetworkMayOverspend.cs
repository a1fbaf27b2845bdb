namespace ChatOpsCampaigns.Automation.Campaigns.Checks.Spending;

/// <summary>Networks may spend more than the budget on one day; what would pass the limit is said, and stopped when it comes.</summary>
internal sealed class NetworkMayOverspend : IDraftCheck
{
    public IEnumerable<DraftProblem> Check(CampaignDraft draft, DraftSurroundings around)
    {
        if (around.Profile is not { } profile || draft.Daily(around) is not { } daily || draft.MaxDailySpend.In(around) is not { } cap || daily > cap)
            yield break;

        var most = (daily * profile.MaxDayFactor.Value).Rounded();
        if (most > cap)
            yield return Problem.Warns(nameof(draft.MaxDailySpend), $"{profile.ShortTitle} may spend up to {most} on a day{(profile.MaxDayFactor.Assumed ? " (assumed)" : "")}; I stop at {cap}.");
    }
}
