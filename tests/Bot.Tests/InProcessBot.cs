using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Bot.Tests;

/// <summary>The program in the test's own process on a real port, with the machine's clock in the test's hand.</summary>
internal sealed class InProcessBot : WebApplicationFactory<Program>
{
    private readonly Dictionary<string, string?> _settings;
    private readonly Action<IServiceCollection> _services;
    private readonly string _folder = Directory.CreateTempSubdirectory("campaigns-").FullName;

    private readonly Func<IServiceProvider, CancellationToken, Task>? _before;

    private InProcessBot(
        Dictionary<string, string?> settings, Action<IServiceCollection> services, Func<IServiceProvider, CancellationToken, Task>? before)
    {
        _settings = settings;
        _services = services;
        _before = before;
        UseKestrel(0);
    }

    /// <summary>Machine time. It stands still unless it is moved.</summary>
    public FakeTimeProvider Machine { get; } = new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));

    public Uri Address => ClientOptions.BaseAddress;

    public static InProcessBot Start(params (string Key, string Value)[] settings) => Start(_ => { }, settings);

    /// <param name="services">What takes the place of the program's own.</param>
    public static InProcessBot Start(Action<IServiceCollection> services, params (string Key, string Value)[] settings) => Start(services, null, settings);

    /// <param name="before">What an earlier life left behind: done after the database is there and before any worker starts.</param>
    public static InProcessBot Start(Func<IServiceProvider, CancellationToken, Task>? before, params (string Key, string Value)[] settings) =>
        Start(_ => { }, before, settings);

    private static InProcessBot Start(
        Action<IServiceCollection> services, Func<IServiceProvider, CancellationToken, Task>? before, (string Key, string Value)[] settings)
    {
        var bot = new InProcessBot(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value), services, before);
        bot.StartServer();
        return bot;
    }

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    protected override IHost CreateHost(IHostBuilder builder)
    {
        // What is set here reaches the program as its command line does, before anything is built.
        builder.ConfigureHostConfiguration(host => host.AddInMemoryCollection(new Dictionary<string, string?>(_settings)
        {
            ["Data:Folder"] = _folder,
            ["Urls"] = "http://127.0.0.1:0",
            ["Demo:History"] = "false",
            ["Simulator:Latency"] = "00:00:00",
        }));
        return base.CreateHost(builder);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder) =>
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<TimeProvider>(Machine);
            _services(services);
            if (_before is not null)
                services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(provider => new Before(provider, _before)));
        });

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private sealed class Before(IServiceProvider services, Func<IServiceProvider, CancellationToken, Task> leave) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => leave(services, cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
