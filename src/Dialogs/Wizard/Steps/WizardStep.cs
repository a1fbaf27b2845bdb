using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Dialogs.Wizard.Fields;

namespace ChatOpsCampaigns.Dialogs.Wizard.Steps;

/// <summary>One of the seven steps: what it asks, what it cannot do without, and what "default" takes.</summary>
/// <param name="Name">Drafts remember their step by this name, so that a reordering does not lose one.</param>
/// <param name="Prompt">What is asked, with an answer that works word for word.</param>
/// <param name="Missing">What has to be said before the next step, in words; empty when the step is complete.</param>
/// <param name="Default">The draft with this step's open fields filled, or null where a person has to answer.</param>
public sealed record WizardStep(
    string Name, string Title, Func<FieldContext, string> Prompt, Func<CampaignDraft, NetworkProfile?, IReadOnlyList<string>> Missing,
    Func<CampaignDraft, FieldContext, CampaignDraft?> Default)
{
    public bool IsComplete(CampaignDraft draft, NetworkProfile? profile) => Missing(draft, profile).Count == 0;
}
