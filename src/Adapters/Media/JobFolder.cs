namespace ChatOpsCampaigns.Adapters.Media;

/// <summary>A folder for one job, so that no two can mix up their bytes; gone afterwards.</summary>
internal sealed class JobFolder : IDisposable
{
    public const string Jobs = "jobs";

    private JobFolder(string path) => Path = Directory.CreateDirectory(path).FullName;

    public string Path { get; }

    public static JobFolder In(DataFolder folder) => new(System.IO.Path.Combine(folder.Media, Jobs, Guid.NewGuid().ToString("N")));

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
