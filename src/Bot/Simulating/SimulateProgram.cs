using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Charts;

namespace ChatOpsCampaigns.Bot.Simulating;

/// <summary><c>simulate</c>: plays agent and emergency monitor, and what they are held against, in simulated markets at full speed.</summary>
internal static class SimulateProgram
{
    public const string Verb = "simulate";

    private const int Ended = 0;

    /// <summary>What a shell calls a program that was interrupted.</summary>
    private const int Interrupted = 130;

    public static async Task<int> RunAsync(IConfiguration settings, TextWriter output, CancellationToken cancellationToken)
    {
        var plan = SimulatePlan.Read(settings);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ConsoleCancelEventHandler interrupt = (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        Console.CancelKeyPress += interrupt;
        try
        {
            var began = Stopwatch.GetTimestamp();
            var scores = Play(plan, stop.Token);
            await TellAsync(plan, scores, Stopwatch.GetElapsedTime(began), output, stop.Token);
            return Ended;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped; nothing more was written.");
            return Interrupted;
        }
        finally
        {
            Console.CancelKeyPress -= interrupt;
        }
    }

    private static List<ExperimentScore> Play(SimulatePlan plan, CancellationToken cancellationToken)
    {
        if (plan.LeftOut.Count > 0)
            Console.Error.WriteLine($"{string.Join(" and ", plan.LeftOut)} is left out: it plays real data, whose folder is named with --data.");

        var scores = new List<ExperimentScore>();
        foreach (var (experiment, policies) in plan.Played)
        {
            using var progress = new ProgressLine(experiment.Name, Console.Error, Console.IsErrorRedirected);
            scores.AddRange(experiment.Play(plan.Request, policies, progress, cancellationToken));
        }

        return scores;
    }

    private static async Task TellAsync(SimulatePlan plan, IReadOnlyList<ExperimentScore> scores, TimeSpan took, TextWriter output, CancellationToken cancellationToken)
    {
        var json = ScoreJson.Of(scores, took).ToJsonString();
        var isJsonAlone = bool.TryParse(plan.Json, out _);
        if (plan.Json is { Length: > 0 } file && !isJsonAlone)
            await File.WriteAllTextAsync(file, json + "\n", cancellationToken);

        if (plan.Log is { Length: > 0 } log)
            await File.WriteAllLinesAsync(log, scores.SelectMany(score => score.Acts).Select(ScoreJson.Line), cancellationToken);

        if (plan.Charts is { Length: > 0 } charts)
            Draw(charts, scores);

        await output.WriteLineAsync(isJsonAlone
            ? json
            : ScoreTable.Of(scores) + string.Create(CultureInfo.InvariantCulture, $"{took.TotalSeconds:0} s"));
    }

    private static void Draw(string folder, IReadOnlyList<ExperimentScore> scores)
    {
        Directory.CreateDirectory(folder);
        foreach (var experiment in scores.GroupBy(score => score.Experiment))
        {
            if (Headline(experiment.Key) is not { } headline)
                continue;

            var bars = experiment
                .Select(score => (Name: score.Spread is { } spread ? string.Create(CultureInfo.InvariantCulture, $"{score.Policy} {spread:0.0}") : score.Policy, Figure: score.Metrics[headline.Metric]))
                .Where(bar => bar.Figure is not null)
                .Select(bar => ScoreBar(bar.Name, bar.Figure!))
                .ToList();
            ExperimentChart.Write(Path.Combine(folder, $"{experiment.Key}.png"), headline.Title, headline.Up, bars);
        }
    }

    private static ExperimentBar ScoreBar(string name, JsonNode figure) => figure is JsonObject interval
        ? new ExperimentBar(name, (double)interval["value"]!, (double)interval["low"]!, (double)interval["high"]!)
        : new ExperimentBar(name, (double)figure, null, null);

    /// <summary>The one figure of an experiment that a picture shows.</summary>
    private static (string Metric, string Title, string Up)? Headline(string experiment) => experiment switch
    {
        "E1" => ("falseStopsPerCleanDay", "False stops per clean campaign-day", "share of days"),
        "E2" => ("medianRmseLn", "How far the cost of a result strays from its target", "median RMSE of ln(CPA ÷ target)"),
        "E3" => ("valueUplift", "Value above budgets that nobody touches", "share"),
        "E4" => ("clicksUplift", "Clicks above an even split", "share"),
        _ => null,
    };
}
