using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Bot.Start;

/// <summary>Real money runs at the world's time: a live network is refused beside a fast clock, and on data whose time ever ran ahead.</summary>
internal static class ClockRefusal
{
    public static async Task CheckAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var accounts = await services.GetRequiredService<IAdAccounts>().AllAsync(cancellationToken);
        if (accounts.FirstOrDefault(account => account.Mode == NetworkMode.Live) is not { } live)
            return;

        var mode = $"AdNetworks:{live.Network}:Mode is Live";
        if (services.GetRequiredService<CampaignClock>().Speed is var speed and not 1)
            throw new InvalidOperationException($"{mode}, and Clock:Speed is {speed:0.#}: real money runs at speed 1. Leave Clock:Speed out, or set the network to Simulated.");

        var kept = await services.GetRequiredService<ISettingsStore>().FindAsync<KeptTime>(WorkspaceId.Local, KeptTime.Setting, cancellationToken);
        if (kept is { Scaled: true })
            throw new InvalidOperationException($"{mode}, and this data has seen a faster clock, so its time is not the world's. Choose another Data:Folder for real money, or set the network to Simulated.");
    }
}
