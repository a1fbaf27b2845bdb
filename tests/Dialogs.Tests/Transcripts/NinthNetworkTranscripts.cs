using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Transcripts;

/// <summary>A network that nothing in the program names: a profile, and something that answers.</summary>
public sealed class NinthNetworkTranscripts
{
    private readonly ChatBench _bench = new(new Bench(profile: A.Profile("Ninth"), accounts: [A.Account("Ninth")]));

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Proves(9)]
    [Fact]
    public async Task It_is_offered_goes_through_the_whole_wizard_and_runs()
    {
        var talk = new Transcript(_bench);
        await talk.SayAsync("ana", Now, "new campaign");
        talk.ToString().ShouldContain("1. Ninth Ads");
        await talk.SayAsync("ana", Now, "ninth");
        await talk.DropAsync("ana", Now, "one.png");
        await talk.SayAsync("ana", Now, ["done", .. WizardTranscripts.UpToReview, "launch"]);

        var launched = (await _bench.Core.Campaigns.AllAsync(WorkspaceId.Local, Now)).ShouldHaveSingleItem();
        await _bench.Core.Engine.ContinueAsync(launched.Id, Now);

        (await _bench.Core.Campaigns.FindAsync(launched.Id, Now)).ShouldNotBeNull().Status.ShouldBe(CampaignStatus.Active);
        launched.Spec.Network.ShouldBe(new NetworkName("Ninth"));
        var shown = _bench.Core.Network.Campaigns.ShouldHaveSingleItem();
        (shown.Status, shown.DailyBudget, shown.Ads.Length).ShouldBe((NetworkStatus.Active, A.Usd(500), 1));
    }
}
