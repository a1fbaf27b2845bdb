using ChatOpsCampaigns.Adapters.Alerts;
using ChatOpsCampaigns.Automation.Safety.Auditing;
using ChatOpsCampaigns.Bot.Jobs;

namespace ChatOpsCampaigns.Bot.Operating;

/// <summary>Lets the program look at itself every minute of machine time, then gives its sign of life. A look that fails is a bad one, and no sign of life.</summary>
internal sealed partial class SelfAuditWorker(SelfAudit audit, Heartbeat heartbeat, TimeProvider machine, ILogger<SelfAuditWorker> logger) : TirelessWorker(machine, logger)
{
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(45);

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(SelfAudit.Every, Machine);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await LookAsync(stoppingToken);
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(LongestLook, Machine);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var report = await audit.LookAsync(either.Token).WaitAsync(either.Token);
            await heartbeat.BeatAsync([.. report.Findings.Select(finding => finding.Says)], cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            NotLooked(fault);
            await heartbeat.BeatAsync(["the program could not look at itself; its log says why"], cancellationToken);
        }
    }

    [LoggerMessage(EventId = 252, Level = LogLevel.Critical, Message = "The program could not look at itself; it gives no sign of life, and tries again in a minute.")]
    private partial void NotLooked(Exception fault);
}
