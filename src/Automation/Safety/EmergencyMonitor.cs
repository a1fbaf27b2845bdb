using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Commands.Settlement;
using ChatOpsCampaigns.Automation.Safety.Standing;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Telemetry;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Safety;

/// <summary>One pass over everything that may be spending.</summary>
/// <param name="At">Campaign time at its end.</param>
/// <param name="Judged">Campaigns that the rules spoke about, with new figures or with those that there were.</param>
/// <param name="Accounts">Accounts that were to be read.</param>
/// <param name="Failed">Accounts of these that did not answer.</param>
/// <param name="Took">On the machine's clock.</param>
public sealed record SweepReport(DateTimeOffset At, int Judged, int Total, int Accounts, int Failed, TimeSpan Took)
{
    /// <summary>What stands behind how many were judged; nothing when every account answered.</summary>
    public string SilentWords() => Failed == 0 ? "" : $", {Failed} of {Accounts} accounts silent";
}

/// <summary>
/// Every few seconds of campaign time: reads every account in parallel, lets every rule speak about every campaign, AI-managed or
/// not, and has the breaches carried out. Sweeps may overlap, an account's never do: one that hangs is left out, and counts as failed,
/// until it answers.
/// </summary>
public sealed partial class EmergencyMonitor(
    WatchList watch, SweepRetries accounts, StopKeeper keeper, StopEverything everything, IntentSettler settler, ISettingsStore settings, CampaignClock clock,
    TimeProvider machine, ILogger<EmergencyMonitor> logger)
{
    public const string Heartbeat = "last-sweep";
    private const int AccountsAtOnce = 64;

    /// <summary>The last sweep of this process, or null before the first.</summary>
    public SweepReport? LastSweep { get; private set; }

    /// <summary>Sweeps once: every account that no earlier sweep is still waiting for.</summary>
    public async Task<SweepReport> SweepAsync(CancellationToken cancellationToken)
    {
        var started = machine.GetTimestamp();
        using var trace = Signals.Traces.StartActivity("sweep");
        await keeper.BeginSweepAsync(cancellationToken);
        var besides = Task.WhenAll(everything.GoOnAsync(cancellationToken), settler.SettleAsync(cancellationToken));
        var watched = await watch.WatchedAsync(cancellationToken);
        var all = (await watch.AccountsAsync(cancellationToken)).Concat(watched.Select(campaign => campaign.Account)).Distinct().ToList();
        var campaigns = watched.ToLookup(campaign => campaign.Account);
        var swept = new ConcurrentBag<AccountSwept>();
        await Parallel.ForEachAsync(
            all,
            new ParallelOptions { MaxDegreeOfParallelism = AccountsAtOnce, CancellationToken = cancellationToken },
            async (account, token) => swept.Add(await accounts.SweepAsync(account, [.. campaigns[account]], token)));

        await besides;
        await accounts.TendAsync(cancellationToken);
        var failed = swept.Count(one => !one.Answered);
        await everything.TellAsync(failed, cancellationToken);
        var report = new SweepReport(
            clock.GetUtcNow(), swept.Sum(one => one.Judged), watched.Length + swept.Sum(one => one.Strays), all.Count, failed, machine.GetElapsedTime(started));
        LastSweep = report;
        Signals.SweepTook.Record(report.Took.TotalSeconds);
        trace?.SetTag("accounts", report.Accounts).SetTag("failed", report.Failed).SetTag("judged", report.Judged).SetTag("total", report.Total);
        await KeepAsync(report, cancellationToken);
        return report;
    }

    private async Task KeepAsync(SweepReport report, CancellationToken cancellationToken)
    {
        try
        {
            await settings.SetAsync(WorkspaceId.Local, Heartbeat, report, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotKept(fault.Message);
        }
    }

    [LoggerMessage(EventId = 223, Level = LogLevel.Warning, Message = "The heartbeat could not be kept: {Says}")]
    private partial void NotKept(string says);
}
