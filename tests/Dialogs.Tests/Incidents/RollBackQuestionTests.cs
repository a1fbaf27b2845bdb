using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Incidents;

/// <summary>What a roll back would do to money is said before it is done.</summary>
public sealed class RollBackQuestionTests
{
    private readonly ChatBench _bench = new();
    private readonly Campaign _campaign = A.Campaign(CampaignStatus.Stopped);

    public RollBackQuestionTests()
    {
        _bench.Core.Campaigns.With(_campaign);
        _bench.Core.Network.Put(A.AtNetwork(_campaign, NetworkStatus.Paused));
        _bench.Core.Network.Figures[_campaign.Network.Campaign!.Value] = shown => new PerformanceReading(
            shown, A.Noon, A.Noon, new DayFigures(A.Account().DayAt(A.Noon), A.Usd(100), 10_000, 500, 5, null), null, []);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lever_that_goes_up_is_said_to_with_from_what_to_what()
    {
        await OpenAsync();
        await MovedAsync(PersonId.Agent, 12, 10.8m);

        await _bench.SayAsync("olga", "roll back i1", Cancel);

        var asked = _bench.SeenBy("olga").ShouldHaveSingleItem();
        asked.ShouldContain("Put 1 change of Facebook installs US CA back, which raises its bid? It stays paused.");
        asked.ShouldContain("bid goes UP: $10.80 → $12 (moved by agent");
    }

    [Fact]
    public async Task A_lever_that_goes_down_is_no_raise()
    {
        await OpenAsync();
        await MovedAsync(FakePeople.Ana.Id, 12, 14);

        await _bench.SayAsync("olga", "roll back i1", Cancel);

        _bench.SeenBy("olga").ShouldHaveSingleItem().ShouldContain("Put 1 change of Facebook installs US CA back? It stays paused.");
    }

    [Fact]
    public async Task A_raise_that_one_person_may_not_make_is_refused_at_once_and_asked_of_nobody()
    {
        await OpenAsync();
        await MovedAsync(PersonId.Agent, 12, 8);

        await _bench.SayAsync("olga", "roll back i1", Cancel);

        _bench.SeenBy("olga")[0].ShouldStartWith("Nothing was put back: bid NOT put back to $12, which is a raise: $12 is more than 30 % above");
        _bench.Core.Network.Campaigns.Single().Bid.ShouldBe(A.Usd(8));
    }

    private Task OpenAsync() => _bench.Core.Incidents.OpenAsync(
        new Incident(
            IncidentId.New(), WorkspaceId.Local, _campaign.Account, _campaign.Id, _campaign.Name, new RuleId("daily-spend-cap"), Remedy.PauseCampaign, Severity.Critical,
            new Evidence("spend today", "$800", "$750"), A.Noon.AddHours(-2), IncidentState.Open) { PauseConfirmed = true, ConfirmedAt = A.Noon.AddHours(-2) },
        Cancel);

    /// <summary>The bid as it was moved before the stop, at its network and here.</summary>
    private async Task MovedAsync(PersonId by, decimal from, decimal to)
    {
        var command = new NetworkCommand.SetBid(_campaign.Account, _campaign.Id, _campaign.Network.Campaign!.Value, A.Usd(from), A.Usd(to));
        await _bench.Core.Intents.AddAsync(
            new CommandIntent(new CommandKey("moved"), _campaign.Workspace, _campaign.Mode, command, by, "test", A.Noon.AddMinutes(-20), IntentState.Confirmed) { SettledAt = A.Noon.AddMinutes(-20) }, Cancel);
        await _bench.Core.Campaigns.ChangeAsync(_campaign.Id, now => now with { Bid = A.Usd(to), LaunchedAt = A.Noon.AddHours(-5) }, Cancel);
        _bench.Core.Network.Put(A.AtNetwork(_campaign, NetworkStatus.Paused) with { Bid = A.Usd(to) });
        await _bench.Core.Observer.ObserveAsync(A.Account(), [(await _bench.Core.Campaigns.FindAsync(_campaign.Id, Cancel))!], Cancel);
    }
}
