using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Wizard;

public sealed class LiveNetworkTests
{
    private readonly ChatBench _bench = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_live_network_that_is_not_built_is_refused_at_the_first_step()
    {
        _bench.Core.Networks.LiveIsNotBuilt = "Live Snapchat Ads is not built yet; set AdNetworks:Snapchat:Mode to Simulated.";
        _bench.Core.Networks.Add(A.Profile("Snapchat"));
        _bench.Core.Accounts.Add(A.Account("Snapchat") with { Mode = NetworkMode.Live });
        var draft = A.Draft() with { Step = "platform", Network = new NetworkName("Snapchat"), Account = null };

        var clashes = (await _bench.Views.ClashesAsync(await _bench.Views.OfAsync(draft, Now), Now)).Where(clash => clash.Field == "Network");

        clashes.ShouldHaveSingleItem().Says.ShouldBe("Live Snapchat Ads is not built yet; set AdNetworks:Snapchat:Mode to Simulated. Or choose another network.");
    }
}
