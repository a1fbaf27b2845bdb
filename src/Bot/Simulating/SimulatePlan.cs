using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Stepping;

namespace ChatOpsCampaigns.Bot.Simulating;

/// <summary>What <c>simulate</c> was asked for, read and found possible.</summary>
/// <param name="Policies">By experiment, in the order of its table.</param>
internal sealed record SimulatePlan(
    IReadOnlyList<(IExperiment Experiment, IReadOnlyList<string> Policies)> Played, ExperimentRequest Request, string? Json, string? Log, string? Charts)
{
    /// <summary>What <c>all</c> leaves out, because no data were named.</summary>
    public IReadOnlyList<string> LeftOut { get; private init; } = [];

    private const int MostCampaigns = 100_000;
    private const int MostDays = 400;

    /// <summary>Days 0 to 7 are for learning; from the ninth on is judged.</summary>
    private const int FewestDays = 10;
    private const string Every = "all";

    /// <summary>The same seed gives the same bytes.</summary>
    private const long UsualRandom = 1;

    private static readonly char[] Between = [',', '|', ' '];

    public static SimulatePlan Read(IConfiguration settings)
    {
        var data = settings["data"] ?? "";
        var experiments = Chosen(settings["experiment"], data);
        var world = settings["world"] ?? SteppedWorld.Default.Name;
        if (experiments.FirstOrDefault(experiment => !experiment.Worlds.Contains(world)) is { } without)
            throw new InvalidOperationException($"There is no world \"{world}\" in {without.Name}; there are: {string.Join(", ", without.Worlds)}.");

        var request = new ExperimentRequest(
            Number(settings, "campaigns", 1, MostCampaigns), Number(settings, "days", FewestDays, MostDays), Random(settings["random"]), world, data);
        return new SimulatePlan(PoliciesOf(experiments, settings["policy"]), request, settings["json"], settings["log"], settings["charts"])
        {
            LeftOut = IsAll(settings["experiment"]) ? [.. Experiments.All.Except(experiments).Select(experiment => experiment.Name)] : [],
        };
    }

    private static bool IsAll([NotNullWhen(false)] string? said) => said is null || said.Equals(Every, StringComparison.OrdinalIgnoreCase);

    private static IReadOnlyList<IExperiment> Chosen(string? said, string data)
    {
        if (IsAll(said))
            return [.. Experiments.All.Where(known => data.Length > 0 || !known.NeedsData)];

        var wanted = said.Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var name in wanted)
        {
            if (!Experiments.All.Any(known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
                throw new InvalidOperationException($"There is no experiment \"{name}\"; there are: {string.Join(", ", Experiments.All.Select(known => known.Name))} and {Every}.");
        }

        return [.. Experiments.All.Where(known => wanted.Contains(known.Name, StringComparer.OrdinalIgnoreCase))];
    }

    /// <summary>A policy that an experiment does not have is left out there; one that none has is refused.</summary>
    private static IReadOnlyList<(IExperiment, IReadOnlyList<string>)> PoliciesOf(IReadOnlyList<IExperiment> experiments, string? said)
    {
        if (said is null)
            return [.. experiments.Select(experiment => (experiment, experiment.Policies))];

        var wanted = said.Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var there = experiments.SelectMany(experiment => experiment.Policies).Distinct().ToList();
        if (wanted.Length == 0 || wanted.FirstOrDefault(name => !there.Contains(name)) is not null)
        {
            var wrong = wanted.FirstOrDefault(name => !there.Contains(name)) ?? "";
            throw new InvalidOperationException($"There is no policy \"{wrong}\" in {string.Join(" and ", experiments.Select(one => one.Name))}; there are: {string.Join(", ", there)}.");
        }

        return
        [
            .. experiments
                .Select(experiment => (experiment, (IReadOnlyList<string>)[.. experiment.Policies.Where(policy => wanted.Contains(policy))]))
                .Where(one => one.Item2.Count > 0),
        ];
    }

    private static long Random(string? text)
    {
        if (text is null)
            return UsualRandom;

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var random)
            ? random
            : throw new InvalidOperationException($"--random is \"{text}\"; it has to be a whole number from 0 on.");
    }

    private static int? Number(IConfiguration settings, string name, int least, int most)
    {
        if (settings[name] is not { } text)
            return null;

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new InvalidOperationException($"--{name} is \"{text}\"; it has to be a whole number from {least} to {most}.");
    }
}
