using ChatOpsCampaigns.Automation.Campaigns.Law;

namespace ChatOpsCampaigns.Automation.Campaigns.Checks.Ads;

/// <summary>Who pays and for whom, where the network shows that to people in the European Union.</summary>
internal sealed class PayerIsNamed : IDraftCheck
{
    public IEnumerable<DraftProblem> Check(CampaignDraft draft, DraftSurroundings around)
    {
        if (around.Profile is not { } profile || !EuropeanUnion.AsksForPayer(draft, profile))
            yield break;

        var missing = (draft.Destination.Payer, draft.Destination.Beneficiary) switch
        {
            (null, null) => "payer and beneficiary",
            (null, _) => "payer",
            (_, null) => "beneficiary",
            _ => null,
        };
        if (missing is not null)
            yield return Problem.Blocks("Destination.Payer", $"{profile.Title} shows people in the European Union who pays for an ad and on whose behalf it runs: say \"{missing} …\" with the name.");
    }
}
