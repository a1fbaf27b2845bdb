using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Dialogs.Wizard.Steps;

namespace ChatOpsCampaigns.Dialogs.Wizard;

/// <summary>A draft with what follows from what was said: the only account, everybody, a cap, what was the same last time, a name.</summary>
internal static class SettledDraft
{
    public static CampaignDraft Of(DraftView view)
    {
        var several = view.Profile is not null && view.Context.AccountsHere.Skip(1).Any();
        var account = view.Draft.Account ?? (several ? null : view.Account?.Id);
        var draft = view.Draft with { Account = account, AccountOpen = several && account is null };
        if (!draft.Countries.IsEmpty)
            draft = WizardSteps.WithPeople(draft);

        if (draft.BudgetAmount is not null)
            draft = WizardSteps.WithMoney(draft);

        draft = AsLastTime.Fill(draft, view);

        // The suggested name follows the answers until a person gives one.
        return !draft.NameSaid && view.Profile is { } profile && !draft.Countries.IsEmpty ? draft with { Name = NameOfDraft.Suggest(draft, profile) } : draft;
    }
}
