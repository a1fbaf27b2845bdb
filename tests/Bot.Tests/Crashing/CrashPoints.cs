using System.Diagnostics;

namespace ChatOpsCampaigns.Bot.Tests.Crashing;

/// <summary>
/// What the program passes on its way, each point numbered by how often it was passed. Only while the file that <see cref="Orders"/> names is
/// there: it holds the point at which the program kills itself with SIGKILL, or nothing, to have them noted alone.
/// </summary>
internal static class CrashPoints
{
    public const string Orders = "CRASH_ORDERS";

    private static readonly string File = Environment.GetEnvironmentVariable(Orders) ?? "";
    private static readonly Dictionary<string, int> Passed = [];
    private static readonly Lock Turn = new();

    public static void Pass(string name)
    {
        lock (Turn)
        {
            if (!System.IO.File.Exists(File))
                return;

            var number = Passed[name] = Passed.GetValueOrDefault(name) + 1;
            var point = $"{name}#{number}";
            System.IO.File.AppendAllText($"{File}.passed", $"{point}\n");
            if (System.IO.File.ReadAllText(File) != point)
                return;

            using var self = Process.GetCurrentProcess();
            self.Kill();
            self.WaitForExit();
        }
    }
}
