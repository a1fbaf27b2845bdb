using ChatOpsCampaigns.Automation.Agent.Foresight;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Cards.Parts;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Campaigns;

public sealed class StatusCommand(DashboardProjection dashboard, CampaignPictures pictures, ForecastBook forecasts) : ICommand
{
    public Verb Verb { get; } = new(
        "status", ["status", "dashboard"], [Takes.CampaignOrNone], Permission.See, VerbKind.Reads,
        "shows spend, budget, what could be lost now and the last AI actions, of all or of one campaign", "status");

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var figures = await dashboard.BuildAsync(turn.Person, cancellationToken);
        if (call.Find<Campaign>("name") is not { } campaign)
        {
            await turn.SayAsync(ChatMessage.Of(DashboardCard.Of(figures, turn.Person)), cancellationToken);
            return;
        }

        var line = figures.Lines.First(known => known.Id == campaign.Id);
        var card = CampaignCard.Of(
            line, campaign, await pictures.ZoneAsync(campaign, cancellationToken), figures, await pictures.OfAsync(campaign, cancellationToken),
            await forecasts.OfAsync(campaign.Id, cancellationToken), turn.Person);
        await turn.SayAsync(ChatMessage.Of(card), cancellationToken);
    }
}
