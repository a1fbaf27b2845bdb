using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Installing;

/// <summary>How an installation ended, for whoever looks at the page.</summary>
internal sealed record InstallAnswer(bool Done, string Says);

/// <summary>Ends what a browser began: nobody but a workspace that is named in the settings gets in, and nothing of another's is kept.</summary>
internal sealed partial class SlackInstaller(SlackOAuth oauth, SlackInstalled installed, SlackWorkspaces workspaces, SlackSettings settings, ILogger<SlackInstaller> log)
{
    public async Task<InstallAnswer> InstallAsync(string code, CancellationToken cancellationToken)
    {
        try
        {
            var grant = await oauth.ExchangeAsync(code, cancellationToken);
            var workspace = grant.Installation.Workspace;

            // First: Slack gives the same token again, and to give it back would take the configured one away.
            if (settings.BotToken is { Length: > 0 } && (await workspaces.OwnAsync(cancellationToken)).Self.Workspace == workspace)
                return new InstallAnswer(false, $"{grant.Installation.Said} is the workspace of Slack:BotToken, in which I am already. Nothing was changed.");

            if (!oauth.Allows(workspace))
            {
                await RefuseAsync(grant, cancellationToken);
                return new InstallAnswer(false, $"{grant.Installation.Said} is not among Slack:AllowedWorkspaces, so nothing was kept. Ask whoever runs me to add {workspace} there, and begin again.");
            }

            await installed.InstallAsync(grant, cancellationToken);
            SlackScopes.Tell(log, workspace, [.. SlackScopes.All.Except(grant.Installation.Scopes)]);
            return new InstallAnswer(
                true,
                $"Installed in {grant.Installation.Said}. Write \"help\" to me there in a direct message. Nobody of it has a role yet and its channels show nothing: an Admin gives roles in "
                + $"People:Roles:slack:{workspace} and names its channels in Channels, such as slack/{workspace}.C0123456789.");
        }
        catch (SlackException fault)
        {
            NotInstalled(fault);
            return new InstallAnswer(false, $"Slack did not confirm the installation ({fault.Error}). Nothing was kept; open /slack/install to begin again.");
        }
    }

    private async Task RefuseAsync(SlackGrant grant, CancellationToken cancellationToken)
    {
        NotAllowed(grant.Installation.Said);
        try
        {
            await oauth.RevokeAsync(grant.Tokens, cancellationToken);
        }
        catch (SlackException fault)
        {
            NotGivenBack(grant.Installation.Said, fault);
        }
    }

    [LoggerMessage(EventId = 437, Level = LogLevel.Warning, Message = "Slack did not confirm an installation; nothing was kept.")]
    private partial void NotInstalled(Exception fault);

    [LoggerMessage(EventId = 438, Level = LogLevel.Warning, Message = "The Slack workspace {Workspace} is not among Slack:AllowedWorkspaces and was not installed.")]
    private partial void NotAllowed(string workspace);

    [LoggerMessage(EventId = 439, Level = LogLevel.Warning, Message = "The token of the Slack workspace {Workspace} was not kept, and Slack did not take it back.")]
    private partial void NotGivenBack(string workspace, Exception fault);
}
