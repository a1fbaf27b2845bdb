using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Bot.Start;

namespace ChatOpsCampaigns.Bot.Jobs;

/// <summary>Puts on record what was set up anew since the last start.</summary>
internal sealed class SettingsStart(SettingsOnRecord record, IConfiguration configuration) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => record.CompareAsync(SaidSettings.Read(configuration), cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
