using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Campaigns;

public sealed class TakeOverCommand(CampaignControl control) : ICommand
{
    public Verb Verb { get; } = new(
        "take over", ["take over"], [Takes.Campaign], Permission.Reduce, VerbKind.Acts, "takes a campaign from the agent; the emergency monitor keeps watching", "take over c1");

    public Suiting SuitingTo(Person by) => Suiting.Of<Campaign>("is in the agent's hands", campaign => campaign is { IsOpen: true, AgentManaged: true });

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) =>
        await turn.SayAsync((await control.TakeOverAsync(call.Campaign.Id, turn.Person, cancellationToken)).Says, cancellationToken);
}
