using ChatOpsCampaigns.Adapters;
using ChatOpsCampaigns.Adapters.Persistence.Retention;
using ChatOpsCampaigns.Automation.Agent.Rounds;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Bot.Measuring.Years;

/// <summary>
/// <c>bench year</c>: how large the database is after a year, and how long the dashboard and walking the audit trail take then. One day is lived by
/// the program itself, turn by turn; the other days repeat its records, and what is past its time goes after each.
/// </summary>
internal static class YearBench
{
    private const double Megabyte = 1024 * 1024;
    private const int TurnsAtTheEnd = 12;
    private const int Looks = 20;

    /// <summary>Days at the end of which every turn and reading stands; before them they are written as the roll-up leaves them.</summary>
    private const int DaysInFull = 4;

    private static readonly TimeSpan Turn = TimeSpan.FromMinutes(5);

    public static async Task<BenchResult> RunAsync(BenchPlan plan, CancellationToken cancellationToken)
    {
        await using var host = await BenchHost.OpenAsync(plan with { Line = LineQuality.Perfect, AccountsPerNetwork = Math.Min(plan.AccountsPerNetwork, 2) }, cancellationToken);
        var campaigns = await BenchCampaigns.AddAsync(host, plan.Campaigns, cancellationToken);
        await LiveAsync(host, plan.TurnsADay, cancellationToken);
        await using (var days = await DayCopies.OfAsync(host, campaigns, cancellationToken))
        {
            for (var day = 1; day < plan.Days; day++)
            {
                host.Clock.SkipTo(host.Clock.GetUtcNow().AddDays(1));
                await days.WriteAsync(day, inFull: day >= plan.Days - DaysInFull, cancellationToken);
                await KeepHouseAsync(host, cancellationToken);
            }
        }

        await LiveAsync(host, Math.Min(TurnsAtTheEnd, plan.TurnsADay), cancellationToken);
        await KeepHouseAsync(host, cancellationToken);
        var status = await TimedAsync(host, Looks, () => host.Get<DashboardProjection>().BuildAsync(WorkspaceId.Local, cancellationToken));
        var verdict = new AuditVerdict(0, null, "", []);
        var verify = await TimedAsync(host, 1, async () => verdict = await host.Get<IAuditTrail>().VerifyAsync(cancellationToken));

        return new BenchResult("year", plan.Campaigns, BenchCampaigns.Accounts(campaigns), $"the dashboard after {plan.Days} days", Spread.Of(status), host.Line.Requests)
        {
            Parts = [("verify", "walking the audit trail", Spread.Of(verify))],
            Counts =
            [
                ("days", "days written", plan.Days),
                ("databaseMb", "MB of database", DatabaseMb(host)),
                ("auditEntries", "entries of the audit trail, each as it was written", verdict.FirstBad is null ? verdict.Entries : 0),
                .. await DayCopies.RowsAsync(host, cancellationToken),
            ],
            Notes =
            [
                $"the first day was lived by the program in {plan.TurnsADay} turns, and so was the last hour; the days between repeat its records",
                "turns and readings that a later roll-up would take away are not written first, except on the last four days",
            ],
        };
    }

    private static async Task LiveAsync(BenchHost host, int turns, CancellationToken cancellationToken)
    {
        for (var turn = 0; turn < turns; turn++)
        {
            host.Clock.SkipTo(host.Clock.GetUtcNow() + Turn);
            await host.Get<EmergencyMonitor>().SweepAsync(cancellationToken);
            await host.Get<AgentTurns>().RunAsync(cancellationToken);
        }
    }

    /// <summary>Alerts and chat are counted by the days that were written, and not by the minutes that writing them took.</summary>
    private static async Task KeepHouseAsync(BenchHost host, CancellationToken cancellationToken)
    {
        var (housekeeping, now) = (host.Get<Housekeeping>(), host.Clock.GetUtcNow());
        while (await housekeeping.DoSomeAsync(now, now, cancellationToken))
        {
            // Part after part until nothing is past its time.
        }
    }

    private static async Task<IReadOnlyList<TimeSpan>> TimedAsync<T>(BenchHost host, int times, Func<Task<T>> work)
    {
        var took = new List<TimeSpan>();
        for (var time = 0; time < times; time++)
        {
            var began = host.Machine.GetTimestamp();
            await work();
            took.Add(host.Machine.GetElapsedTime(began));
        }

        return took;
    }

    private static long DatabaseMb(BenchHost host)
    {
        var file = host.Get<DataFolder>().Database;
        return (long)Math.Ceiling((Length(file) + Length($"{file}-wal")) / Megabyte);
    }

    private static long Length(string file) => File.Exists(file) ? new FileInfo(file).Length : 0;
}
