using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;

namespace ChatOpsCampaigns.Bot.Checkup;

/// <summary>A way to Slack and back with each token, and the link that fails.</summary>
internal static class SlackLooks
{
    private const string Check = "Slack";

    /// <summary>Nothing where Slack is not set up.</summary>
    public static async Task<IReadOnlyList<Finding>> AllAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        if (services.GetService<SlackWorkspaces>() is not { } workspaces)
            return [];

        var findings = new List<Finding>();
        try
        {
            var own = await workspaces.OwnAsync(cancellationToken);
            findings.Add(Finding.Ok(Check, $"Slack:BotToken speaks as {own.Self.User} in the workspace {own.Self.Workspace}"));
        }
        catch (SlackException fault)
        {
            findings.Add(Broken("Slack:BotToken", fault, "Copy the Bot User OAuth Token again from the app's OAuth & Permissions page; reinstall the app there when its scopes changed."));
        }

        var settings = services.GetRequiredService<SlackSettings>();
        if (!settings.UsesSocket)
            return findings;

        try
        {
            await services.GetRequiredService<SlackApi>().CallAsync(new SlackCall("apps.connections.open", settings.AppToken!, "app", [], IsForm: true), cancellationToken);
            findings.Add(Finding.Ok(Check, "Slack:AppToken may open a connection"));
        }
        catch (SlackException fault)
        {
            findings.Add(Broken("Slack:AppToken", fault, "Make a token with the scope connections:write under Basic Information, App-Level Tokens, and switch Socket Mode on."));
        }

        return findings;
    }

    private static Finding Broken(string token, SlackException fault, string repair) => fault.Kind == SlackFault.Passing
        ? Finding.Warn(Check, $"{fault.Message}; the bot starts and tries again, and everything else works", "Look whether this machine reaches Slack:ApiBaseUrl.")
        : Finding.Fail(Check, $"{token} is refused: {fault.Message}", repair);
}
