using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ChatOpsCampaigns.Kit.Programs;

/// <summary>How the program is started that was built together with the tests.</summary>
internal static class ProgramStart
{
    /// <summary>
    /// Milliseconds, in hexadecimal: a program that lives for seconds only is not compiled anew for speed. Measured: the first 13 seconds cost a
    /// third less of a processor, and a suite starts it hundreds of times.
    /// </summary>
    public static readonly KeyValuePair<string, string> Unhurried = new("DOTNET_TC_CallCountingDelayMs", "EA60");

    public static ProcessStartInfo Of(IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var start = new ProcessStartInfo("dotnet", [Built("Bot"), .. arguments])
        {
            WorkingDirectory = ContentRoot(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        return start;
    }

    /// <summary>What was built beside the tests, in the same configuration: <c>artifacts/bin/Bot/release/ChatOpsCampaigns.Bot.dll</c>.</summary>
    public static string Built(string project)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(here.Parent!.Parent!.FullName, project, here.Name, $"ChatOpsCampaigns.{project}.dll");
    }

    /// <summary>The folder with the page.</summary>
    private static string ContentRoot([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", "Bot"));
}
