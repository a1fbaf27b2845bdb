using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Campaigns;

public sealed class CampaignsCommand(DashboardProjection dashboard) : ICommand
{
    public Verb Verb { get; } = new(
        "campaigns", ["campaigns", "my campaigns", "list campaigns"], Takes.Nothing, Permission.See, VerbKind.Reads, "lists the campaigns with what the AI did last", "campaigns");

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var figures = await dashboard.BuildAsync(turn.Person, cancellationToken);
        await turn.SayAsync(
            figures.Lines.IsEmpty
                ? new ChatMessage("There is no campaign yet.") { QuickReplies = turn.Person.MaySomewhere(Permission.Draft) ? [new QuickReply("New campaign", "new campaign")] : [] }
                : ChatMessage.Of(DashboardCard.Of(figures, turn.Person)),
            cancellationToken);
    }
}
