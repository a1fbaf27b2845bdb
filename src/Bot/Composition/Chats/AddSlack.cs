using ChatOpsCampaigns.Adapters.Chat;
using ChatOpsCampaigns.Adapters.Chat.Slack.Pictures;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Files;
using ChatOpsCampaigns.Adapters.Chat.Slack.Homes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;
using ChatOpsCampaigns.Adapters.Chat.Slack.Installing;
using ChatOpsCampaigns.Adapters.Chat.Slack.Rooms;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Adapters.Chat.WebChat;
using ChatOpsCampaigns.Adapters.Persistence.Stores;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Bot.Inbox;
using ChatOpsCampaigns.Bot.Options;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Bot.Composition.Chats;

internal static class SlackServices
{
    /// <summary>The name of its client; every request carries a token, so its requests are never logged.</summary>
    private const string Client = "slack";

    /// <summary>Slack, when its bot token is set; else nothing of it. With an app token we connect to Slack, with a signing secret Slack connects to us.</summary>
    public static IServiceCollection AddSlack(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = SlackOptions.From(configuration);
        if (!settings.IsSetUp)
            return services;

        // Every call has its own time limit; a redirect would show the token to somebody else.
        services.AddHttpClient(Client, http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
            .RemoveAllLoggers();
        if (settings.UsesSocket)
            services.AddSingleton<SlackSocket>().AddSingleton<IEar>(provider => provider.GetRequiredService<SlackSocket>()).AddHostedService<SlackSocketWorker>();
        else if (settings.BotToken is { Length: > 0 })
            services.AddHostedService<SlackSignInWorker>();

        if (settings.Installs)
            services.AddInstalling();

        return services
            .AddSingleton(settings)
            .AddSingleton<SlackPace>()
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<SlackApi>(provider, Http(provider)))
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<SlackDownloads>(provider, Http(provider)))
            .AddSingleton<SlackPictures>()
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<SlackResponses>(provider, Http(provider)))
            .AddSingleton<SlackCharts>()
            .AddSingleton<SlackWorkspaces>()
            .AddSingleton<SlackMembers>()
            .AddSingleton<IMembers>(provider => provider.GetRequiredService<SlackMembers>())
            .AddSingleton<SlackFiles>()
            .AddSingleton<ISlackCardStore, SlackCardStore>()
            .AddSingleton<MemberNames>()
            .AddSingleton<SlackComposer>()
            .AddSingleton<SlackPosts>()
            .AddSingleton<GreetedPlaces>()
            .AddSingleton<SlackDoors>()
            .AddSingleton<SlackPeople>()
            .AddSingleton<IChatChannel, SlackChannel>()
            .AddSingleton<SlackRooms>()
            .AddSingleton<IRooms>(provider => provider.GetRequiredService<SlackRooms>())
            .AddSingleton<ITurnIntake>(provider => provider.GetRequiredService<Reception>())
            .AddSingleton<PostedCards>()
            .AddSingleton<AwaitedWindows>()
            .AddSingleton<HomeOpeners>()
            .AddSingleton<SlackHomes>()
            .AddSingleton<SlackWindows>()
            .AddSingleton<SlackIntake>()
            .AddHostedService<SlackHomeWorker>()
            .AddHostedService<SlackWindowsWorker>()
            .AddSingleton<AnsweredRequests>();
    }

    /// <summary>Workspaces that install the app, with their tokens encrypted.</summary>
    private static void AddInstalling(this IServiceCollection services)
    {
        services.AddSecrets();
        services
            .AddSingleton<ISlackInstallations, SlackInstallationStore>()
            .AddSingleton<SlackOAuth>()
            .AddSingleton<SlackInstalled>()
            .AddSingleton<SlackInstaller>()
            .AddSingleton<InstallStates>()
            .AddHostedService<SlackTokensWorker>();
    }

    /// <summary>The chats that there are, by the name that their conversations begin with.</summary>
    public static IReadOnlyList<string> Chats(IConfiguration configuration) =>
        SlackOptions.From(configuration).IsSetUp ? [WebChatChannel.ChannelName, SlackPlace.Prefix] : [WebChatChannel.ChannelName];

    private static HttpClient Http(IServiceProvider provider) => provider.GetRequiredService<IHttpClientFactory>().CreateClient(Client);
}
