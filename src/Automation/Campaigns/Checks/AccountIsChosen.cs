namespace ChatOpsCampaigns.Automation.Campaigns.Checks;

/// <summary>Of several ad accounts of a network a person says which.</summary>
internal sealed class AccountIsChosen : IDraftCheck
{
    public IEnumerable<DraftProblem> Check(CampaignDraft draft, DraftSurroundings around)
    {
        if (draft.Account is null && around.Accounts.Count > 1)
            yield return Problem.Blocks(nameof(draft.Account), $"{around.Profile?.Title ?? "The network"} has {around.Accounts.Count} ad accounts: say \"account {around.Accounts[0].ShortName}\" or {string.Join(", ", around.Accounts.Skip(1).Select(account => account.ShortName))}.");
    }
}
