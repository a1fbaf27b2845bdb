using System.Runtime.CompilerServices;

namespace ChatOpsCampaigns.Kit;

/// <summary>Texts that were looked at once and are held from then on. <c>UPDATE_GOLDEN=1</c> takes what is there now; review it as text.</summary>
public static class Golden
{
    /// <summary>The accepted text in <c>Golden/</c> beside the test, empty when there is none yet.</summary>
    /// <param name="name">A file name, for example <c>incident.card.json</c>.</param>
    public static string Accepted(string name, string actual, [CallerFilePath] string here = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(here)!, "Golden", name);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
        }

        return File.Exists(file) ? File.ReadAllText(file) : "";
    }
}
