namespace ChatOpsCampaigns.Dialogs.Wizard.Fields;

/// <summary>
/// Every field that the wizard reads, once. The order is the order of reading: what is labelled or unmistakable before what is bare, so
/// that "max bid $15" is not taken for a cap and a date not for ages.
/// </summary>
public static class FieldCatalogue
{
    /// <summary>Fewer letters of a field's name would mean any of several.</summary>
    private const int ShortestName = 3;

    public static readonly IReadOnlyList<DraftField> InReadingOrder =
    [
        ScheduleFields.Name,
        DisclosureFields.Payer,
        DisclosureFields.Beneficiary,
        ObjectiveFields.Address,
        DestinationFields.Tracking,
        DestinationFields.SpecialCategory,
        AccountFields.Account,
        ScheduleFields.Start,
        ScheduleFields.End,
        HoursFields.Hours,
        DisclosureFields.Minors,
        ExtraFields.Genres,
        ExtraFields.PredictedLtv,
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
        BudgetFields.TargetRoas,
        BudgetFields.Strategy,
        BudgetFields.Worth,
        BudgetFields.Lifetime,
        BudgetFields.Cap,
        ObjectiveFields.Type,
        ObjectiveFields.Goal,
        ShownOnFields.TargetOs,
        ObjectiveFields.Os,
        TargetingFields.Ages,
        TargetingFields.Gender,
        PlatformFields.Network,
        CountryFields.Countries,
        BudgetFields.Budget,
        BudgetKindFields.Kind,
    ];

    /// <summary>As people see them: by step, what matters most first.</summary>
    public static readonly IReadOnlyList<DraftField> InShownOrder =
    [
        ScheduleFields.Name, PlatformFields.Network, AccountFields.Account,
        ObjectiveFields.Type, ObjectiveFields.Goal, ObjectiveFields.Address, ObjectiveFields.Os, DestinationFields.Tracking, ObjectiveFields.Pixel, ObjectiveFields.LeadForm,
        DestinationFields.SpecialCategory,
        CountryFields.Countries, TargetingFields.Ages, TargetingFields.Gender, ShownOnFields.TargetOs, TargetingFields.Interests, TargetingFields.Lookalike, TargetingFields.Audiences,
        ExtraFields.Genres, ExtraFields.PredictedLtv, DisclosureFields.Payer, DisclosureFields.Beneficiary, DisclosureFields.Minors,
        BudgetFields.Budget, BudgetKindFields.Kind, BudgetFields.Cap, BudgetFields.Strategy, BudgetFields.CostCap, BudgetFields.MaxBid, BudgetFields.TargetRoas, BudgetFields.Worth,
        AutomationFields.Mode, AutomationFields.Switches, AutomationFields.MinRoas, AutomationFields.MaxCpa, AutomationFields.Notify,
        ScheduleFields.Start, ScheduleFields.End, HoursFields.Hours,
    ];

    public static DraftField? Find(string name) =>
        InReadingOrder.FirstOrDefault(field => field.Name == name)
        ?? (name == nameof(Automation.Campaigns.CampaignDraft.AgeMax) ? TargetingFields.Ages : null);

    /// <summary>By its label or the beginning of it, or by its step's name; null for a word of fewer than three letters.</summary>
    public static DraftField? Named(string label) => label.Length < ShortestName
        ? null
        : InShownOrder.FirstOrDefault(known => known.Label.Equals(label, StringComparison.OrdinalIgnoreCase))
            ?? InShownOrder.FirstOrDefault(known => known.Label.StartsWith(label, StringComparison.OrdinalIgnoreCase) || known.Step.Equals(label, StringComparison.OrdinalIgnoreCase));

    public static IEnumerable<DraftField> Of(string step) => InShownOrder.Where(field => field.Step == step);
}
