using ChatOpsCampaigns.Adapters.AdNetworks.Simulator;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;
using ChatOpsCampaigns.Kit;
using Microsoft.Data.Sqlite;

namespace ChatOpsCampaigns.Bot.Tests.Crashing;

/// <summary>The real program, killed with SIGKILL at a named point and started again on what it left behind.</summary>
internal sealed class CrashingBot : IAsyncDisposable
{
    /// <summary>A minute of looks: beside much other work a start alone has taken twenty seconds.</summary>
    private const int MostLooks = 1200;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly string _orders = Path.Combine(Directory.CreateTempSubdirectory("crash-").FullName, "orders");
    private readonly BotProcess _bot;

    public CrashingBot(params string[] arguments) => _bot = BotProcess.Waiting(
        new Dictionary<string, string> { ["DOTNET_STARTUP_HOOKS"] = typeof(CrashingBot).Assembly.Location, [CrashPoints.Orders] = _orders }, arguments);

    /// <summary>One that begins with a copy of what another left behind, which has ended.</summary>
    public CrashingBot(CrashingBot left, params string[] arguments) : this(arguments)
    {
        foreach (var file in Directory.EnumerateFiles(left._bot.Folder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_bot.Folder, Path.GetRelativePath(left._bot.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public Uri Address => _bot.Address;

    public string Folder => _bot.Folder;

    public string Output => _bot.Output;

    public bool HasEnded => _bot.HasEnded;

    public Task<int> StopAsync(CancellationToken cancellationToken) => _bot.StopAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => _bot.StartAgainAsync(cancellationToken);

    /// <summary>For good: what it leaves behind can be copied.</summary>
    public Task EndAsync() => _bot.KillAsync();

    /// <summary>Everything that is passed from now until <paramref name="act"/> has ended, in order.</summary>
    public async Task<IReadOnlyList<string>> RecordAsync(Func<Task> act)
    {
        Order("");
        await act();
        File.Delete(_orders);
        return File.Exists($"{_orders}.passed") ? await File.ReadAllLinesAsync($"{_orders}.passed") : [];
    }

    /// <summary>
    /// From now on the program kills itself at the first of these points, and the next life at the next. In the end it is started once more.
    /// </summary>
    /// <param name="act">Done in every life but the last.</param>
    /// <param name="isDone">It came to its end all the same and need not be waited for.</param>
    /// <returns>The points at which it died.</returns>
    public async Task<IReadOnlyList<string>> DiesAtAsync(IReadOnlyList<string> points, Func<Task> act, Func<Task<bool>> isDone, CancellationToken cancellationToken)
    {
        var died = new List<string>();
        foreach (var point in points)
        {
            Order(point);
            try
            {
                if (point != points[0])
                    await StartAsync(cancellationToken);

                await act();
            }
            catch (Exception fault) when (fault is HttpRequestException or InvalidOperationException or IOException && !cancellationToken.IsCancellationRequested)
            {
                // Whoever talks to it finds it gone; a start ends before the chat could be opened.
            }

            for (var look = 0; look < MostLooks && !HasEnded && !await isDone(); look++)
                await Task.Delay(Look, TimeProvider.System, cancellationToken);

            if (HasEnded)
                died.Add(point);
            else
                await _bot.KillAsync();
        }

        File.Delete(_orders);
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
    public async Task<long> CountAsync(string sql, CancellationToken cancellationToken) => (long)(await FindAsync(sql, cancellationToken))!;

    /// <summary>One text out of the program's database; empty when there is none.</summary>
    public async Task<string> TextAsync(string sql, CancellationToken cancellationToken) =>
        Convert.ToString(await FindAsync(sql, cancellationToken), System.Globalization.CultureInfo.InvariantCulture) ?? "";

    private async Task<object?> FindAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(_bot.Folder, "campaigns.db")};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Written in the tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    public async Task UntilAsync(Func<Task<bool>> isSo, string what, CancellationToken cancellationToken)
    {
        for (var look = 0; !await isSo(); look++)
        {
            if (look == 3600)
                throw new InvalidOperationException($"Not so after three minutes: {what}\n{await StandingAsync(cancellationToken)}\n{Output}");

            await Task.Delay(Look, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>What a person who looks for the cause wants to see.</summary>
    public async Task<string> StandingAsync(CancellationToken cancellationToken)
    {
        string[] asked =
        [
            "SELECT group_concat(Body, char(10)) FROM (SELECT Body FROM Turns ORDER BY Number DESC LIMIT 3)",
            "SELECT group_concat(Person || ' ' || Id || ' ' || State, char(10)) FROM (SELECT * FROM Intents ORDER BY At DESC LIMIT 12)",
            "SELECT group_concat(Body, char(10)) FROM Drafts",
            "SELECT group_concat(Id || ' ' || State || ' ' || CarriedOut, char(10)) FROM Approvals",
            "SELECT group_concat(Handle || ' ' || Status, char(10)) FROM Campaigns",
            "SELECT group_concat(Body, char(10)) FROM (SELECT Body FROM Incidents ORDER BY Id DESC LIMIT 4)",
            "SELECT group_concat(Body, char(10)) FROM Audit WHERE json_extract(Body, '$.Kind') = 'incident'",
            "SELECT group_concat(json_extract(Body, '$.Action') || ': ' || json_extract(Body, '$.Reason'), char(10)) FROM (SELECT Body FROM Feed ORDER BY Number DESC LIMIT 12)",
        ];
        var told = new List<string>();
        foreach (var sql in asked)
            told.Add(await TextAsync(sql, cancellationToken));

        return string.Join("\n--\n", told);
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
