using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands;

public sealed class UndoLaunchCommand(CampaignCreationEngine engine) : ICommand
{
    public Verb Verb { get; } = new(
        "undo launch", ["undo launch"], [Takes.Campaign], Permission.Reduce, VerbKind.Acts, "takes back a launch that is not finished", "undo launch c1");

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        if (call.Campaign.Status != CampaignStatus.Launching)
        {
            await turn.SayAsync($"{call.Campaign.Name} is {call.Campaign.Status}, not launching; say \"pause {call.Campaign.Handle}\" to stop it.", cancellationToken);
            return;
        }

        await turn.SayAsync($"Taking back {call.Campaign.Name}; the result is told here.", cancellationToken);
        await engine.UndoAsync(call.Campaign.Id, $"{turn.Person.Name} took it back", cancellationToken);
    }
}
