using ChatOpsCampaigns.Adapters.AdNetworks.Simulator;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;
using ChatOpsCampaigns.Kit;
using Microsoft.Data.Sqlite;

namespace ChatOpsCampaigns.Bot.Tests.Crashing;

/// <summary>The real program, killed with SIGKILL at a named point and started again on what it left behind.</summary>
internal sealed class CrashingBot : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly string _orders = Path.Combine(Directory.CreateTempSubdirectory("crash-").FullName, "orders");
    private readonly BotProcess _bot;

    public CrashingBot(params string[] arguments) => _bot = BotProcess.Waiting(
        new Dictionary<string, string> { ["DOTNET_STARTUP_HOOKS"] = typeof(CrashingBot).Assembly.Location, [CrashPoints.Orders] = _orders }, arguments);

    public Uri Address => _bot.Address;

    public string Output => _bot.Output;

    public Task StartAsync(CancellationToken cancellationToken) => _bot.StartAgainAsync(cancellationToken);

    /// <summary>Everything that is passed from now until <paramref name="act"/> has ended, in order.</summary>
    public async Task<IReadOnlyList<string>> RecordAsync(Func<Task> act)
    {
        Order("");
        await act();
        File.Delete(_orders);
        return File.Exists($"{_orders}.passed") ? await File.ReadAllLinesAsync($"{_orders}.passed") : [];
    }

    /// <summary>From now on the program kills itself at this point. When it has, it is started again; false when it never came there.</summary>
    public async Task<bool> DiesAtAsync(string point, Func<Task> act, CancellationToken cancellationToken)
    {
        Order(point);
        try
        {
            await act();
        }
        catch (Exception fault) when (fault is HttpRequestException or InvalidOperationException or IOException && !cancellationToken.IsCancellationRequested)
        {
            // Whoever talks to it finds it gone; a start ends before the chat could be opened.
        }

        for (var look = 0; look < 100 && !_bot.HasEnded; look++)
            await Task.Delay(Look, TimeProvider.System, cancellationToken);

        File.Delete(_orders);
        var died = _bot.HasEnded;
        if (!died)
            await _bot.KillAsync();

        await StartAsync(cancellationToken);
        return died;
    }

    /// <summary>The network's own record: every change with what it did.</summary>
    public IReadOnlyList<Change> AtTheNetworks()
    {
        using var file = new SimulatedFile(Path.Combine(_bot.Folder, "networks.db"));
        return [.. file.All()];
    }

    /// <summary>Campaigns that may spend at the networks: activated after they were last paused or archived.</summary>
    public IReadOnlyList<Change> Running()
    {
        var all = AtTheNetworks();
        return [.. all.Where(made => made.Created is not null
            && all.LastOrDefault(change => change.Target == made.Answer && change.Happened is MarketEvent.Activated or MarketEvent.Paused or MarketEvent.Archived)?.Happened is MarketEvent.Activated)];
    }

    /// <summary>One number out of the program's database.</summary>
    public async Task<long> CountAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(_bot.Folder, "campaigns.db")};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Written in the tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public async Task UntilAsync(Func<Task<bool>> isSo, string what, CancellationToken cancellationToken)
    {
        for (var look = 0; !await isSo(); look++)
        {
            look.ShouldBeLessThan(1200, $"{what}\n{Output}");
            await Task.Delay(Look, TimeProvider.System, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _bot.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(_orders)!, recursive: true);
    }

    private void Order(string point)
    {
        File.Delete($"{_orders}.passed");
        File.WriteAllText($"{_orders}.new", point);
        File.Move($"{_orders}.new", _orders, overwrite: true);
    }
}
