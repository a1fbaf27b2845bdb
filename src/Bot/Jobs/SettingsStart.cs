using ChatOpsCampaigns.Automation.Accounts.Setup;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Bot.Start;

namespace ChatOpsCampaigns.Bot.Jobs;

/// <summary>Puts on record what was set up anew since the last start, and reads what was said in the chat: from then on it is asked of no database.</summary>
internal sealed class SettingsStart(SettingsOnRecord record, SetupBook said, IConfiguration configuration) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await said.AllAsync(cancellationToken);
        await record.CompareAsync(SaidSettings.Read(configuration), cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
