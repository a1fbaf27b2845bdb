using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Bot.Options;
using Microsoft.Extensions.Options;

namespace ChatOpsCampaigns.Bot.Jobs.Sweeping;

/// <summary>Looks every few seconds of machine time whether sweeps still come. A look that hangs is left behind and the next one taken.</summary>
internal sealed partial class SweepWatch(SweepPulse pulse, TimeProvider machine, IOptions<SafetyOptions> options, ILogger<SweepWatch> logger) : TirelessWorker(machine, logger)
{
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(30);

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(SweepPulse.LookEvery, Machine);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await LookAsync(stoppingToken);
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await pulse.LookAsync(options.Value.SweepEvery, cancellationToken).WaitAsync(LongestLook, Machine, cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            NotLooked(fault);
        }
    }

    [LoggerMessage(EventId = 242, Level = LogLevel.Critical, Message = "Whether sweeps come could not be told; looked at again in five seconds.")]
    private partial void NotLooked(Exception fault);
}
