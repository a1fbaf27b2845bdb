using ChatOpsCampaigns.Adapters;
using ChatOpsCampaigns.Bot.Checkup;
using ChatOpsCampaigns.Bot.Composition;
using ChatOpsCampaigns.Bot.Composition.Chats;
using ChatOpsCampaigns.Bot.Endpoints;
using ChatOpsCampaigns.Bot.Endpoints.Public;
using ChatOpsCampaigns.Bot.Operating;

namespace ChatOpsCampaigns.Bot.Start;

/// <summary>What the program consists of, and its request pipeline.</summary>
internal static partial class HostStart
{
    /// <summary>Everything but the data folder, which is registered before.</summary>
    public static IServiceCollection AddAll(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(PublicListener.Read(configuration))
        .AddPersistence(configuration)
        .AddClocks(configuration)
        .AddPeople(configuration)
        .AddAdNetworks(configuration)
        .AddMedia(configuration)
        .AddCreation(configuration)
        .AddAlerts(configuration)
        .AddSafety(configuration)
        .AddAgent(configuration)
        .AddWizard(configuration)
        .AddWebChat(configuration)
        .AddSlack(configuration)
        .AddTeams(configuration)
        .AddDialogs(configuration)
        .AddOperating(configuration);

    /// <summary>Every route, and a line that says where the chat is once it can be opened.</summary>
    public static void MapAll(this WebApplication app)
    {
        app.MapRoutes();
        app.Lifetime.ApplicationStarted.Register(() => SayWhere(app));
    }

    /// <summary>The guard first, then the doors, the page's files, the routes. A route without a door is shut; what has no route is not there.</summary>
    public static void MapRoutes(this WebApplication app)
    {
        app.UseMiddleware<LocalGuard>();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(15), KeepAliveTimeout = TimeSpan.FromSeconds(30) });
        app.UseMiddleware<DoorKeeper>();
        app.UseStaticFiles();
        app.MapPage();
        app.MapDirectLine();
        app.MapFeed();
        app.MapMedia();
        app.MapCards();
        app.MapHealth();
        app.MapSlack();
        app.MapSlackInstall();
        app.MapTeams();
        app.MapTeamsTab();
        app.MapUploadPage();
        app.MapAboutPages();
        app.MapPrometheusScrapingEndpoint("/metrics").Behind(Door.Open);
    }

    /// <summary>Runs until it is asked to end. What had begun already when a start fails, for example the schedule, is ended too.</summary>
    public static async Task RunAsync(WebApplication app)
    {
        try
        {
            await app.RunAsync();
        }
        catch
        {
            await app.StopAsync();
            throw;
        }
    }

    private static void SayWhere(WebApplication app)
    {
        var listener = app.Services.GetRequiredService<PublicListener>();
        if (app.Urls.Any(address => !LocalListener.IsLoopback(address) && !listener.IsOf(address)))
        {
            Reachable(app.Logger, string.Join(" ", app.Urls));
            app.Lifetime.StopApplication();
            return;
        }

        foreach (var line in UnbuiltOptions.Lines(app.Configuration))
            Console.WriteLine(line);

        foreach (var kept in SecretLooks.All(app.Configuration, app.Environment).Prepend(FolderLooks.Keys(app.Services.GetRequiredService<DataFolder>(), app.Configuration)).Where(finding => finding.Standing == Standing.Warn))
            Console.WriteLine($"Warning: {kept.Says}. Repair it with: {kept.Repair}");

        foreach (var address in listener.Addresses)
            Console.WriteLine($"Slack may come in at {address}slack/…, Teams at {address}api/messages, through your proxy.");

        Console.WriteLine($"The chat is at {app.Urls.First(address => !listener.IsOf(address))}/  (stop with Ctrl-C)");
    }

    [LoggerMessage(EventId = 182, Level = LogLevel.Critical, Message = "Bound to {Urls}, which others can reach. Stopping.")]
    private static partial void Reachable(ILogger logger, string urls);
}
