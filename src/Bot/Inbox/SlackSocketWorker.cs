using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Bot.Jobs;

namespace ChatOpsCampaigns.Bot.Inbox;

/// <summary>Keeps us connected to Slack, by one connection for all workspaces. While Slack cannot be reached, everything else goes on.</summary>
internal sealed partial class SlackSocketWorker(SlackWorkspaces workspaces, SlackSettings settings, SlackSocket socket, TimeProvider machine, ILogger<SlackSocketWorker> logger)
    : TirelessWorker(machine, logger)
{
    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        // Known before the first message comes, so that none waits for it and is overtaken.
        if (settings.BotToken is { Length: > 0 })
            await SignInAsync(stoppingToken);

        await socket.RunAsync(stoppingToken);
    }

    private async Task SignInAsync(CancellationToken stoppingToken)
    {
        try
        {
            var own = await workspaces.OwnAsync(stoppingToken);
            SignedIn(own.Self.Workspace, own.Self.User);
        }
        catch (SlackException fault) when (settings.Installs && fault.Kind == SlackFault.Workspace)
        {
            // The others are served all the same.
            NotSignedIn(fault);
        }
    }

    [LoggerMessage(EventId = 440, Level = LogLevel.Error, Message = "Slack refuses Slack:BotToken; only the workspaces that installed the app are served.")]
    private partial void NotSignedIn(Exception fault);

    [LoggerMessage(EventId = 418, Level = LogLevel.Information, Message = "Signed in to the Slack workspace {Workspace} as {User}.")]
    private partial void SignedIn(string workspace, string user);
}
