using System.Collections.Concurrent;
using ChatOpsCampaigns.Kit.Programs;

namespace ChatOpsCampaigns.Kit;

/// <summary>
/// The program on a data folder of its own, reached from outside alone. A life may share one process with those of other tests, or have one of its
/// own, so that it can be killed without warning; the next life has the same data folder and port.
/// </summary>
public sealed class BotProcess : IAsyncDisposable
{
    private const string SaysWhere = "The chat is at ";

    private readonly string[] _arguments;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly IReadOnlyDictionary<string, string> _environment;
    private ILife? _life;

    private BotProcess(string folder, string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        Folder = folder;
        _arguments = arguments;
        _environment = environment ?? new Dictionary<string, string>();
    }

    private ILife Life => _life ?? throw new InvalidOperationException("It was never started.");

    /// <summary>It ended, or was never started.</summary>
    public bool HasEnded => _life is not { HasEnded: false };

    /// <summary>The process's own number, while it runs alone.</summary>
    public int Id => Life.Process;

    /// <summary>The data folder. It is deleted when this is disposed.</summary>
    public string Folder { get; }

    /// <summary>Where the chat is, for example <c>http://127.0.0.1:40123/</c>. It stays the same after a restart.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    /// <summary>Everything that it has written so far, over all its lives.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>Beside the tests, in the same configuration: <c>artifacts/bin/Bot/release/ChatOpsCampaigns.Bot.dll</c>.</summary>
    public static string Program => ProgramStart.Built("Bot");

    /// <summary>Starts it on a new data folder and a free port, in the shared process, and returns when the chat can be opened.</summary>
    /// <param name="arguments">As on the command line, for example <c>"--Clock:Speed", "60"</c>.</param>
    public static Task<BotProcess> StartAsync(CancellationToken cancellationToken, params string[] arguments) =>
        StartAsync(isAlone: false, arguments, cancellationToken);

    /// <summary>The same in a process of its own, for whoever kills or measures it.</summary>
    public static Task<BotProcess> StartAloneAsync(CancellationToken cancellationToken, params string[] arguments) =>
        StartAsync(isAlone: true, arguments, cancellationToken);

    /// <summary>On a new data folder and not started yet: <see cref="StartAgainAsync"/> does.</summary>
    /// <param name="environment">Added to the environment of every life, which then has a process of its own.</param>
    public static BotProcess Waiting(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        new(Directory.CreateTempSubdirectory("campaigns-").FullName, arguments, environment);

    /// <summary>For a start that is to be refused, or a verb: waits for the end.</summary>
    public static Task<(int ExitCode, string Output)> RunAsync(CancellationToken cancellationToken, params string[] arguments) =>
        RunAsync(isAlone: false, arguments, cancellationToken);

    /// <summary>The same in a process of its own, which remembers nothing of the files that others opened.</summary>
    public static Task<(int ExitCode, string Output)> RunAloneAsync(CancellationToken cancellationToken, params string[] arguments) =>
        RunAsync(isAlone: true, arguments, cancellationToken);

    /// <summary>kill -9: no warning, nothing is put in order.</summary>
    public Task KillAsync() => Life.KillAsync();

    /// <summary>Asks it to end, as Ctrl-C does, and returns its exit code.</summary>
    public async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        await Life.AskToEndAsync(cancellationToken);
        await Life.EndedAsync(cancellationToken);
        return Life.ExitCode;
    }

    /// <summary>Starts it again on the same data folder and port. It is not killed again, and may share the process of others.</summary>
    /// <param name="more">Arguments that are added for this life.</param>
    public Task StartAgainAsync(CancellationToken cancellationToken, params string[] more) =>
        LiveAsync(Address.GetLeftPart(UriPartial.Authority), isAlone: false, cancellationToken, more);

    /// <summary>The same in a process of its own, to be killed again.</summary>
    public Task StartAgainAloneAsync(CancellationToken cancellationToken, params string[] more) =>
        LiveAsync(Address.GetLeftPart(UriPartial.Authority), isAlone: true, cancellationToken, more);

    public async ValueTask DisposeAsync()
    {
        if (!HasEnded)
            await Life.LeaveAsync();

        _life?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static async Task<BotProcess> StartAsync(bool isAlone, string[] arguments, CancellationToken cancellationToken)
    {
        var bot = new BotProcess(Directory.CreateTempSubdirectory("campaigns-").FullName, arguments);
        await bot.LiveAsync("http://127.0.0.1:0", isAlone, cancellationToken);
        return bot;
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(bool isAlone, string[] arguments, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("campaigns-").FullName;
        await using var bot = new BotProcess(folder, arguments);
        bot.Begin([.. arguments, .. FolderUnlessGiven(folder, arguments)], isAlone);
        await bot.Life.EndedAsync(cancellationToken);
        return (bot.Life.ExitCode, bot.Output);
    }

    private async Task LiveAsync(string urls, bool isAlone, CancellationToken cancellationToken, params string[] more)
    {
        var before = _output.Count;
        Begin(["--Urls", urls, "--Data:Folder", Folder, .. _arguments, .. more], isAlone);
        using var every = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        while (await every.WaitForNextTickAsync(cancellationToken))
        {
            if (_output.Skip(before).FirstOrDefault(line => line.StartsWith(SaysWhere, StringComparison.Ordinal)) is { } line)
            {
                Address = new Uri(line[SaysWhere.Length..].Split(' ')[0]);
                return;
            }

            if (HasEnded)
                throw new InvalidOperationException($"The bot ended with {Life.ExitCode} before the chat could be opened:\n{Output}");
        }
    }

    private void Begin(IEnumerable<string> arguments, bool isAlone)
    {
        _life?.Dispose();
        _life = isAlone || _environment.Count > 0
            ? OwnLife.Begin(arguments, [ProgramStart.Unhurried, .. _environment], _output.Enqueue)
            : WarmProcess.Begin(arguments, _output.Enqueue);
    }

    private static string[] FolderUnlessGiven(string folder, string[] arguments) =>
        arguments.Contains("--Data:Folder") ? [] : ["--Data:Folder", folder];
}
