using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Wizard;

namespace ChatOpsCampaigns.Dialogs.Commands.Drafts;

public sealed class NewCampaignCommand(CampaignWizard wizard, IApprovalStore approvals) : ICommand
{
    private static readonly string[] Openings = ["new campaign", "create campaign", "create a campaign", "start a campaign"];

    public Verb Verb { get; } = new(
        "new campaign", [.. Openings, "launch", "advertise", "promote"],
        [new VerbArgument("sentence", ArgumentKind.Words, "what you want, in one sentence", Optional: true)], Permission.Draft, VerbKind.Proposes,
        "starts a campaign in seven steps; or say it in one sentence: launch my puzzle game on tiktok in canada, $300 a day, cpa under $12", "new campaign");

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        // "launch …" while a draft is open is about that one: nothing is put aside for a line that only begins like it.
        var typed = turn.Turn.Action is null && !Openings.Any(opening => turn.Text.Contains(opening, StringComparison.OrdinalIgnoreCase));
        if (typed && await wizard.TryExplainAsync(turn, null, cancellationToken))
            return;

        if (typed && !call.Has("sentence"))
        {
            await turn.SayAsync(await NothingOpenAsync(turn, cancellationToken), cancellationToken);
            return;
        }

        await wizard.StartAsync(turn, call.Find<string>("sentence"), cancellationToken);
    }

    private async Task<string> NothingOpenAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        var waits = (await approvals.WaitingAsync(turn.Person.Workspace, cancellationToken))
            .Where(approval => approval.Kind == ApprovalKind.Launch && turn.Person.Is(approval.RequestedBy))
            .Select(approval => $"{approval.Handle} waits for a second person: {approval.Says}. An Approver or Admin says \"approve {approval.Handle}\".")
            .ToList();
        return waits.Count > 0
            ? string.Join("\n", waits)
            : "There is no draft open here to launch. Say \"new campaign\" to start one or \"drafts\" for those you have.";
    }
}
