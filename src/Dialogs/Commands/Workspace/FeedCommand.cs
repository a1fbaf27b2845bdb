using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Workspace;

public sealed class FeedCommand(IActivityFeed feed, CampaignClock clock) : ICommand
{
    private const int Most = 10;

    public Verb Verb { get; } = new(
        "feed", ["feed", "activity"], [Takes.CampaignOrNone], Permission.See, VerbKind.Reads, "shows the last things that happened, of all or of one campaign", "feed");

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var campaign = call.Find<Campaign>("name");
        var latest = await feed.SeenByAsync(turn.Person, campaign?.Id, DateTimeOffset.MinValue, Most, cancellationToken);
        if (latest.Count == 0)
        {
            await turn.SayAsync("Nothing has happened yet.", cancellationToken);
            return;
        }

        var title = campaign is null ? "What happened last" : $"What happened last in {campaign.Name}";
        await turn.SayAsync(ChatMessage.Of(ActivityCard.Of(title, latest, clock.GetUtcNow())), cancellationToken);
    }
}
