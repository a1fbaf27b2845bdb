using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Campaigns;

public sealed class WhyCommand(Traces traces, IIncidentStore incidents, IActivityFeed feed) : ICommand
{
    private const int Most = 3;

    /// <summary>How many happenings back a pause is looked for.</summary>
    private const int LookedBack = 100;

    public Verb Verb { get; } = new(
        "why", ["why"], [Takes.Campaign], Permission.See, VerbKind.Reads,
        "shows how it is judged now and the last decisions with their evidence: wanted, held back and by what, done, and by which version of the rules", "why c1");

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var trace = await traces.OfAsync(call.Campaign, Most, cancellationToken);
        var zone = trace.Now?.Account.Zone() ?? TimeZoneInfo.Utc;
        var since = await SinceAsync(call.Campaign, zone, cancellationToken);
        var unpaused = (await incidents.OpenOfAsync(call.Campaign.Id, cancellationToken)).FirstOrDefault(StopKeeper.IsUnconfirmed);
        await turn.SayAsync(ChatMessage.Of(WhyCard.Of(trace, zone, since, unpaused)), cancellationToken);
    }

    /// <summary>Since when it stands still, in its account's time; empty where that is not known or it runs.</summary>
    private async Task<string> SinceAsync(Campaign campaign, TimeZoneInfo zone, CancellationToken cancellationToken) => campaign.Status switch
    {
        CampaignStatus.Stopped when await incidents.FindStopAsync(campaign.Id, cancellationToken) is { } stop =>
            $", since {AccountTime.In(zone, stop.ConfirmedAt ?? stop.OpenedAt)} ({stop.Handle})",
        CampaignStatus.Paused when (await feed.LatestAsync(campaign.Workspace, campaign.Id, LookedBack, cancellationToken)).FirstOrDefault(happened => happened.Kind == FeedKind.Pause) is { } paused =>
            $", since {AccountTime.In(zone, paused.At)}",
        _ => "",
    };
}
