using ChatOpsCampaigns.Adapters;
using ChatOpsCampaigns.Adapters.Chat.Teams;
using ChatOpsCampaigns.Adapters.Chat.Teams.Inbound;
using ChatOpsCampaigns.Adapters.Chat.Teams.Wire;
using ChatOpsCampaigns.Adapters.Persistence;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Bot.Options;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Bot.Checkup;

/// <summary>Whether Teams can be believed and answered: the Connector's keys, our own token, and where something was heard from.</summary>
internal static class TeamsLooks
{
    private const string Check = "Teams";

    /// <summary>Nothing where Teams is not set up.</summary>
    public static async Task<IReadOnlyList<Finding>> AllAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        if (services.GetService<TeamsSettings>() is not { } settings)
            return [];

        if (settings.AllowLocalClients)
            return [Finding.Warn(Check, "Teams:AllowLocalClients believes whoever comes from this machine without a token", "Leave it out where others work on this machine too.")];

        return [await KeysAsync(services, cancellationToken), await TokenAsync(services, cancellationToken), .. await PlacesAsync(services, cancellationToken)];
    }

    private static async Task<Finding> KeysAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        try
        {
            return await services.GetRequiredService<ConnectorKeys>().CountAsync(cancellationToken) is var count and > 0
                ? Finding.Ok(Check, $"the Connector signs with {count} keys")
                : Finding.Fail(Check, "Teams:OpenIdMetadataUrl names no keys, so that nothing from Teams can be believed", "Leave it out for the Bot Connector's own.");
        }
        catch (KeysAwayException fault)
        {
            return Finding.Warn(Check, $"{fault.Message}; the bot starts and tries again, and everything else works", "Look whether this machine reaches Teams:OpenIdMetadataUrl.");
        }
    }

    private static async Task<Finding> TokenAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        try
        {
            await services.GetRequiredService<ConnectorTokens>().GetAsync(cancellationToken);
            return Finding.Ok(Check, "Entra gives a token for Teams:AppId");
        }
        catch (ConnectorException fault) when (fault.Kind == ConnectorFault.Passing)
        {
            return Finding.Warn(Check, $"{fault.Message}; the bot starts and tries again, and everything else works", "Look whether this machine reaches Teams:TokenUrl.");
        }
        catch (ConnectorException fault)
        {
            return Finding.Fail(Check, $"Teams:ClientSecret is refused: {fault.Message}", "Make a new secret under Certificates & secrets of the app registration, and look whether Teams:AppId and Teams:TenantId are its.");
        }
    }

    /// <summary>Every channel that something is posted to, and everybody of Teams who was given a role: whether anything was heard from there.</summary>
    private static async Task<IReadOnlyList<Finding>> PlacesAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        if (!await IsDatabaseThereAsync(services, cancellationToken))
            return [];

        var references = services.GetRequiredService<ITeamsReferenceStore>();
        if (await references.LatestAsync(cancellationToken) is null)
            return [Finding.Warn(Check, "nothing has come from Teams yet, so that nothing can be posted there", "Add the app in Teams and write \"help\" to it; or look whether the Azure Bot's messaging endpoint leads to /api/messages at Public:Urls.")];

        var findings = new List<Finding>();
        foreach (var channel in await ChannelsAsync(services, cancellationToken))
        {
            findings.Add(await references.FindAsync(new ConversationId(channel), cancellationToken) switch
            {
                { Closed: { } why } => Finding.Warn(Check, $"nothing can be posted to {channel}: {why}", "Add the app to that team."),
                null => Finding.Warn(Check, $"nothing has come from {channel} yet", "Mention the bot there once: whether it may post there is known then."),
                _ => Finding.Ok(Check, $"{channel} is known"),
            });
        }

        foreach (var person in services.GetRequiredService<PeopleOptions>().Roles.GetValueOrDefault(TeamsPlace.Prefix)?.Keys.Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>())
        {
            findings.Add(await references.FindAsync(TeamsPlace.With(person).Conversation, cancellationToken) is { User: not null }
                ? Finding.Ok(Check, $"{person} has written to the bot")
                : Finding.Warn(Check, $"{person} has not written to the bot yet", "Let them write \"help\" to it once: their buttons on requests, and messages to them, are sure then."));
        }

        return findings;
    }

    /// <summary>With the tables that are asked here: a file that is not there is not made.</summary>
    private static async Task<bool> IsDatabaseThereAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        (DatabaseOptions.From(services.GetRequiredService<IConfiguration>()).Postgres is not null || File.Exists(services.GetRequiredService<DataFolder>().Database))
        && (await services.GetRequiredService<DatabaseStanding>().MigrationsAsync(cancellationToken)).Waiting.Count == 0;

    private static async Task<IReadOnlyCollection<string>> ChannelsAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var accounts = services.GetRequiredService<IAdAccounts>();
        var channels = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var account in await accounts.AllAsync(cancellationToken))
        {
            var binding = await accounts.BindingAsync(account.Id, cancellationToken);
            channels.UnionWith(new[] { binding.Feed, binding.Approvals, binding.Incidents }.Where(place => place.StartsWith($"{TeamsPlace.Prefix}/", StringComparison.Ordinal)));
        }

        return channels;
    }
}
