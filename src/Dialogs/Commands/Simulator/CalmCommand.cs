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

    /// <summary>A stop or a pause does not end with what caused it, and who may end it.</summary>
    private static string Standing(Campaign campaign, Person by)
    {
        if (campaign.Status is not (CampaignStatus.Stopped or CampaignStatus.Paused))
            return campaign.Status == CampaignStatus.Active ? " It runs on." : "";

        var needs = campaign.Status == CampaignStatus.Stopped ? Permission.Respond : Permission.Raise;
        var who = by.May(needs) ? "you say" : $"{RoleTable.Said(RoleTable.Carrying(needs))} say";
        return $" It stays {(campaign.Status == CampaignStatus.Stopped ? "stopped" : "paused")} until {who} \"resume {campaign.Handle}\".";
    }

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var ended = await market.CalmAsync(call.Campaign.Id, cancellationToken);
        await turn.SayAsync(
            ended == 0 ? $"There was no fault on {call.Campaign.Name}." : $"Ended {ended} fault{(ended == 1 ? "" : "s")} on {call.Campaign.Name}.{Standing(call.Campaign, turn.Person)}",
            cancellationToken);
    }
}
