using System.Globalization;
using ChatOpsCampaigns.Adapters;
using ChatOpsCampaigns.Adapters.AdNetworks;
using ChatOpsCampaigns.Adapters.Chat.WebChat;
using ChatOpsCampaigns.Adapters.Media.Pictures;
using ChatOpsCampaigns.Adapters.Persistence;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.Foresight;
using ChatOpsCampaigns.Automation.Agent.Rounds;
using ChatOpsCampaigns.Automation.Alerts;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Hours;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Bot.Start;
using ChatOpsCampaigns.Dialogs.Announcing;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Kit;
using ChatOpsCampaigns.Kit.Faults;
using ImageMagick;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Bot.Tests.Months;

/// <summary>
/// The whole program over a database of its own and the simulated networks, with no worker running: a test takes the steps that the
/// workers would take, on a clock that stands still between them. Everything outside may go wrong as a plan deals it.
/// </summary>
internal sealed class WholeBot : IAsyncDisposable
{
    public static readonly TimeSpan StepLength = TimeSpan.FromMinutes(5);

    private const int MostNews = 200;

    private static readonly DateTimeOffset Start = new(2026, 3, 2, 6, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("campaigns-whole-").FullName;
    private readonly ServiceProvider _services;
    private long _told;
    private int _steps;

    private WholeBot(FaultPlan faults, ulong market, Manners chat, IReadOnlyDictionary<string, string?> more, Func<IChatChannel, IChatChannel> around)
    {
        Faults = faults;
        People = new JumpingClock(Machine);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Clock:Start"] = Start.ToString("O", CultureInfo.InvariantCulture),
            ["Demo:History"] = "false",
            ["Simulator:Latency"] = "00:00:00",
            ["Simulator:ReviewTime"] = "00:00:00",
            ["Simulator:Seed"] = market.ToString(CultureInfo.InvariantCulture),
            ["AdNetworks:Meta:Simulated:TimeZone"] = "Etc/UTC",
            ["AdNetworks:TikTok:Simulated:TimeZone"] = "Etc/UTC",
        }).AddInMemoryCollection(more).Build();
        var services = new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.None))
            .AddSingleton<IConfiguration>(configuration).AddSingleton(new DataFolder(_folder)).AddAll(configuration).AddSingleton<TimeProvider>(new ForwardClock(People));
        services.AddSingleton<IAdNetworkDirectory>(provider => new ObedientNetworks(
            new HeardNetworks(new TimedNetworks(new WatchedNetworks(provider.GetRequiredService<AdNetworkDirectory>(), this), Machine), Heard),
            provider.GetRequiredService<AccountRests>()));
        services.RemoveAll<IAlertChannel>();
        services.AddSingleton<IAlertChannel>(Faulty.Around<IAlertChannel>(Told, faults, Manners.Chat, Machine));
        Wrap<ICampaignStore>(services);
        Wrap<IReadingStore>(services);
        Wrap<IIntentStore>(services);
        Wrap<IIncidentStore>(services);
        Wrap<IApprovalStore>(services);
        Wrap<IDecisionStore>(services);
        Wrap<ISettingsStore>(services);
        Wrap<IAlertStore>(services);
        Wrap<IDraftStore>(services);
        Wrap<IForecastStore>(services);
        Wrap<IAuditTrail>(services);
        Wrap<IActivityFeed>(services);
        Wrap<IConversationStore>(services);
        Wrap<IInbox>(services);
        Wrap<IActivityLog>(services);
        Wrap<IStopJournal>(services, Manners.Notes);
        Wrap<IMediaStore>(services, Manners.Media);
        Wrap<IChatChannel>(services, chat, around);
        _services = services.BuildServiceProvider();
    }

    public FakeTimeProvider Machine { get; } = new(Start);

    /// <summary>The machine's clock as people set it: its hands jump, its ticking does not.</summary>
    public JumpingClock People { get; }

    /// <summary>How far <see cref="People"/> is off in each step, over and over; nothing: it goes right.</summary>
    public IReadOnlyList<TimeSpan> ClockIsOff { get; set; } = [];

    public FaultPlan Faults { get; }

    public FakeAlertChannel Told { get; } = new("sms");

    /// <summary>Seen at the network's own door, in order: what was asked of it, and what it answered; null where it did not.</summary>
    public List<Mutation> Mutations { get; } = [];

    /// <summary>What the program was answered: what a fault lost on the way is not in it.</summary>
    public HeardFigures Heard { get; } = new();

    public CampaignClock Clock => Get<CampaignClock>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="market">The seed of the simulated market.</param>
    /// <param name="chat">How the chat fails; null: in every way that a chat does.</param>
    /// <param name="more">Settings of a test's own.</param>
    /// <param name="around">What stands around the chat, outside of its faults.</param>
    public static async Task<WholeBot> OpenAsync(
        FaultPlan faults, ulong market = 4, Manners? chat = null, IReadOnlyDictionary<string, string?>? more = null, Func<IChatChannel, IChatChannel>? around = null)
    {
        var bot = new WholeBot(faults, market, chat ?? Manners.Chat, more ?? new Dictionary<string, string?>(), around ?? (channel => channel));
        await bot.CalmlyAsync(async () =>
        {
            await bot.Get<DatabaseStart>().PrepareAsync(Cancel);
            return bot.Clock;
        });
        return bot;
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public async Task<Person> PersonAsync(string name) => await Get<IPeople>().GetAsync(new PersonId($"local:{name}"), Cancel);

    /// <summary>Asks until it is so, as a person does who is told "no" by a fault; a step passes in between.</summary>
    public async Task UntilAsync(string what, int most, Func<Task<bool>> isSo, Func<Task>? asks = null, Func<Task>? afterStep = null)
    {
        for (var steps = 0; !await CalmlyAsync(isSo); steps++)
        {
            (steps < most).ShouldBeTrue($"{what} did not come about. {Faults}");
            if (asks is not null)
                await TryAsync(asks);

            await StepAsync();
            if (afterStep is not null)
                await afterStep();
        }
    }

    /// <summary>Five minutes, and everything that the workers do meanwhile.</summary>
    public async Task StepAsync()
    {
        Machine.Advance(StepLength);
        if (ClockIsOff.Count > 0)
            People.Off = ClockIsOff[_steps++ % ClockIsOff.Count];

        await TryAsync(async () =>
        {
            foreach (var campaign in await Get<ICampaignStore>().LaunchingAsync(Cancel))
                await TryAsync(() => Get<CampaignCreationEngine>().ContinueAsync(campaign.Id, Cancel));
        });
        await TryAsync(() => Get<ApprovalDesk>().FinishAsync(Cancel));
        await TryAsync(() => Get<HoursSwitch>().TurnAsync(Cancel));
        await TryAsync(() => Get<EmergencyMonitor>().SweepAsync(Cancel));
        await TryAsync(() => Get<ActRecorder>().CatchUpAsync(Cancel));
        await TryAsync(() => Get<AgentTurns>().RunAsync(Cancel));
        await TryAsync(() => Get<UntoldIncidents>().TellAsync(Cancel));
        await TryAsync(() => Get<AlertSender>().SendWaitingAsync(Cancel));
        await TryAsync(TellAsync);
    }

    /// <summary>What happened since the last step is told in the chat, and what a chat could not be told before.</summary>
    private async Task TellAsync()
    {
        var news = await Get<IActivityFeed>().LatestAsync(WorkspaceId.Local, null, MostNews, Cancel);
        foreach (var happened in news.Where(one => one.Id > _told).OrderBy(one => one.Id))
        {
            await Get<FeedAnnouncer>().TellAsync(happened, Cancel);
            _told = happened.Id;
        }

        await Get<FeedAnnouncer>().TellUntoldAsync(Cancel);
    }

    /// <summary>A person with an open chat, where the program tells what happens.</summary>
    public Task ListensAsync(string name) => CalmlyAsync(async () =>
    {
        await Get<IConversationStore>().SaveAsync(new ConversationState(new ConversationId($"local/{name}"), new PersonId($"local:{name}")), Cancel);
        return true;
    });

    /// <summary>A turn as a chat brings it: kept, carried out with whatever was left waiting, and noted as done until that is on record.</summary>
    public Task SayAsync(ChatTurn turn) => TryAsync(async () =>
    {
        var inbox = Get<IInbox>();
        await inbox.AddAsync(turn, Cancel);
        foreach (var waiting in await inbox.WaitingAsync(Cancel))
        {
            await Get<ITurnHandler>().HandleAsync(waiting, Cancel);
            while ((await CalmlyAsync(() => inbox.WaitingAsync(Cancel))).Any(one => one.Id == waiting.Id))
                await TryAsync(() => inbox.DoneAsync(waiting, Cancel));
        }
    });

    /// <summary>Looks without faults.</summary>
    public async Task<T> CalmlyAsync<T>(Func<Task<T>> look)
    {
        var (was, faults) = (Faults.IsOn, Faults);
        faults.IsOn = false;
        try
        {
            return await look();
        }
        finally
        {
            faults.IsOn = was;
        }
    }

    /// <summary>A draft that passes every check, with one picture.</summary>
    public async Task<CampaignDraft> DraftAsync(string id, string network = "Meta")
    {
        MagickGuard.Arm();
        using var picture = new MagickImage(MagickColors.SteelBlue, 1200, 1200);
        var file = await Get<IMediaStore>().KeepAsync(new MemoryStream(picture.ToByteArray(MagickFormat.Jpeg)), Cancel);
        var seen = (Inspection.Usable)await Get<ICreativeEditor>().InspectAsync(file, "picture.jpg", Cancel);
        var draft = A.Draft(id) with
        {
            Name = $"{network} installs {id}", Network = new NetworkName(network), Account = new AdAccountId(network.ToLowerInvariant()), Creatives = [seen.Creative],
        };
        return await Get<IDraftStore>().SaveAsync(draft, Cancel);
    }

    /// <summary>The network's own word on everything that stands there; an account whose reports the market has silenced is left out.</summary>
    public async Task<IReadOnlyList<NetworkCampaign>> AtNetworksAsync()
    {
        var shown = new List<NetworkCampaign>();
        foreach (var account in await Get<IAdAccounts>().AllAsync(Cancel))
        {
            await TryAsync(async () =>
            {
                var reading = await Get<AdNetworkDirectory>().For(account, NetworkMode.Simulated).ReadAccountAsync(account, Cancel);
                shown.AddRange(reading.Campaigns.Values.Select(one => one.Settings));
            });
        }

        return shown;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>What a worker or a person's turn meets as a fault of the outside ends that one piece of work, and no more.</summary>
    public static async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception fault) when (fault is AdNetworkException or SqliteException or IOException or HttpRequestException or TimeoutException || fault.InnerException is SqliteException)
        {
            // The next step tries again.
        }
    }

    private void Wrap<T>(IServiceCollection services, Manners? manners = null, Func<T, T>? around = null) where T : class
    {
        var own = services.Last(one => one.ServiceType == typeof(T));
        services.Remove(own);
        services.AddSingleton(provider => (around ?? (one => one))(Faulty.Around(
            (T)(own.ImplementationInstance ?? own.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, own.ImplementationType!)),
            Faults, manners ?? Manners.Database, Machine)));
    }
}
