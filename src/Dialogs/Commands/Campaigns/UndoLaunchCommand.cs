using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Campaigns;

public sealed class UndoLaunchCommand(LaunchUndo undo) : ICommand
{
    public Verb Verb { get; } = new(
        "undo launch", ["undo launch"], [Takes.Campaign], Permission.Reduce, VerbKind.Acts, "takes back a launch that does not run yet: under way, in review or waiting for its start", "undo launch c1") { AtOnce = true };

    public Suiting SuitingTo(Person by) => Suiting.Of<Campaign>("has a launch that could still be taken back", LaunchUndo.IsPossible) with { TakesTheOnlyOne = true };

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        if (!LaunchUndo.IsPossible(call.Campaign))
        {
            await turn.SayAsync($"{call.Campaign.Name} is {StatusWords.Of(call.Campaign.Status)}: only a launch that does not run yet can be taken back.{(call.Campaign.MaySpend ? $" Say \"pause {call.Campaign.Handle}\" to stop it." : "")} Nothing was changed.", cancellationToken);
            return;
        }

        var braked = await undo.TakeBackAsync(call.Campaign, $"{turn.Person.Id.Name} took it back", cancellationToken);
        await turn.SayAsync(
            braked switch
            {
                BrakedLaunch.AtRest => $"Taking back {call.Campaign.Name}; nothing of it runs. The end of it is told here.",
                BrakedLaunch.MayRun => $"Taking back {call.Campaign.Name}. It may be running already, and its pause is not confirmed yet: it is tried again until it is, and everybody on call is told.",
                _ => $"{call.Campaign.Name} was launched in this very moment; say \"pause {call.Campaign.Handle}\" to stop it.",
            },
            cancellationToken);
    }
}
