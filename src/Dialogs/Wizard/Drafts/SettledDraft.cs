using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Dialogs.Wizard.Fields;
using ChatOpsCampaigns.Dialogs.Wizard.Steps;

namespace ChatOpsCampaigns.Dialogs.Wizard.Drafts;

/// <summary>A draft with what follows from what was said: the only account, everybody, a cap, what was the same last time, a name.</summary>
internal static class SettledDraft
{
    /// <param name="taken">Names of other campaigns.</param>
    public static CampaignDraft Of(DraftView view, IEnumerable<string> taken)
    {
        var several = view.Profile is not null && view.Context.AccountsHere.Skip(1).Any();
        var account = view.Draft.Account ?? (several ? null : view.Account?.Id);
        var draft = view.Draft with { Account = account, AccountOpen = several && account is null };
        if (!draft.Countries.IsEmpty)
            draft = WizardSteps.WithPeople(draft);

        if (draft.BudgetAmount is not null)
            draft = WizardSteps.WithMoney(draft);

        // Whoever was not named is told by what works here.
        if (draft.Automation is { } automation && !draft.ReadFrom.ContainsKey(AutomationFields.Notify.Name))
            draft = draft with { Automation = automation with { Notify = view.Context.Told } };

        draft = AsLastTime.Fill(draft, view);

        // The suggested name follows the answers until a person gives one.
        var name = !draft.NameSaid && view.Profile is { } profile ? NameOfDraft.Suggest(draft, profile) : draft.Name;
        return draft with { Name = name is null ? null : CampaignNames.Free(name, taken) };
    }
}
