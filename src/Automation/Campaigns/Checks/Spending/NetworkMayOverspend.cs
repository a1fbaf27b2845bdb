using ChatOpsCampaigns.Automation.AdNetworks;

namespace ChatOpsCampaigns.Automation.Campaigns.Checks.Spending;

/// <summary>Networks may spend more than the budget on one day; what would pass the limit is said, and stopped when it comes.</summary>
internal sealed class NetworkMayOverspend : IDraftCheck
{
    public IEnumerable<DraftProblem> Check(CampaignDraft draft, DraftSurroundings around)
    {
        if (around.Profile is not { } profile || draft.Daily(around) is not { } daily || draft.MaxDailySpend.In(around) is not { } cap || daily > cap)
            yield break;

        if (Overdelivery.Says(profile, daily, cap) is { } says)
            yield return Problem.Warns(nameof(draft.MaxDailySpend), $"{says}. The budget is yours and I leave it; {Overdelivery.Fits(profile, cap)}.");
    }
}
