using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;
using ChatOpsCampaigns.Bot.Jobs;

namespace ChatOpsCampaigns.Bot.Inbox;

/// <summary>Keeps us connected to Slack. While Slack cannot be reached, everything else goes on.</summary>
internal sealed partial class SlackSocketWorker(SlackWorkspaces workspaces, SlackSocket socket, TimeProvider machine, ILogger<SlackSocketWorker> logger) : TirelessWorker(machine, logger)
{
    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        // Known before the first message comes, so that none waits for it and is overtaken.
        var own = await workspaces.OwnAsync(stoppingToken);
        SignedIn(own.Self.Workspace, own.Self.User);
        await socket.RunAsync(stoppingToken);
    }

    [LoggerMessage(EventId = 418, Level = LogLevel.Information, Message = "Signed in to the Slack workspace {Workspace} as {User}.")]
    private partial void SignedIn(string workspace, string user);
}
