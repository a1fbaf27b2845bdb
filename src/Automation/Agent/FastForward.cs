using System.Collections.Immutable;
using System.Globalization;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Hours;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent;

/// <summary>What happened while time was skipped. <paramref name="Refused"/> says why nothing was.</summary>
/// <param name="Spend">By currency.</param>
/// <param name="Results">By what campaigns count: "41 installs".</param>
/// <param name="Moves">Of the agent's, confirmed.</param>
/// <param name="Stops">Campaigns that an incident stopped, by name and cause.</param>
public sealed record FastForwardSummary(
    DateTimeOffset From, DateTimeOffset To, ImmutableArray<Money> Spend, ImmutableArray<string> Results, int Moves, ImmutableArray<string> Stops, string? Refused = null);

/// <summary>
/// Moves campaign time ahead in steps of five minutes, each with the hours kept, one sweep and one round of turns, so that the agent and the
/// safety net work through the time and do not jump over it. Only where no money is real.
/// </summary>
public sealed class FastForward(
    EmergencyMonitor monitor, AgentTurns turns, ICampaignStore campaigns, IReadingStore readings, IIncidentStore incidents, IAdAccounts accounts,
    HoursSwitch hours, CampaignClock clock)
{
    private static readonly TimeSpan StepLength = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    private const int IncidentsLookedAt = 200;

    private readonly Turnstile _one = new();
    private int _running;

    public async Task<FastForwardSummary> RunAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        var from = clock.GetUtcNow();
        if (await RefusalAsync(time, cancellationToken) is { } refusal)
            return new FastForwardSummary(from, from, [], [], 0, [], refusal);

        if (Interlocked.Exchange(ref _running, 1) != 0)
            return new FastForwardSummary(from, from, [], [], 0, [], "Time is being moved ahead already; wait until that is done.");

        try
        {
            using var turn = await _one.EnterAsync("time", cancellationToken);
            return await SkipAsync(from, time, cancellationToken);
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }

    private async Task<FastForwardSummary> SkipAsync(DateTimeOffset from, TimeSpan time, CancellationToken cancellationToken)
    {
        var workspaces = (await accounts.AllAsync(cancellationToken)).Select(account => account.Workspace).Distinct().ToList();
        var before = await TotalsAsync(workspaces, from, cancellationToken);
        var moves = 0;
        for (var done = TimeSpan.Zero; done < time; done += StepLength)
        {
            clock.SkipTo(from + (time - done < StepLength ? time : done + StepLength));
            await hours.TurnAsync(cancellationToken);
            await monitor.SweepAsync(cancellationToken);
            moves += (await turns.RunAsync(cancellationToken)).Moves;
        }

        var after = await TotalsAsync(workspaces, from, cancellationToken);
        var spend = after.Spend
            .Select(total => total.Value - before.Spend.GetValueOrDefault(total.Key, total.Key.Zero))
            .Where(total => total.Amount != 0)
            .ToImmutableArray();
        var results = after.Results
            .Select(total => (Word: total.Key, Count: total.Value - before.Results.GetValueOrDefault(total.Key)))
            .Where(total => total.Count > 0)
            .OrderByDescending(total => total.Count)
            .Select(total => total.Word.Counted(total.Count))
            .ToImmutableArray();
        return new FastForwardSummary(
            from, clock.GetUtcNow(), spend, results, moves, await StopsAsync(workspaces, from, cancellationToken));
    }

    private async Task<string?> RefusalAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        if (time < StepLength || time > Longest)
            return $"Time can be moved ahead by {StepLength.TotalMinutes.ToString("0", CultureInfo.InvariantCulture)} minutes to 7 days, for example `fast forward 1 day`.";

        var live = (await accounts.AllAsync(cancellationToken)).Any(account => account.Mode == NetworkMode.Live)
            || (await campaigns.MaySpendAsync(cancellationToken)).Any(campaign => campaign.Mode == NetworkMode.Live);
        return live ? "Time can only be moved ahead while every network is simulated." : null;
    }

    private async Task<(Dictionary<Currency, Money> Spend, Dictionary<ResultWord, decimal> Results)> TotalsAsync(
        IReadOnlyList<WorkspaceId> workspaces, DateTimeOffset from, CancellationToken cancellationToken)
    {
        var spend = new Dictionary<Currency, Money>();
        var results = new Dictionary<ResultWord, decimal>();
        var known = (await accounts.AllAsync(cancellationToken)).ToDictionary(account => account.Id);
        foreach (var workspace in workspaces)
        {
            foreach (var campaign in (await campaigns.AllAsync(workspace, cancellationToken)).Where(campaign => known.ContainsKey(campaign.Account)))
            {
                var account = known[campaign.Account];
                var word = ResultWord.Of(campaign);
                foreach (var day in await readings.DaysAsync(campaign.Id, account.DayAt(from), cancellationToken))
                {
                    spend[day.Spend.Currency] = spend.GetValueOrDefault(day.Spend.Currency, day.Spend.Currency.Zero) + day.Spend;
                    results[word] = results.GetValueOrDefault(word) + (word.In(day) ?? 0);
                }
            }
        }

        return (spend, results);
    }

    private async Task<ImmutableArray<string>> StopsAsync(IReadOnlyList<WorkspaceId> workspaces, DateTimeOffset from, CancellationToken cancellationToken)
    {
        var stops = ImmutableArray.CreateBuilder<string>();
        foreach (var workspace in workspaces)
        {
            stops.AddRange((await incidents.LatestAsync(workspace, IncidentsLookedAt, cancellationToken))
                .Where(incident => incident.OpenedAt >= from && incident.Remedy == Remedy.PauseCampaign)
                .Select(incident => $"{incident.CampaignName}: {incident.Cause}"));
        }

        return stops.ToImmutable();
    }
}
