using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace ChatOpsCampaigns.Adapters.Media;

/// <summary>The program is not on this machine.</summary>
internal sealed class ProgramMissingException(string program, Exception inner) : Exception($"{program} is not there.", inner);

/// <summary>What a run left behind.</summary>
/// <param name="Output">Standard output; of the error stream only the end is kept.</param>
internal sealed record ProgramRun(int ExitCode, string Output, string Errors)
{
    /// <summary>It wanted more memory than it may have.</summary>
    public bool RanOutOfMemory => Errors.Contains("Cannot allocate memory", StringComparison.Ordinal);
}

/// <summary>What a run may take of the machine.</summary>
/// <param name="Time">On the machine's clock.</param>
/// <param name="Memory">In bytes; held where the system has <c>prlimit</c>, as every Linux does.</param>
/// <param name="Processor">Of the processor's time, whatever else the machine does; null for as long as <paramref name="Time"/>.</param>
internal sealed record ProgramLimits(TimeSpan Time, long Memory, TimeSpan? Processor = null)
{
    /// <summary>For a look at a film: 256 MB, 2 s of the processor's time each for its index and its thumbnail.</summary>
    public static readonly ProgramLimits LookAtFilm = new(TimeSpan.FromSeconds(20), 256L << 20, TimeSpan.FromSeconds(2));

    /// <summary>For making a film: 1.5 GB, since an encoder holds many pictures at a time.</summary>
    public static ProgramLimits MakeFilm(TimeSpan time) => new(time, 3L << 29);
}

/// <summary>
/// Runs programs as processes of their own, with arguments as a list and never through a shell. A run that passes its time is ended
/// with everything it started.
/// </summary>
internal static class LimitedProgram
{
    private const int KeptErrors = 4_000;

    /// <summary>Sets limits and becomes the program that is named after them.</summary>
    private const string Limiter = "/usr/bin/prlimit";

    private const string NotThere = "prlimit: failed to execute";

    /// <summary>128 and the number of the signal that ends a process whose processor time is up, or who asks for none of it any more.</summary>
    private static readonly int[] EndedByLimit = [128 + 24, 128 + 9];

    /// <param name="input">Written to its standard input, which is closed then.</param>
    /// <param name="environment">Added to the environment.</param>
    /// <exception cref="TimeoutException">It did not end in time and was ended.</exception>
    /// <exception cref="ProgramMissingException"/>
    public static async Task<ProgramRun> RunAsync(
        string path, IEnumerable<string> arguments, string input, IReadOnlyDictionary<string, string> environment, ProgramLimits limits, TimeProvider machine,
        CancellationToken cancellationToken)
    {
        using var process = Start(path, arguments, environment, limits);
        var program = Path.GetFileName(path);
        using var timeUp = new CancellationTokenSource(limits.Time, machine);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeUp.Token, cancellationToken);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(either.Token);
            var errors = EndOfAsync(process.StandardError, either.Token);
            await TellAsync(process, input, either.Token);
            await process.WaitForExitAsync(either.Token);
            var run = new ProgramRun(process.ExitCode, await output, await errors);
            if (run.Errors.Contains(NotThere, StringComparison.Ordinal))
                throw new ProgramMissingException(program, new FileNotFoundException(run.Errors));

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

    private static async Task TellAsync(Process process, string input, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it heard what it should do; its exit code tells.
        }
    }

    private static Process Start(string path, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, ProgramLimits limits)
    {
        var start = File.Exists(Limiter)
            ? new ProcessStartInfo(Limiter, [.. Switches(limits), "--", path, .. arguments])
            : new ProcessStartInfo(path, arguments);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError, start.UseShellExecute) = (true, true, true, false);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        try
        {
            return Process.Start(start) ?? throw new InvalidOperationException($"{path} did not start.");
        }
        catch (Win32Exception fault)
        {
            throw new ProgramMissingException(Path.GetFileName(path), fault);
        }
    }

    private static IEnumerable<string> Switches(ProgramLimits limits)
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
