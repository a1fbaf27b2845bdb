namespace ChatOpsCampaigns.Dialogs.Wizard.Fields;

/// <summary>
/// Every field that the wizard reads, once. The order is the order of reading: what is labelled or unmistakable before what is bare, so
/// that "max bid $15" is not taken for a cap and a date not for ages.
/// </summary>
public static class FieldCatalogue
{
    public static readonly IReadOnlyList<DraftField> InReadingOrder =
    [
        ScheduleFields.Name,
        ObjectiveFields.Address,
        ScheduleFields.Start,
        ScheduleFields.End,
        ScheduleFields.Hours,
        TargetingFields.Interests,
        TargetingFields.Lookalike,
        TargetingFields.Audiences,
        ObjectiveFields.Pixel,
        ObjectiveFields.LeadForm,
        AutomationFields.MinRoas,
        AutomationFields.MaxCpa,
        AutomationFields.Notify,
        AutomationFields.Switches,
        AutomationFields.Mode,
        BudgetFields.MaxBid,
        BudgetFields.CostCap,
        BudgetFields.Strategy,
        BudgetFields.TargetRoas,
        BudgetFields.Worth,
        BudgetFields.Lifetime,
        BudgetFields.Cap,
        ObjectiveFields.Type,
        ObjectiveFields.Goal,
        ObjectiveFields.Os,
        TargetingFields.Ages,
        TargetingFields.Gender,
        PlatformFields.Network,
        TargetingFields.Countries,
        BudgetFields.Budget,
    ];

    /// <summary>As people see them: by step, what matters most first.</summary>
    public static readonly IReadOnlyList<DraftField> InShownOrder =
    [
        ScheduleFields.Name, PlatformFields.Network,
        ObjectiveFields.Type, ObjectiveFields.Goal, ObjectiveFields.Address, ObjectiveFields.Os, ObjectiveFields.Pixel, ObjectiveFields.LeadForm,
        TargetingFields.Countries, TargetingFields.Ages, TargetingFields.Gender, TargetingFields.Interests, TargetingFields.Lookalike, TargetingFields.Audiences,
        BudgetFields.Budget, BudgetFields.Cap, BudgetFields.Strategy, BudgetFields.CostCap, BudgetFields.MaxBid, BudgetFields.TargetRoas, BudgetFields.Worth,
        AutomationFields.Mode, AutomationFields.Switches, AutomationFields.MinRoas, AutomationFields.MaxCpa, AutomationFields.Notify,
        ScheduleFields.Start, ScheduleFields.End, ScheduleFields.Hours,
    ];

    public static DraftField? Find(string name) =>
        InReadingOrder.FirstOrDefault(field => field.Name == name)
        ?? (name == nameof(Automation.Campaigns.CampaignDraft.TargetOs) ? ObjectiveFields.Os : null)
        ?? (name == nameof(Automation.Campaigns.CampaignDraft.AgeMax) ? TargetingFields.Ages : null);

    public static IEnumerable<DraftField> Of(string step) => InShownOrder.Where(field => field.Step == step);
}
