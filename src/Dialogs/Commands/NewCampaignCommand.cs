using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Wizard;

namespace ChatOpsCampaigns.Dialogs.Commands;

public sealed class NewCampaignCommand(CampaignWizard wizard) : ICommand
{
    private static readonly string[] Openings = ["new campaign", "create campaign", "create a campaign", "start a campaign"];

    public Verb Verb { get; } = new(
        "new campaign", [.. Openings, "launch", "advertise", "promote"],
        [new VerbArgument("sentence", ArgumentKind.Words, "what you want, in one sentence", Optional: true)], Permission.Draft, VerbKind.Proposes,
        "starts a campaign in seven steps; or say it in one sentence: launch my puzzle game on tiktok in canada, $300 a day, cpa under $12", "new campaign");

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var opens = Openings.Any(opening => turn.Text.StartsWith(opening, StringComparison.OrdinalIgnoreCase));
        if (!call.Has("sentence") && !opens && turn.Turn.Action is null)
        {
            await turn.SayAsync("There is no draft open here to launch. Say \"new campaign\" to start one or \"drafts\" for those you have.", cancellationToken);
            return;
        }

        await wizard.StartAsync(turn, call.Find<string>("sentence"), cancellationToken);
    }
}
