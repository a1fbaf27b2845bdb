using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ChatOpsCampaigns.Adapters.Media.Pictures;

/// <summary>How the process that opens pictures is started.</summary>
internal sealed record PictureCommand(string Program, ImmutableArray<string> Arguments)
{
    /// <summary>This program once more, which becomes a <see cref="PictureWorker"/>.</summary>
    public static PictureCommand Of(string assembly)
    {
        var host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        return File.Exists(host) ? new(host, [assembly, PictureWorker.Verb]) : new(Environment.ProcessPath ?? "dotnet", [PictureWorker.Verb]);
    }

    public static PictureCommand Of(Assembly program) => Of(program.Location);
}

/// <summary>
/// Opens each picture in a process of its own: a decoder cannot be stopped from within, and what a picture takes can be worked out
/// beforehand but not promised. That process is ended when its time is up, gets no more memory than it may have, and takes nothing
/// else with it when it falls over.
/// </summary>
internal sealed class PictureProgram(PictureCommand command, TimeProvider machine)
{
    /// <summary>For the program itself; the picture gets <see cref="PictureCost.Most"/> on top.</summary>
    private const long Own = 96L << 20;

    private const long Memory = PictureCost.Most + Own;

    /// <summary>4 s of the processor's time: the largest HEIC that may be opened takes more than one on a quiet machine, and on a busy one it has taken more than three.</summary>
    public static readonly ProgramLimits Look = new(TimeSpan.FromSeconds(20), Memory, TimeSpan.FromSeconds(4));

    /// <summary>20 s of the processor's time: it may be written five times until it is small enough.</summary>
    public static readonly ProgramLimits Make = new(TimeSpan.FromSeconds(120), Memory, TimeSpan.FromSeconds(20));

    /// <summary>It lives for a moment, speaks no language, and keeps no more of its own than it needs.</summary>
    private static readonly Dictionary<string, string> Environment = new()
    {
        ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1",
        ["DOTNET_GCHeapHardLimit"] = "0x8000000",
        ["DOTNET_TieredPGO"] = "0",
        ["DOTNET_EnableDiagnostics"] = "0",
        ["DOTNET_DbgEnableMiniDump"] = "0",
    };

    /// <exception cref="TimeoutException">It did not end in time and was ended.</exception>
    public async Task<PictureAnswer> RunAsync(PictureOrder order, ProgramLimits limits, CancellationToken cancellationToken)
    {
        var said = JsonSerializer.Serialize(order, PictureJson.Default.PictureOrder);
        var run = await LimitedProgram.RunAsync(command.Program, command.Arguments, said, Environment, limits, machine, cancellationToken);
        return run.ExitCode == 0 && JsonSerializer.Deserialize(run.Output, PictureJson.Default.PictureAnswer) is { } answer
            ? answer
            : PictureAnswer.No(Refusals.TookTooMuch(order.FileName));
    }
}
