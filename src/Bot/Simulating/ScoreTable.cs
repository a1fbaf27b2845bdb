using System.Globalization;
using System.Text;

namespace ChatOpsCampaigns.Bot.Simulating;

/// <summary>Scores as people read them: a table for each experiment, a column for each policy.</summary>
internal static class ScoreTable
{
    private const string Gap = "  ";

    public static string Of(IReadOnlyList<ExperimentScore> scores)
    {
        var text = new StringBuilder();
        foreach (var table in scores.GroupBy(score => (score.Experiment, score.World, score.Random, score.Campaigns, score.Days, score.Spread)))
        {
            var (experiment, world, random, campaigns, days, spread) = table.Key;
            var at = spread is { } how ? string.Create(CultureInfo.InvariantCulture, $", spread {how:0.0}") : "";
            text.AppendLine(CultureInfo.InvariantCulture, $"{experiment}: {campaigns} × {days} days, world {world}, random {random}{at}");
            Append(text, [.. table]);
            text.AppendLine();
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, IReadOnlyList<ExperimentScore> scores)
    {
        var names = scores.SelectMany(score => score.Lines.Select(line => line.Name)).Distinct().ToList();
        var rows = new List<string[]> { (string[])["", .. scores.Select(score => score.Policy)] };
        rows.AddRange(names.Select(name => (string[])[name, .. scores.Select(score => score.Lines.Where(line => line.Name == name).Select(line => line.Value).FirstOrDefault("-"))]));
        var widths = Enumerable.Range(0, scores.Count + 1).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
            text.AppendLine(string.Join(Gap, row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
