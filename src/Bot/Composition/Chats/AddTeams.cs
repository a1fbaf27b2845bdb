using ChatOpsCampaigns.Adapters.Chat;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Adapters.Chat.Teams;
using ChatOpsCampaigns.Adapters.Chat.Teams.Files;
using ChatOpsCampaigns.Adapters.Chat.Teams.Inbound;
using ChatOpsCampaigns.Adapters.Chat.Teams.Pictures;
using ChatOpsCampaigns.Adapters.Chat.Teams.Rooms;
using ChatOpsCampaigns.Adapters.Chat.Teams.Tab;
using ChatOpsCampaigns.Adapters.Chat.Teams.Wire;
using ChatOpsCampaigns.Adapters.Landing;
using ChatOpsCampaigns.Adapters.Persistence.Audit;
using ChatOpsCampaigns.Adapters.Persistence.Chats;
using ChatOpsCampaigns.Adapters.Persistence.Stores;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Bot.Inbox;
using ChatOpsCampaigns.Bot.Options;
using ChatOpsCampaigns.Dialogs.Chat;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ChatOpsCampaigns.Bot.Composition.Chats;

internal static class TeamsServices
{
    /// <summary>The name of its client; every request carries a token or a secret, so its requests are never logged.</summary>
    private const string Client = "teams";

    /// <summary>Microsoft Teams, when its app id is set or a playground on this machine may come; else nothing of it.</summary>
    public static IServiceCollection AddTeams(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = TeamsOptions.From(configuration);
        if (!settings.IsSetUp)
            return services;

        // Every call has its own time limit; a redirect would show the token to somebody else.
        services.AddHttpClient(Client, http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
            .RemoveAllLoggers();

        // The pace, the cards that were posted and where turns come in are the same for every chat.
        services.TryAddSingleton<SlackPace>();
        services.TryAddSingleton<ISlackCardStore, SlackCardStore>();
        services.TryAddSingleton<ITurnIntake>(provider => provider.GetRequiredService<Reception>());
        services.TryAddSingleton<PostedCards>();
        services.TryAddSingleton<MemberNames>();
        return services
            .AddSingleton(settings)
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<ConnectorTokens>(provider, Http(provider)))
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<ConnectorKeys>(provider, Http(provider)))
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<SignInKeys>(provider, Http(provider)))
            .AddSingleton<SignInTokens>()
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<ConnectorApi>(provider, Http(provider)))
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<TeamsDownloads>(provider, LandingRoutes.Internet))
            .AddSingleton<ITeamsReferenceStore, TeamsReferenceStore>()
            .AddSingleton<TeamsMembers>()
            .AddSingleton<IMembers>(provider => provider.GetRequiredService<TeamsMembers>())
            .AddSingleton<TeamsPeople>()
            .AddSingleton<TeamsFiles>()
            .AddSingleton<TeamsAudience>()
            .AddSingleton<TeamsPictures>()
            .AddSingleton<TeamsComposer>()
            .AddSingleton<ShownCards>()
            .AddSingleton<TeamsPosts>()
            .AddSingleton<IChatChannel, TeamsChannel>()
            .AddSingleton<IRooms, TeamsRooms>()
            .AddSingleton<InboundTokens>()
            .AddSingleton(provider => provider.GetRequiredService<StorageOptions>().Passes(provider.GetRequiredService<AuditKey>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<TeamsAnswers>()
            .AddSingleton<TeamsWindows>()
            .AddSingleton<TeamsPresses>()
            .AddSingleton<TeamsIntake>();
    }

    private static HttpClient Http(IServiceProvider provider) => provider.GetRequiredService<IHttpClientFactory>().CreateClient(Client);
}

internal static class ChatNames
{
    /// <summary>The chats that there are, by the name that their conversations begin with.</summary>
    public static IReadOnlyList<string> All(IConfiguration configuration) =>
        TeamsOptions.From(configuration).IsSetUp ? [.. SlackServices.Chats(configuration), TeamsPlace.Prefix] : SlackServices.Chats(configuration);
}
