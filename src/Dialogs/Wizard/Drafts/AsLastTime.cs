using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Law;
using ChatOpsCampaigns.Dialogs.Wizard.Fields;

namespace ChatOpsCampaigns.Dialogs.Wizard.Drafts;

/// <summary>Fills what is the same for every campaign of an ad account from its last launch, and says so; another account takes it back.</summary>
internal static class AsLastTime
{
    private const string Mark = "as last time in ";

    /// <param name="Said">The draft has a value.</param>
    /// <param name="Take">The draft with the value of last time, or the same draft when there was none.</param>
    /// <param name="Forget">The draft without a value.</param>
    private sealed record Kept(
        DraftField Field, Func<CampaignDraft, bool> Said, Func<CampaignDraft, AccountDefaults, CampaignDraft> Take, Func<CampaignDraft, CampaignDraft> Forget);

    private static readonly IReadOnlyList<Kept> All =
    [
        Of(ObjectiveFields.Pixel, to => to.Pixel, last => last.Pixel, (to, value) => to with { Pixel = value }),
        Of(ObjectiveFields.LeadForm, to => to.LeadForm, last => last.LeadForm, (to, value) => to with { LeadForm = value }),
        Of(DisclosureFields.Payer, to => to.Payer, last => last.Payer, (to, value) => to with { Payer = value }),
        Of(DisclosureFields.Beneficiary, to => to.Beneficiary, last => last.Beneficiary, (to, value) => to with { Beneficiary = value }),
        new(
            DisclosureFields.Minors, draft => draft.MinorsBelow is not null, (draft, last) => draft with { MinorsBelow = last.MinorsBelow },
            draft => draft with { MinorsBelow = null }),
    ];

    public static CampaignDraft Fill(CampaignDraft draft, DraftView view)
    {
        foreach (var kept in All)
        {
            if (Is(draft, kept.Field) && draft.ReadFrom[kept.Field.Name] != $"{Mark}{view.Account?.Id}")
                draft = kept.Forget(draft) with { ReadFrom = draft.ReadFrom.Remove(kept.Field.Name) };

            if (kept.Said(draft) || view.Account is not { } account || !kept.Field.Wanted(view.Context with { Draft = draft }))
                continue;

            var filled = kept.Take(draft, view.LastTime);
            draft = kept.Said(filled) ? filled with { ReadFrom = draft.ReadFrom.SetItem(kept.Field.Name, $"{Mark}{account.Id}") } : draft;
        }

        return draft;
    }

    public static bool Is(CampaignDraft draft, DraftField field) =>
        draft.ReadFrom.TryGetValue(field.Name, out var from) && from.StartsWith(Mark, StringComparison.Ordinal);

    /// <summary>The field's value for people, marked where it was taken from last time.</summary>
    public static string? Shown(DraftView view, DraftField field) => field.Show(view.Draft, view.Context) is { } value
        ? Is(view.Draft, field) ? $"{value} (as last time)" : value
        : null;

    private static Kept Of(DraftField field, Func<Destination, string?> said, Func<AccountDefaults, string?> last, Func<Destination, string?, Destination> with) => new(
        field, draft => said(draft.Destination) is not null, (draft, before) => draft with { Destination = with(draft.Destination, last(before)) },
        draft => draft with { Destination = with(draft.Destination, null) });
}
