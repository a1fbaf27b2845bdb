namespace ChatOpsCampaigns.Adapters.Media.Films;

/// <summary>Neither ffmpeg nor ffprobe is on this machine.</summary>
internal sealed class FfmpegMissingException(Exception inner) : Exception("ffmpeg is not installed.", inner);

/// <summary>Runs ffmpeg and ffprobe.</summary>
/// <param name="folder">Where the programs lie; empty for the search path.</param>
internal sealed class FfmpegProgram(string folder, TimeProvider machine)
{
    private static readonly Dictionary<string, string> Nothing = [];

    public Task<ProgramRun> ProbeAsync(IEnumerable<string> arguments, ProgramLimits limits, CancellationToken cancellationToken) =>
        RunAsync("ffprobe", arguments, limits, cancellationToken);

    public Task<ProgramRun> EncodeAsync(IEnumerable<string> arguments, ProgramLimits limits, CancellationToken cancellationToken) =>
        RunAsync("ffmpeg", arguments, limits, cancellationToken);

    /// <exception cref="TimeoutException">It did not end in time and was ended.</exception>
    private async Task<ProgramRun> RunAsync(string program, IEnumerable<string> arguments, ProgramLimits limits, CancellationToken cancellationToken)
    {
        try
        {
            return await LimitedProgram.RunAsync(Path.Combine(folder, program), arguments, "", Nothing, limits, machine, cancellationToken);
        }
        catch (ProgramMissingException fault)
        {
            throw new FfmpegMissingException(fault);
        }
    }
}
