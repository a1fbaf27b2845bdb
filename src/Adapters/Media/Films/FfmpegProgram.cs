using System.Diagnostics;

namespace ChatOpsCampaigns.Adapters.Media.Films;

/// <summary>Neither ffmpeg nor ffprobe is on this machine.</summary>
internal sealed class FfmpegMissingException(Exception inner) : Exception("ffmpeg is not installed.", inner);

/// <summary>What a run left behind.</summary>
/// <param name="Output">Standard output; of the error stream only the end is kept.</param>
internal sealed record FfmpegRun(int ExitCode, string Output, string Errors);

/// <summary>
/// Runs ffmpeg and ffprobe as processes of their own, with arguments as a list and never through a shell. A run that passes its
/// time is ended with everything it started.
/// </summary>
/// <param name="folder">Where the programs lie; empty for the search path.</param>
internal sealed class FfmpegProgram(string folder, TimeProvider machine)
{
    private const int KeptErrors = 4_000;

    public Task<FfmpegRun> ProbeAsync(IEnumerable<string> arguments, TimeSpan limit, CancellationToken cancellationToken) =>
        RunAsync("ffprobe", arguments, limit, cancellationToken);

    public Task<FfmpegRun> EncodeAsync(IEnumerable<string> arguments, TimeSpan limit, CancellationToken cancellationToken) =>
        RunAsync("ffmpeg", arguments, limit, cancellationToken);

    /// <exception cref="TimeoutException">It did not end in time and was ended.</exception>
    private async Task<FfmpegRun> RunAsync(string program, IEnumerable<string> arguments, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var process = Start(program, arguments);
        process.StandardInput.Close();
        using var timeUp = new CancellationTokenSource(limit, machine);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeUp.Token, cancellationToken);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(either.Token);
            var errors = EndOfAsync(process.StandardError, either.Token);
            await process.WaitForExitAsync(either.Token);
            return new FfmpegRun(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException($"{program} did not end within {limit.TotalSeconds:0} s.");
        }
    }

    private Process Start(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(folder, program), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        }
        catch (System.ComponentModel.Win32Exception fault)
        {
            throw new FfmpegMissingException(fault);
        }
    }

    private static async Task<string> EndOfAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var buffer = new char[KeptErrors];
        var end = "";
        while (await reader.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            end = string.Concat(end, buffer.AsSpan(0, read)) is var all && all.Length > KeptErrors ? all[^KeptErrors..] : all;

        return end;
    }
}
