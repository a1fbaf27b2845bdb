using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;

namespace ChatOpsCampaigns.Automation.Creation.Changing;

/// <summary>A launch as whoever approves it wants it.</summary>
internal static class LaunchChange
{
    /// <summary>Why it is not less or calmer than what was asked for; null when it is.</summary>
    public static string? Objection(CampaignDraft asked, ApprovalChanges changes)
    {
        if (changes.Budget is { } budget && asked.BudgetAmount is { } most)
        {
            if (budget.Currency != most.Currency)
                return $"The budget is in {most.Currency}: say for example \"with budget {most.Amount:0}\". Nothing was changed.";

            if (budget.Amount <= 0 || budget > most)
                return $"The budget can only be lowered: more than nothing, and at most the {most} that was asked for. Nothing was changed.";
        }

        var settings = asked.Automation ?? new AutomationSettings();
        if (changes.Mode is { } mode)
        {
            if (!settings.Enabled)
                return "The AI is off in this campaign, so that it has no mode. Nothing was changed.";

            if (mode > settings.Mode)
                return $"The mode can only be made calmer than {Word(settings.Mode)}, which was asked for. Nothing was changed.";
        }

        return Of(asked, changes) == asked ? "That is what was asked for: say \"approve\" alone. Nothing was changed." : null;
    }

    public static CampaignDraft Of(CampaignDraft asked, ApprovalChanges changes) => asked with
    {
        BudgetAmount = changes.Budget ?? asked.BudgetAmount,
        Automation = changes.Mode is { } mode && (asked.Automation ?? new AutomationSettings()) is var settings && settings.Mode != mode ? settings with { Mode = mode } : asked.Automation,
    };

    /// <summary>"budget $1,500 → $500, mode balanced → conservative".</summary>
    public static string Words(CampaignDraft asked, ApprovalChanges changes) => string.Join(
        ", ",
        new[]
        {
            changes.Budget is { } budget && budget != asked.BudgetAmount ? $"budget {asked.BudgetAmount} → {budget}" : null,
            changes.Mode is { } mode && (asked.Automation ?? new AutomationSettings()).Mode is var before && before != mode ? $"mode {Word(before)} → {Word(mode)}" : null,
        }.OfType<string>());

    private static string Word(OptimisationMode mode) => mode.ToString().ToLowerInvariant();
}
