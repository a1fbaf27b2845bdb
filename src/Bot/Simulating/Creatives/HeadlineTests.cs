using System.Globalization;
using ChatOpsCampaigns.Automation.Creatives.Testing;

namespace ChatOpsCampaigns.Bot.Simulating.Creatives;

/// <summary>Real tests of headlines: impressions and clicks of each headline of each test, two tables of the same shape.</summary>
internal static class HeadlineTests
{
    private const string Folder = "upworthy";
    private const string Shown = "n_matrix.csv";
    private const string Clicked = "y_matrix.csv";

    /// <exception cref="SimulationException">They are not there, or are no such tables; the sentence says which.</exception>
    public static IReadOnlyList<Tally[]> Read(string data)
    {
        if (data.Length == 0)
            throw new SimulationException($"E4 plays real headline tests; name the folder that holds {Path.Combine(Folder, Shown)} and {Path.Combine(Folder, Clicked)} of the Upworthy Research Archive with --data.");

        var folder = Path.Combine(data, Folder);
        var missing = new[] { Shown, Clicked }.Where(file => !File.Exists(Path.Combine(folder, file))).ToList();
        if (missing.Count > 0)
        {
            throw new SimulationException(
                $"E4 plays real headline tests, and {string.Join(" and ", missing.Select(file => Path.Combine(Folder, file)))} is not in {Path.GetFullPath(data)}. "
                + "They are the matrices of impressions and clicks of the Upworthy Research Archive; name the folder that holds them with --data.");
        }

        var (shown, clicked) = (Rows(Path.Combine(folder, Shown)), Rows(Path.Combine(folder, Clicked)));
        return shown.Count == clicked.Count && shown.Zip(clicked).All(pair => pair.First.Length == pair.Second.Length)
            ? [.. shown.Zip(clicked, (impressions, clicks) => impressions.Zip(clicks, (tried, won) => new Tally(tried, won)).Where(arm => arm.Tried > 0).ToArray())]
            : throw new SimulationException($"{Shown} and {Clicked} in {Path.GetFullPath(folder)} do not hold the same tests: they need as many rows and columns.");
    }

    private static List<double[]> Rows(string file)
    {
        var rows = new List<double[]>();
        foreach (var line in File.ReadLines(file).Skip(1).Where(line => line.Length > 0))
        {
            var cells = line.Split(',').Skip(1).Select(cell => (Read: double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number), Number: number)).ToArray();
            if (cells.Any(cell => !cell.Read || !(cell.Number >= 0)))
                throw new SimulationException($"Line {rows.Count + 2} of {Path.GetFullPath(file)} holds something that is no count.");

            rows.Add([.. cells.Select(cell => cell.Number)]);
        }

        return rows;
    }
}

/// <summary>An experiment cannot be played; the message is a sentence for the person who asked for it.</summary>
internal sealed class SimulationException : InvalidOperationException
{
    public SimulationException()
    {
    }

    public SimulationException(string message) : base(message)
    {
    }

    public SimulationException(string message, Exception inner) : base(message, inner)
    {
    }
}
