using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Safety;

/// <summary>A turn of the agent that began before a stop was confirmed and looks at the network after it.</summary>
public sealed class StopBesideTurnTests
{
    private readonly SafetyBench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_turn_that_listed_the_campaign_before_its_stop_does_not_stop_it_a_second_time()
    {
        var listed = await PausedBeforeAKillAsync();
        await _bench.Monitor.SweepAsync(Cancel);
        _bench.Core.Incidents.All.Single().PauseConfirmed.ShouldBeTrue();

        await TurnAsync(listed);

        _bench.Core.Network.Executed.ShouldBeEmpty("the pause stands at the network since before the kill");
        var incident = _bench.Core.Incidents.All.ShouldHaveSingleItem();
        (incident.State, incident.PauseConfirmed, incident.PauseRound).ShouldBe((IncidentState.Open, true, 0));
    }

    /// <summary>The pause took effect, and the program ended before it knew.</summary>
    private async Task<Campaign> PausedBeforeAKillAsync()
    {
        var campaign = _bench.Running(spend: 800);
        var (incident, _) = await _bench.Core.Incidents.OpenAsync(
            new Incident(
                IncidentId.New(), campaign.Workspace, campaign.Account, campaign.Id, campaign.Name, new RuleId("daily-spend-cap"), Remedy.PauseCampaign, Severity.Critical,
                new Evidence("spend today", "$800", "$750"), _bench.Core.Clock.GetUtcNow(), IncidentState.Acting),
            Cancel);
        await _bench.Core.Intents.AddAsync(
            new CommandIntent(
                new CommandKey($"{incident.Id}/pause/0"), campaign.Workspace, campaign.Mode, new NetworkCommand.Pause(campaign.Account, campaign.Id, campaign.Network.Campaign!.Value),
                PersonId.Monitor, "spend today", _bench.Core.Clock.GetUtcNow(), IntentState.Sent),
            Cancel);
        _bench.Core.Network.Put(_bench.Core.Network.Campaigns.Single() with { Status = NetworkStatus.Paused });
        return campaign;
    }

    private async Task TurnAsync(Campaign listed)
    {
        var watch = new SafetyWatch(_bench.Observer, _bench.Panel, _bench.Stop, _bench.Tracking);
        foreach (var observation in await watch.ObserveAsync(A.Account(), [listed], Cancel))
            await watch.HandOverAsync(observation, watch.Judge(observation), Cancel);
    }
}
