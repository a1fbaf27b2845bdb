using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Bot.Options;
using Microsoft.Extensions.Options;

namespace ChatOpsCampaigns.Bot.Operating;

/// <summary>Whether the program is able to do its work: the hold on its data, the database, the sweeps. Says what is missing, never a secret.</summary>
internal sealed class Readiness(
    SoleHold hold, DatabaseQuestions database, EmergencyMonitor monitor, IOptions<SafetyOptions> safety, CampaignClock clock)
{
    /// <summary>What is missing; empty when nothing is.</summary>
    public async Task<IReadOnlyList<string>> MissingAsync(CancellationToken cancellationToken)
    {
        var missing = new List<string?> { SweepIsMissing() };
        missing.AddRange(await hold.LostAsync(cancellationToken));
        missing.Add(await database.ProblemAsync(cancellationToken));
        return [.. missing.OfType<string>()];
    }

    /// <summary>How the last sweep went, for the line that says ready.</summary>
    public string LastSweep => monitor.LastSweep is { } sweep
        ? $"last sweep {Age(sweep).TotalSeconds:0} s of campaign time ago, {sweep.Judged}/{sweep.Total}{sweep.SilentWords()}"
        : "no emergency sweep yet";

    private string? SweepIsMissing()
    {
        if (monitor.LastSweep is not { } sweep)
            return "no emergency sweep yet";

        var age = Age(sweep);
        return age <= SweepPulse.Allowed(safety.Value.SweepEvery, clock.Speed) ? null : $"the last emergency sweep is {age.TotalSeconds:0} s of campaign time old";
    }

    private TimeSpan Age(SweepReport sweep) => clock.GetUtcNow() - sweep.At;
}
