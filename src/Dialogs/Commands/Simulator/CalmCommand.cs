using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Simulator;

public sealed class CalmCommand(IMarketDesk market) : ICommand
{
    public Verb Verb { get; } = new(
        "simulate calm", ["simulate calm"], [Takes.Campaign], Permission.Simulate, VerbKind.Acts, "ends every simulated fault of a campaign", "simulate calm c1");

    public Suiting SuitingTo(Person by) => Suiting.Of<Campaign>("has a simulated fault", async (campaign, cancellationToken) => (await market.FaultsAsync(campaign.Id, cancellationToken)).Count > 0);

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var ended = await market.CalmAsync(call.Campaign.Id, cancellationToken);
        await turn.SayAsync(
            ended == 0 ? $"There was no fault on {call.Campaign.Name}." : $"Ended {ended} fault{(ended == 1 ? "" : "s")} on {call.Campaign.Name}. What was stopped stays stopped until somebody resumes it.",
            cancellationToken);
    }
}
