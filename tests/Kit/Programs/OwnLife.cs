using System.Diagnostics;
using System.Globalization;

namespace ChatOpsCampaigns.Kit.Programs;

/// <summary>A run in a process of its own, as a user starts it.</summary>
internal sealed class OwnLife : ILife
{
    private readonly Process _process;

    private OwnLife(Process process) => _process = process;

    public bool HasEnded => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    public int Process => _process.Id;

    public static OwnLife Begin(IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> environment, Action<string> told)
    {
        var process = new Process { StartInfo = ProgramStart.Of(arguments, environment) };
        process.OutputDataReceived += (_, line) => Tell(line.Data, told);
        process.ErrorDataReceived += (_, line) => Tell(line.Data, told);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new OwnLife(process);
    }

    public Task EndedAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    public async Task AskToEndAsync(CancellationToken cancellationToken)
    {
        using var signal = System.Diagnostics.Process.Start("kill", ["-TERM", Process.ToString(CultureInfo.InvariantCulture)]);
        await signal.WaitForExitAsync(cancellationToken);
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public Task LeaveAsync() => KillAsync();

    public void Dispose() => _process.Dispose();

    private static void Tell(string? line, Action<string> told)
    {
        if (line is not null)
            told(line);
    }
}
