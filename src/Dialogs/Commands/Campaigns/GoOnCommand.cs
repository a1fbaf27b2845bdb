using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Campaigns;

public sealed class GoOnCommand(ICampaignStore campaigns, LaunchQueue queue) : ICommand
{
    public Verb Verb { get; } = new(
        "go on", ["go on"], [Takes.Campaign], Permission.Launch, VerbKind.Acts, "launches without the ads that the network refused", "go on c1");

    public Suiting SuitingTo(Person by) => Suiting.Of<Campaign>("waits for that choice", campaign => campaign.WaitsForChoice);

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        if (call.Campaign.Status != CampaignStatus.Launching || call.Campaign.RefusedAds.IsEmpty)
        {
            await turn.SayAsync($"{call.Campaign.Name} waits for no such choice; it is {StatusWords.Of(call.Campaign.Status)}.", cancellationToken);
            return;
        }

        var campaign = await campaigns.ChangeAsync(call.Campaign.Id, now => now with { GoesOnWithoutRefused = true }, cancellationToken);
        queue.Add(campaign.Id);
        await turn.SayAsync($"Going on with {campaign.Name} without {campaign.RefusedAds.Length} refused ad{(campaign.RefusedAds.Length == 1 ? "" : "s")}.", cancellationToken);
    }
}
