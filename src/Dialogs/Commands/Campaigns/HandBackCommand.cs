using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Campaigns;

public sealed class HandBackCommand(CampaignControl control) : ICommand
{
    public Verb Verb { get; } = new(
        "hand back", ["hand back"], [Takes.Campaign], Permission.Raise, VerbKind.Acts, "gives a campaign, and what people changed in it, back to the agent", "hand back c1");

    public Suiting SuitingTo(Person by) => Suiting.Of<Campaign>("is kept from the agent", campaign => campaign.IsOpen && (campaign.TakenOver || !campaign.Holds.IsEmpty));

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) =>
        await turn.SayAsync((await control.HandBackAsync(call.Campaign.Id, turn.Person, cancellationToken)).Says, cancellationToken);
}
