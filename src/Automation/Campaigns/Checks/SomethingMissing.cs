namespace ChatOpsCampaigns.Automation.Campaigns.Checks;

/// <summary>What a campaign cannot be created without. All of it is named at once.</summary>
internal sealed class SomethingMissing : IDraftCheck
{
    public IEnumerable<DraftProblem> Check(CampaignDraft draft, DraftSurroundings around)
    {
        if (draft.Network is null)
            yield return Problem.Blocks(nameof(draft.Network), "The network is missing: say where it should run, for example \"facebook\".");

        if (draft.Creatives.IsEmpty && around.Profile?.TakesCreatives != false)
            yield return Problem.Blocks(nameof(draft.Creatives), "There is no creative: drop at least one picture or film into the chat.");

        if (draft.Type is null)
            yield return Problem.Blocks(nameof(draft.Type), "The campaign type is missing: app install, conversion, awareness or traffic.");

        if (draft.Objective is null)
            yield return Problem.Blocks(nameof(draft.Objective), "The objective is missing: installs, purchases, leads or engagement.");

        if (draft.Countries.IsEmpty)
            yield return Problem.Blocks(nameof(draft.Countries), "The countries are missing: say at least one, for example \"US, CA\".");

        if (draft.BudgetAmount is null)
            yield return Problem.Blocks(nameof(draft.BudgetAmount), "The budget is missing: say an amount, for example \"$500/day\".");

        if (draft.MaxDailySpend is null)
            yield return Problem.Blocks(nameof(draft.MaxDailySpend), "The daily limit is missing: say what must never be passed, for example \"max $750\".");

        if (draft.Strategy is null)
            yield return Problem.Blocks(nameof(draft.Strategy), "The bid strategy is missing: lowest cost, cost cap, bid cap or target ROAS.");

        if (draft.Automation is null)
            yield return Problem.Blocks(nameof(draft.Automation), "What the agent may do is missing: conservative, balanced, aggressive, or \"no automation\".");

        if (!draft.HasStart)
            yield return Problem.Blocks(nameof(draft.Schedule), "The start is missing: say \"start now\" or, for example, \"start tomorrow 9am\".");

        if (string.IsNullOrWhiteSpace(draft.Name))
            yield return Problem.Blocks(nameof(draft.Name), "The campaign has no name: say \"name it …\".");
    }
}
