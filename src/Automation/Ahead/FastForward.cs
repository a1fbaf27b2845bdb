using System.Globalization;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Agent.Rounds;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Hours;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Ahead;

/// <summary>
/// Moves campaign time ahead in steps of five minutes, each with the hours kept, one sweep and one round of turns, so that the agent and the
/// safety net work through the time and do not jump over it. Each step is kept before anything happens in it: after a kill campaign
/// time goes on from there. Only where no money is real.
/// </summary>
public sealed class FastForward(
    EmergencyMonitor monitor, AgentTurns turns, HoursSwitch hours, ICampaignStore campaigns, IAdAccounts accounts, SkipJournal journal, KeptClock kept,
    CampaignClock clock)
{
    private static readonly TimeSpan StepLength = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    private int _running;

    /// <summary>It counts as ended once <see cref="SkipJournal.EndAsync"/> says that people were told.</summary>
    /// <param name="where">Whom to tell when a kill cuts it short.</param>
    /// <param name="passed">Told after every step how much of the time has passed.</param>
    public async Task<FastForwardSummary> RunAsync(TimeSpan time, string where, CancellationToken cancellationToken, Func<TimeSpan, Task>? passed = null)
    {
        var from = clock.GetUtcNow();
        if (await RefusalAsync(time, cancellationToken) is { } refusal)
            return new FastForwardSummary(from, from, [], [], 0, [], refusal);

        if (Interlocked.Exchange(ref _running, 1) != 0)
            return new FastForwardSummary(from, from, [], [], 0, [], "Time is being moved ahead already; wait until that is done.");

        try
        {
            return await SkipAsync(from, from + time, where, passed, cancellationToken);
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }

    private async Task<FastForwardSummary> SkipAsync(DateTimeOffset from, DateTimeOffset until, string where, Func<TimeSpan, Task>? passed, CancellationToken cancellationToken)
    {
        var skipped = await journal.BeginAsync(from, until, where, cancellationToken);
        while (skipped.Reached < until)
        {
            var next = skipped.Reached + StepLength < until ? skipped.Reached + StepLength : until;
            await kept.SkipToAsync(next, cancellationToken);
            skipped = await journal.StepAsync(skipped, next, cancellationToken);
            await hours.TurnAsync(cancellationToken);
            await monitor.SweepAsync(cancellationToken);
            await turns.RunAsync(cancellationToken);
            if (passed is not null)
                await passed(next - from);
        }

        return await journal.SumUpAsync(skipped, cancellationToken);
    }

    private async Task<string?> RefusalAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        if (time < StepLength || time > Longest)
            return $"Time can be moved ahead by {StepLength.TotalMinutes.ToString("0", CultureInfo.InvariantCulture)} minutes to 7 days, for example `fast forward 1 day`.";

        var live = (await accounts.AllAsync(cancellationToken)).Any(account => account.Mode == NetworkMode.Live)
            || (await campaigns.MaySpendAsync(cancellationToken)).Any(campaign => campaign.Mode == NetworkMode.Live);
        return live ? "Time can only be moved ahead while every network is simulated." : null;
    }
}
