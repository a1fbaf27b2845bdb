using ChatOpsCampaigns.Automation.Campaigns;

namespace ChatOpsCampaigns.Dialogs.Wizard.Fields;

/// <summary>Step 5: whether the budget is for a day or for the whole time. Said with the amount ("lifetime $9000") or apart.</summary>
internal static class BudgetKindFields
{
    private const string Daily = "daily";
    private const string Lifetime = "lifetime";

    public static readonly DraftField Kind = new(nameof(CampaignDraft.BudgetType), "budget", "Budget counts", Find, (_, _) => null)
    {
        Wanted = context => context.Profile?.Capabilities.LifetimeBudget != false,
        Input = new FieldInput("choice", "For a day or the whole time", value => $"{value} budget")
        {
            Choices = _ => [new Choice("For each day", Daily), new Choice("For the whole time until the end", Lifetime)],
            Value = draft => draft.BudgetType == BudgetType.Lifetime ? Lifetime : Daily,
        },
    };

    private static Found? Find(string text, FieldContext context)
    {
        if (Finding.Pattern($@"\b(?<kind>{Daily}|{Lifetime})\s+budget\b").Match(text) is not { Success: true } match)
            return null;

        var lifetime = match.Groups["kind"].Value.Equals(Lifetime, StringComparison.OrdinalIgnoreCase);
        return lifetime && context.Profile is { Capabilities.LifetimeBudget: false } profile
            ? Found.Wrong(match, $"{profile.Title} has no lifetime budgets; say an amount a day.")
            : Found.Right(match, draft => draft with { BudgetType = lifetime ? BudgetType.Lifetime : BudgetType.Daily });
    }
}
