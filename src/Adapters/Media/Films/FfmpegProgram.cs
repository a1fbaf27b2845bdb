using System.Diagnostics;
using System.Globalization;

namespace ChatOpsCampaigns.Adapters.Media.Films;

/// <summary>Neither ffmpeg nor ffprobe is on this machine.</summary>
internal sealed class FfmpegMissingException(Exception inner) : Exception("ffmpeg is not installed.", inner);

/// <summary>What a run left behind.</summary>
/// <param name="Output">Standard output; of the error stream only the end is kept.</param>
internal sealed record FfmpegRun(int ExitCode, string Output, string Errors)
{
    /// <summary>It wanted more memory than it may have.</summary>
    public bool RanOutOfMemory => Errors.Contains("Cannot allocate memory", StringComparison.Ordinal);
}

/// <summary>What a run may take of the machine.</summary>
/// <param name="Time">On the machine's clock.</param>
/// <param name="Memory">In bytes; held where the system has <c>prlimit</c>, as every Linux does.</param>
/// <param name="Processor">Of the processor's time, whatever else the machine does; null for as long as <paramref name="Time"/>.</param>
internal sealed record FfmpegLimits(TimeSpan Time, long Memory, TimeSpan? Processor = null)
{
    /// <summary>For a look at a film: 256 MB, 2 s of the processor's time each for its index and its thumbnail.</summary>
    public static readonly FfmpegLimits Look = new(TimeSpan.FromSeconds(20), 256L << 20, TimeSpan.FromSeconds(2));

    /// <summary>For making a film: 1.5 GB, since an encoder holds many pictures at a time.</summary>
    public static FfmpegLimits Make(TimeSpan time) => new(time, 3L << 29);
}

/// <summary>
/// Runs ffmpeg and ffprobe as processes of their own, with arguments as a list and never through a shell. A run that passes its
/// time is ended with everything it started.
/// </summary>
/// <param name="folder">Where the programs lie; empty for the search path.</param>
internal sealed class FfmpegProgram(string folder, TimeProvider machine)
{
    private const int KeptErrors = 4_000;

    /// <summary>Sets limits and becomes the program that is named after them.</summary>
    private const string Limiter = "/usr/bin/prlimit";

    private const string NotThere = "prlimit: failed to execute";

    /// <summary>128 and the number of the signal that ends a process whose processor time is up, or who asks for none of it any more.</summary>
    private static readonly int[] EndedByLimit = [128 + 24, 128 + 9];

    public Task<FfmpegRun> ProbeAsync(IEnumerable<string> arguments, FfmpegLimits limits, CancellationToken cancellationToken) =>
        RunAsync("ffprobe", arguments, limits, cancellationToken);

    public Task<FfmpegRun> EncodeAsync(IEnumerable<string> arguments, FfmpegLimits limits, CancellationToken cancellationToken) =>
        RunAsync("ffmpeg", arguments, limits, cancellationToken);

    /// <exception cref="TimeoutException">It did not end in time and was ended.</exception>
    private async Task<FfmpegRun> RunAsync(string program, IEnumerable<string> arguments, FfmpegLimits limits, CancellationToken cancellationToken)
    {
        using var process = Start(program, arguments, limits);
        process.StandardInput.Close();
        using var timeUp = new CancellationTokenSource(limits.Time, machine);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeUp.Token, cancellationToken);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(either.Token);
            var errors = EndOfAsync(process.StandardError, either.Token);
            await process.WaitForExitAsync(either.Token);
            var run = new FfmpegRun(process.ExitCode, await output, await errors);
            if (run.Errors.Contains(NotThere, StringComparison.Ordinal))
                throw new FfmpegMissingException(new FileNotFoundException(run.Errors));

            return EndedByLimit.Contains(run.ExitCode) ? throw new TimeoutException($"{program} took more than its time of the processor.") : run;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException($"{program} did not end within {limits.Time.TotalSeconds:0} s.");
        }
    }

    private Process Start(string program, IEnumerable<string> arguments, FfmpegLimits limits)
    {
        var path = Path.Combine(folder, program);
        var start = File.Exists(Limiter)
            ? new ProcessStartInfo(Limiter, [.. Switches(limits), "--", path, .. arguments])
            : new ProcessStartInfo(path, arguments);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError, start.UseShellExecute) = (true, true, true, false);
        try
        {
            return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        }
        catch (System.ComponentModel.Win32Exception fault)
        {
            throw new FfmpegMissingException(fault);
        }
    }

    private static IEnumerable<string> Switches(FfmpegLimits limits)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"--data={limits.Memory}");
        if (limits.Processor is { } processor)
            yield return string.Create(CultureInfo.InvariantCulture, $"--cpu={processor.TotalSeconds:0}");
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
