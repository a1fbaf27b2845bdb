using ChatOpsCampaigns.Bot.Start;
using System.Globalization;
using ChatOpsCampaigns.Adapters;
using ChatOpsCampaigns.Adapters.AdNetworks;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator;
using ChatOpsCampaigns.Adapters.Persistence;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Bot.Measuring.Lines;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Data.Sqlite;

namespace ChatOpsCampaigns.Bot.Measuring;

/// <summary>
/// The whole program in a folder of its own that is deleted afterwards, put together as it always is, except for the way to the networks.
/// No setting of this machine reaches it: nothing that is measured can meet a live network.
/// </summary>
internal sealed class BenchHost : IAsyncDisposable
{
    /// <summary>Before noon, so that no account's day ends while something is measured.</summary>
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 6, 0, 0, TimeSpan.Zero);

    private readonly WebApplication _app;
    private readonly string _folder;
    private bool _started;

    private BenchHost(WebApplication app, string folder, RoughLine line) => (_app, _folder, Line) = (app, folder, line);

    public RoughLine Line { get; }

    public CampaignClock Clock => Get<CampaignClock>();

    public TimeProvider Machine => Get<TimeProvider>();

    /// <summary>Where its chat is, once started.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Composed, with its database, but with no worker running.</summary>
    public static async Task<BenchHost> OpenAsync(BenchPlan plan, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("campaigns-bench-").FullName;
        var line = new RoughLine(plan.Line, plan.Seed, TimeProvider.System);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
        });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(Settings(plan));
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Error).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddSingleton(new DataFolder(folder)).AddSingleton(provider => DataFolderLock.Take(provider.GetRequiredService<DataFolder>(), TimeProvider.System))
            .AddAll(builder.Configuration).AddSingleton<INetworkLine>(line);

        var app = builder.Build();
        await app.Services.GetRequiredService<DatabaseStart>().PrepareAsync(cancellationToken);
        return new BenchHost(app, folder, line);
    }

    /// <summary>Lets every worker run, and opens the chat on a free port of this machine.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _app.MapRoutes();
        _started = true;
        await _app.StartAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_started)
            await _app.StopAsync(CancellationToken.None);

        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private static Dictionary<string, string?> Settings(BenchPlan plan)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Clock:Speed"] = plan.Speed.ToString(CultureInfo.InvariantCulture),
            ["Clock:Start"] = Start.ToString("O", CultureInfo.InvariantCulture),
            ["Demo:History"] = "false",
            ["Safety:SweepEvery"] = plan.SweepEvery.ToString(),
            ["Simulator:Seed"] = plan.Seed.ToString(CultureInfo.InvariantCulture),
            ["Simulator:Latency"] = "00:00:00",
            ["Simulator:ReviewTime"] = "00:00:00",
        };
        foreach (var profile in AdNetworkCatalog.Profiles)
        {
            settings[$"AdNetworks:{profile.Name}:Mode"] = "Simulated";
            settings[$"AdNetworks:{profile.Name}:Simulated:TimeZone"] = "Etc/UTC";
            settings[$"AdNetworks:{profile.Name}:Simulated:DailyLimit"] = "1000000";
            for (var account = 1; account <= plan.AccountsPerNetwork; account++)
                settings[$"AdNetworks:{profile.Name}:Accounts:b{account}:AccountId"] = $"bench-{account}";
        }

        return settings;
    }
}
