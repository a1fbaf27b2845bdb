using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Bot.Jobs;

namespace ChatOpsCampaigns.Bot.Inbox;

/// <summary>Where Slack connects to us: who we are there is asked at the start, so that nothing that it sends waits for that; again every 30 seconds of machine time until Slack says it.</summary>
internal sealed partial class SlackSignInWorker(SlackWorkspaces workspaces, TimeProvider machine, ILogger<SlackSignInWorker> logger) : TirelessWorker(machine, logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        while (!await TrySignInAsync(stoppingToken))
            await Task.Delay(Pause, Machine, stoppingToken);
    }

    private async Task<bool> TrySignInAsync(CancellationToken stoppingToken)
    {
        try
        {
            var own = await workspaces.OwnAsync(stoppingToken);
            SignedIn(own.Self.Workspace, own.Self.User);
            return true;
        }
        catch (SlackException fault)
        {
            NotSignedIn(fault);
            return false;
        }
    }

    [LoggerMessage(EventId = 600, Level = LogLevel.Information, Message = "Signed in to the Slack workspace {Workspace} as {User}; Slack connects to us.")]
    private partial void SignedIn(string workspace, string user);

    [LoggerMessage(EventId = 605, Level = LogLevel.Error, Message = "Slack does not take Slack:BotToken; it is tried again.")]
    private partial void NotSignedIn(Exception fault);
}
