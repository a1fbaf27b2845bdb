using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace ChatOpsCampaigns.Kit.Programs;

/// <summary>
/// The program's own process, in its own folder and compiled as it is there, which runs it as often as tests ask for it: a start in it costs a
/// tenth of a first one. The runs share nothing but what the program keeps for a whole process. It ends with the tests.
/// </summary>
#pragma warning disable CA1001 // Its process is there as long as the tests are.
internal sealed class WarmProcess
#pragma warning restore CA1001
{
    private const int Crashed = 134;

    private static readonly Lock Beginning = new();
    private static WarmProcess? _shared;

    private readonly ConcurrentDictionary<int, WarmLife> _lives = new();
    private readonly ConcurrentQueue<string> _loose = new();
    private readonly Process _process;
    private readonly Lock _ordering = new();
    private int _last;

    private WarmProcess()
    {
        _process = new Process { StartInfo = ProgramStart.Of([], [new("DOTNET_STARTUP_HOOKS", ProgramStart.Built("WarmProgram"))]), EnableRaisingEvents = true };
        _process.StartInfo.RedirectStandardInput = true;
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => _loose.Enqueue(line.Data ?? "");
        _process.Exited += (_, _) => EndAll();
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public static WarmLife Begin(IEnumerable<string> arguments, Action<string> told)
    {
        lock (Beginning)
        {
            if (_shared is not { _process.HasExited: false })
                _shared = new WarmProcess();

            return _shared.BeginLife(arguments, told);
        }
    }

    public void AskToEnd(int number) => Order(number.ToString(CultureInfo.InvariantCulture));

    private WarmLife BeginLife(IEnumerable<string> arguments, Action<string> told)
    {
        var number = ++_last;
        var life = _lives[number] = new WarmLife(this, number, told);
        Order($"{number} {JsonSerializer.Serialize(arguments)}");
        return life;
    }

    private void Order(string line)
    {
        lock (_ordering)
        {
            _process.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
        }
    }

    private void Hear(string? line)
    {
        if (line is null)
            return;

        var mark = line.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (mark < 1 || !_lives.TryGetValue(int.Parse(line.AsSpan(0, mark), CultureInfo.InvariantCulture), out var life))
            _loose.Enqueue(line);
        else if (line[mark] == '!')
            End(life, int.Parse(line.AsSpan(mark + 1), CultureInfo.InvariantCulture));
        else
            life.Tell(line[(mark + 1)..]);
    }

    private void End(WarmLife life, int exitCode)
    {
        _lives.TryRemove(life.Number, out _);
        life.End(exitCode);
    }

    /// <summary>The process itself crashed: everybody in it hears why.</summary>
    private void EndAll()
    {
        foreach (var life in _lives.Values)
        {
            foreach (var line in _loose)
                life.Tell(line);

            End(life, Crashed);
        }
    }
}
