using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ChatOpsCampaigns.Kit;

/// <summary>
/// The program as a process of its own, so that it can be killed without warning and started again on the same data folder and port.
/// It was built together with the tests and is started from there.
/// </summary>
public sealed class BotProcess : IAsyncDisposable
{
    private const string SaysWhere = "The chat is at ";

    /// <summary>
    /// Milliseconds, in hexadecimal: a program that lives for seconds only is not compiled anew for speed. Measured: the first 13 seconds cost a
    /// third less of a processor, and a suite starts it hundreds of times.
    /// </summary>
    private static readonly (string Name, string Value) Unhurried = ("DOTNET_TC_CallCountingDelayMs", "EA60");

    private readonly string[] _arguments;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly IReadOnlyDictionary<string, string> _environment;
    private Process? _started;

    private BotProcess(string folder, string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        Folder = folder;
        _arguments = arguments;
        _environment = environment ?? new Dictionary<string, string>();
    }

    private Process Running => _started ?? throw new InvalidOperationException("It was never started.");

    /// <summary>It ended, or was never started.</summary>
    public bool HasEnded => _started is not { HasExited: false };

    /// <summary>The process's own number, while it runs.</summary>
    public int Id => Running.Id;

    /// <summary>The data folder. It is deleted when this is disposed.</summary>
    public string Folder { get; }

    /// <summary>Where the chat is, for example <c>http://127.0.0.1:40123/</c>. It stays the same after a restart.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    /// <summary>Everything that it has written so far, over all its lives.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>Starts it on a new data folder and a free port, and returns when the chat can be opened.</summary>
    /// <param name="arguments">As on the command line, for example <c>"--Clock:Speed", "60"</c>.</param>
    public static async Task<BotProcess> StartAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var bot = new BotProcess(Directory.CreateTempSubdirectory("campaigns-").FullName, arguments);
        await bot.LiveAsync("http://127.0.0.1:0", cancellationToken);
        return bot;
    }

    /// <summary>On a new data folder and not started yet: <see cref="StartAgainAsync"/> does.</summary>
    /// <param name="environment">Added to the environment of every life.</param>
    public static BotProcess Waiting(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        new(Directory.CreateTempSubdirectory("campaigns-").FullName, arguments, environment);

    /// <summary>For a start that is to be refused, or a verb: waits for the end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("campaigns-").FullName;
        await using var bot = new BotProcess(folder, arguments);
        bot.Launch([.. arguments, .. FolderUnlessGiven(folder, arguments)]);
        await bot.Running.WaitForExitAsync(cancellationToken);
        return (bot.Running.ExitCode, bot.Output);
    }

    /// <summary>kill -9: no warning, nothing is put in order.</summary>
    public async Task KillAsync()
    {
        Running.Kill();
        await Running.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Asks it to end, as Ctrl-C does, and returns its exit code.</summary>
    public async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        using var signal = Process.Start("kill", ["-TERM", Running.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await signal.WaitForExitAsync(cancellationToken);
        await Running.WaitForExitAsync(cancellationToken);
        return Running.ExitCode;
    }

    /// <summary>Starts it again on the same data folder and port.</summary>
    /// <param name="more">Arguments that are added for this life.</param>
    public Task StartAgainAsync(CancellationToken cancellationToken, params string[] more) =>
        LiveAsync(Address.GetLeftPart(UriPartial.Authority), cancellationToken, more);

    public async ValueTask DisposeAsync()
    {
        if (!HasEnded)
            await KillAsync();

        _started?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task LiveAsync(string urls, CancellationToken cancellationToken, params string[] more)
    {
        var before = _output.Count;
        Launch(["--Urls", urls, "--Data:Folder", Folder, .. _arguments, .. more]);
        using var every = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        while (await every.WaitForNextTickAsync(cancellationToken))
        {
            if (_output.Skip(before).FirstOrDefault(line => line.StartsWith(SaysWhere, StringComparison.Ordinal)) is { } line)
            {
                Address = new Uri(line[SaysWhere.Length..].Split(' ')[0]);
                return;
            }

            if (Running.HasExited)
                throw new InvalidOperationException($"The bot ended with {Running.ExitCode} before the chat could be opened:\n{Output}");
        }
    }

    private void Launch(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            WorkingDirectory = ContentRoot(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[Unhurried.Name] = Unhurried.Value;
        foreach (var (name, value) in _environment)
            start.Environment[name] = value;

        _started?.Dispose();
        _started = new Process { StartInfo = start };
        Running.OutputDataReceived += (_, line) => Keep(line.Data);
        Running.ErrorDataReceived += (_, line) => Keep(line.Data);
        Running.Start();
        Running.BeginOutputReadLine();
        Running.BeginErrorReadLine();
    }

    private void Keep(string? line)
    {
        if (line is not null)
            _output.Enqueue(line);
    }

    private static string[] FolderUnlessGiven(string folder, string[] arguments) =>
        arguments.Contains("--Data:Folder") ? [] : ["--Data:Folder", folder];

    /// <summary>Beside the tests, in the same configuration: <c>artifacts/bin/Bot/release</c>.</summary>
    public static string Program
    {
        get
        {
            var here = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.Combine(here.Parent!.Parent!.FullName, "Bot", here.Name, "ChatOpsCampaigns.Bot.dll");
        }
    }

    /// <summary>The folder with the page.</summary>
    private static string ContentRoot([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "src", "Bot"));
}
