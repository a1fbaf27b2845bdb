using System.Globalization;
using System.Text.Json.Nodes;

namespace ChatOpsCampaigns.Bot.Measuring;

/// <summary>What a measurement came to.</summary>
/// <param name="What">What <paramref name="Seconds"/> counts, for people.</param>
/// <param name="Requests">Calls to the networks during what is measured.</param>
internal sealed record BenchResult(string Bench, int Campaigns, int Accounts, string What, Spread Seconds, long Requests)
{
    private const double Megabyte = 1024 * 1024;

    /// <summary>Further durations, by name and in words.</summary>
    public IReadOnlyList<(string Name, string What, Spread Seconds)> Parts { get; init; } = [];

    /// <summary>What was counted, by name and in words.</summary>
    public IReadOnlyList<(string Name, string What, long Count)> Counts { get; init; } = [];

    /// <summary>What people should know beside the figures.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>How many times one took as long as another, by name and in words.</summary>
    public IReadOnlyList<(string Name, string What, double Times)> Ratios { get; init; } = [];

    /// <summary>Of this process since it began.</summary>
    public double PeakMemoryMb { get; init; } = Math.Round(PeakMemory() / Megabyte, 1);

    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["bench"] = Bench, ["campaigns"] = Campaigns, ["accounts"] = Accounts, ["seconds"] = Seconds.ToJson(), ["requests"] = Requests,
            ["peakMemoryMb"] = PeakMemoryMb,
        };
        foreach (var (name, _, count) in Counts)
            json[name] = count;

        foreach (var (name, _, seconds) in Parts)
            json[name] = seconds.ToJson();

        foreach (var (name, _, times) in Ratios)
            json[name] = Math.Round(times, 2);

        return json;
    }

    public IEnumerable<string> Lines() =>
    [
        $"bench {Bench}: {Campaigns} campaigns, {Accounts} ad accounts, {Requests} calls to the networks, at most {PeakMemoryMb} MB",
        $"  {What}: {Seconds}",
        .. Parts.Select(part => $"  {part.What}: {part.Seconds}"),
        .. Counts.Select(count => $"  {count.What}: {count.Count}"),
        .. Ratios.Select(ratio => string.Create(CultureInfo.InvariantCulture, $"  {ratio.What}: {ratio.Times:0.00} times as long")),
        .. Notes.Select(note => $"  {note}"),
    ];

    private static long PeakMemory()
    {
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        return self.PeakWorkingSet64;
    }
}
