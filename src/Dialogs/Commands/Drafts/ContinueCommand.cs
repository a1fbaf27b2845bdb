using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;
using ChatOpsCampaigns.Dialogs.Wizard;

namespace ChatOpsCampaigns.Dialogs.Commands.Drafts;

public sealed class ContinueCommand(CampaignWizard wizard) : ICommand
{
    public Verb Verb { get; } = new(
        "continue", ["continue", "continue draft", "open draft"], [Takes.Draft], Permission.Draft, VerbKind.Proposes,
        "goes on with a draft at the question where you left it", "continue Facebook draft");

    public Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) =>
        wizard.ContinueAsync(
            turn, call.Get<CampaignDraft>("draft").Id, call.Pressed.TryGetValue("_back", out var back) ? new ConversationId(back) : null, cancellationToken);
}
