using ChatOpsCampaigns.Dialogs.Setup;

namespace ChatOpsCampaigns.Bot.Jobs.Talking;

/// <summary>Looks every 15 seconds of machine time what became of a test emergency.</summary>
internal sealed class TestEmergencyWorker(TestDesk tests, TimeProvider machine, ILogger<TestEmergencyWorker> logger) : TirelessWorker(machine, logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        using var every = new PeriodicTimer(Pause, Machine);
        while (await every.WaitForNextTickAsync(stoppingToken))
            await tests.LookAsync(stoppingToken);
    }
}
