using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Dialogs.Wizard.Fields;

namespace ChatOpsCampaigns.Dialogs.Wizard.Reading;

/// <summary>
/// The network and the ad account that a line names, found before the line is read: its amounts are in that account's currency and
/// its hours in that account's zone, wherever in the line they stand.
/// </summary>
internal static class NamedPlace
{
    /// <summary>Fields whose words may hold a network's name without meaning it, in the order of reading.</summary>
    private static readonly IReadOnlyList<DraftField> Wordy =
    [
        ScheduleFields.Name, DisclosureFields.Payer, DisclosureFields.Beneficiary, ObjectiveFields.Address, DestinationFields.Tracking, TargetingFields.Interests,
        TargetingFields.Audiences, ObjectiveFields.Pixel, ObjectiveFields.LeadForm,
    ];

    public static FieldContext In(string line, FieldContext context, string? step)
    {
        var text = Wordy.Aggregate(line, (rest, field) => Without(rest, field, context with { Sentence = step is null }));
        var place = context;
        foreach (var field in (DraftField[])[PlatformFields.Network, AccountFields.Account])
        {
            if (field.Find(text, place with { Own = field.Step == step, Sentence = step is null }) is { Apply: { } apply })
                place = At(place, apply(place.Draft));
        }

        return place with { Draft = context.Draft };
    }

    /// <summary>The surroundings of a draft: its network's profile, its account's currency and zone.</summary>
    public static FieldContext At(FieldContext context, CampaignDraft draft)
    {
        var account = AccountOf(draft, context.Accounts);
        return context with
        {
            Draft = draft,
            Profile = draft.Network is { } network ? context.Networks.FirstOrDefault(known => known.Name == network) : null,
            Currency = account?.Currency ?? context.Currency,
            Zone = account?.Zone() ?? context.Zone,
        };
    }

    private static AdAccount? AccountOf(CampaignDraft draft, IReadOnlyList<AdAccount> accounts) => draft.Account is { } named
        ? accounts.FirstOrDefault(known => known.Id == named)
        : accounts.FirstOrDefault(known => known.Network == draft.Network);

    private static string Without(string text, DraftField field, FieldContext context) =>
        field.Find(text, context) is { Length: > 0 } found ? text.Remove(found.At, found.Length).Insert(found.At, " ") : text;
}
