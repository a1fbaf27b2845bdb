using ChatOpsCampaigns.Adapters;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Installing;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Adapters.Persistence;
using ChatOpsCampaigns.Bot.Options;

namespace ChatOpsCampaigns.Bot.Checkup;

/// <summary>Every workspace that installed the app: a way there and back with its token as it is kept. Nothing is renewed: a bot beside may be doing it.</summary>
internal static class InstallLooks
{
    private const string Check = "Slack";

    /// <returns>Who we are in each workspace that can be talked to.</returns>
    public static async Task<List<SlackAccess>> AllAsync(IServiceProvider services, List<Finding> findings, CancellationToken cancellationToken)
    {
        var entered = new List<SlackAccess>();
        if (services.GetService<ISlackInstallations>() is not { } store || !await IsReadyAsync(services, cancellationToken))
            return entered;

        var oauth = services.GetRequiredService<SlackOAuth>();
        var all = await store.AllAsync(cancellationToken);
        if (all.Count == 0)
            findings.Add(Finding.Ok(Check, "no workspace has installed the app yet; /slack/install at your public address begins it"));

        foreach (var kept in all)
        {
            if (!oauth.Allows(kept.Is.Workspace))
                findings.Add(Finding.Warn(Check, $"{kept.Is.Said} installed the app and is not among Slack:AllowedWorkspaces: nothing is taken from there or said there", $"Add {kept.Is.Workspace} to Slack:AllowedWorkspaces, or take the app out of that workspace."));
            else if (kept.Is.Ended is { } end)
                findings.Add(Finding.Warn(Check, $"{kept.Is.Said} took the bot out on {end.At:yyyy-MM-dd HH:mm} UTC ({end.Why}): nothing can be said there", "Open /slack/install in that workspace, or take it out of Channels and People."));
            else if (kept.Tokens is not { } tokens)
                findings.Add(Finding.Fail(Check, $"the token for {kept.Is.Said} cannot be read, as after a change of Audit:Key", "Put the key back, or open /slack/install in that workspace."));
            else
                findings.Add(await LookAsync(oauth, kept, tokens, entered, cancellationToken));
        }

        return entered;
    }

    private static async Task<Finding> LookAsync(SlackOAuth oauth, KeptInstallation kept, SlackTokens tokens, List<SlackAccess> entered, CancellationToken cancellationToken)
    {
        try
        {
            var access = await oauth.TestAsync(tokens.Access, cancellationToken);
            entered.Add(access);
            return SlackScopes.All.Except(access.Scopes ?? [.. kept.Is.Scopes]).ToList() is { Count: > 0 } missing
                ? Finding.Warn(Check, $"{kept.Is.Said} did not give the app {string.Join(", ", missing)}", "Open /slack/install in that workspace once more.")
                : Finding.Ok(Check, $"installed in {kept.Is.Said} as {access.Self.User}{(tokens.Expires is { } ends ? $", its token counts until {ends:yyyy-MM-dd HH:mm} UTC and is renewed before" : "")}");
        }
        catch (SlackException fault) when (fault.Error == "token_expired" && tokens.Refresh is not null)
        {
            return Finding.Warn(Check, $"the token for {kept.Is.Said} has ended; a bot that runs renews it", "Start the bot; if it runs, its log says why it cannot.");
        }
        catch (SlackException fault)
        {
            return SlackLooks.Broken($"the token for {kept.Is.Said}", fault, "Open /slack/install in that workspace.");
        }
    }

    /// <summary>A file that is not there is not made, and tables that wait for the next start are not asked.</summary>
    private static async Task<bool> IsReadyAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var isServer = DatabaseOptions.From(services.GetRequiredService<IConfiguration>()).Postgres is not null;
        if (!isServer && !File.Exists(services.GetRequiredService<DataFolder>().Database))
            return false;

        var migrations = await services.GetRequiredService<DatabaseStanding>().MigrationsAsync(cancellationToken);
        return migrations is { Waiting.Count: 0, Unknown.Count: 0 };
    }
}
