using System.Runtime.CompilerServices;

namespace ChatOpsCampaigns.Kit;

/// <summary>Real data that figures are checked with. They are no part of the product and lie beside it; a test that needs them is skipped where they are not.</summary>
public static class RealData
{
    public const string Missing = "the real data are not beside the project; name their folder in REAL_DATA";

    public static string Folder => Environment.GetEnvironmentVariable("REAL_DATA") ?? Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", "shared", "data"));

    public static string File(params string[] path) => Path.Combine([Folder, .. path]);

    public static bool Has(params string[] path) => System.IO.File.Exists(File(path));

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
