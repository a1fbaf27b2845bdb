using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Campaigns.Returns;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Looking;

/// <summary>What a campaign cost in all, what came back, and what of it is not known.</summary>
public sealed class TrueReturnCommand(IReadingStore readings, IAdAccounts accounts, CampaignClock clock) : ICommand
{
    public Verb Verb { get; } = new(
        "true return", ["true return", "return of", "roi"], [Takes.Campaign], Permission.See, VerbKind.Reads,
        "shows what a campaign cost in all, fee and creatives too, and what came back; what is not known is said", "true return c1");

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var campaign = call.Campaign;
        var account = await accounts.GetAsync(campaign.Account, cancellationToken);
        var days = await readings.DaysAsync(campaign.Id, account.DayAt(campaign.CreatedAt), cancellationToken);
        if (TrueReturn.Of(campaign, account, days, clock.GetUtcNow()) is not { } found)
        {
            await turn.SayAsync($"No figures of {campaign.Name} are kept yet, so what it brings back is unknown.", cancellationToken);
            return;
        }

        await turn.SayAsync(
            ChatMessage.Of(new SheetCard(
                $"True return: {campaign.Name} ({campaign.Handle}{(campaign.IsSimulated ? ", simulated" : "")})", [.. found.Words(campaign)], [],
                "Results of the last days are still coming in, and the figures follow them.")),
            cancellationToken);
    }
}
