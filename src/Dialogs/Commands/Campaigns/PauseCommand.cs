using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Campaigns;

public sealed class PauseCommand(CampaignControl control) : ICommand
{
    public Verb Verb { get; } = new(
        "pause", ["pause", "stop", "halt", "kill", "turn off", "switch off"], [Takes.Campaign, Takes.WhyOrNot], Permission.Reduce, VerbKind.Acts, "pauses a campaign and checks at its network that it stands still", "pause c1") { AtOnce = true };

    public Suiting SuitingTo(Person by) => Suiting.Of<Campaign>("runs", campaign => campaign.MaySpend);

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var because = call.Find<string>("why") ?? $"paused by {turn.Person.Id.Name}";
        await turn.SayAsync((await control.PauseAsync(call.Campaign.Id, turn.Person, because, cancellationToken)).Says, cancellationToken);
    }
}
