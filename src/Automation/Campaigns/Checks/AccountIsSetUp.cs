namespace ChatOpsCampaigns.Automation.Campaigns.Checks;

/// <summary>A network that was chosen has to be known, with an ad account to run in.</summary>
internal sealed class AccountIsSetUp : IDraftCheck
{
    public IEnumerable<DraftProblem> Check(CampaignDraft draft, DraftSurroundings around)
    {
        if (draft.Network is not { } network)
            yield break;

        if (around.Profile is null)
            yield return Problem.Blocks(nameof(draft.Network), $"There is no network \"{network}\" here any more: choose another one.");
        else if (around.Account is null)
            yield return Problem.Blocks(nameof(draft.Account), $"No ad account is set up for {around.Profile.Title}: set AdNetworks:{network}:AccountId, or choose another network.");
        else if (around.Account.Network != network)
            yield return Problem.Blocks(nameof(draft.Account), $"The ad account {around.Account.Id} belongs to {around.Account.Network}, not to {network}: choose an account of {network}.");
        else if (around.NotBuilt is { } says)
            yield return Problem.Blocks(nameof(draft.Network), $"{says} Or choose another network.");
    }
}
