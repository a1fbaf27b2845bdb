namespace ChatOpsCampaigns.Automation.Campaigns.Checks.Running;

/// <summary>The same campaign launched again spends twice: what there is already is named and asked about.</summary>
internal sealed class NothingRunsAlike : IDraftCheck
{
    private const int MostNamed = 3;

    public IEnumerable<DraftProblem> Check(CampaignDraft draft, DraftSurroundings around)
    {
        var alike = around.Others.Where(other => Does(other) is not null && IsAlike(other, draft, around)).ToList();
        foreach (var other in alike.Take(MostNamed))
            yield return Problem.Warns($"Again {other.Handle}", $"{other.Handle} (\"{other.Name}\") {Does(other)} with the same address{Where(draft, other)}: launch a second one?");

        if (alike.Count > MostNamed)
            yield return Problem.Warns("Again", $"There {(alike.Count - MostNamed == 1 ? "is 1" : $"are {alike.Count - MostNamed}")} more like it.");
    }

    private static bool IsAlike(Campaign other, CampaignDraft draft, DraftSurroundings around) =>
        other.Account == around.Account?.Id
        && other.Spec.Network == draft.Network
        && other.Spec.Objective == draft.Objective
        && draft.Destination.ClickAddress() is { } address
        && string.Equals(address, other.Spec.Destination.ClickAddress(), StringComparison.OrdinalIgnoreCase)
        && other.Spec.Targeting.Countries.Intersect(draft.Countries).Any();

    private static string Where(CampaignDraft draft, Campaign other)
    {
        var shared = draft.Countries.Where(other.Spec.Targeting.Countries.Contains).ToList();
        return shared.Count == draft.Countries.Length && shared.Count == other.Spec.Targeting.Countries.Length ? " and countries" : $", also in {string.Join(", ", shared)}";
    }

    /// <summary>Null for what is over.</summary>
    private static string? Does(Campaign other) => other.Status switch
    {
        CampaignStatus.Active => "runs",
        CampaignStatus.Scheduled => "is scheduled",
        CampaignStatus.Launching => "is being launched",
        CampaignStatus.InReview => "is in review",
        CampaignStatus.Resting => "rests until its hours begin",
        CampaignStatus.Paused => "is paused",
        CampaignStatus.Stopped => "was stopped by the emergency monitor",
        _ => null,
    };
}
