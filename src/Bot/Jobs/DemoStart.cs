using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Demo;

namespace ChatOpsCampaigns.Bot.Jobs;

/// <summary>Writes the demonstration account before anything else runs, when it is wanted and nothing is there yet.</summary>
internal sealed partial class DemoStart(DemoAccount demo, ILogger<DemoStart> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var added = await demo.CreateAsync(cancellationToken);
        if (added > 0)
            Added(added);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(EventId = 610, Level = LogLevel.Information, Message = "Added {Count} demonstration campaigns; --Demo:History false starts without them.")]
    private partial void Added(int count);
}
