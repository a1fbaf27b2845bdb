using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Transcripts;

/// <summary>What may be lost now: told with what it comes from, the worst first, and nothing unknown counted as nothing.</summary>
public sealed class ExposureTranscripts
{
    private readonly ChatBench _bench = new();
    private readonly Transcript _talk;

    public ExposureTranscripts() => _talk = new Transcript(_bench);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Money_at_risk_is_told_the_worst_first_with_its_age_and_its_cap()
    {
        await _talk.SayAsync("you", Now, "exposure");
        var seen = await AddAsync("c-1", "Spring sale", CampaignStatus.Active);
        await _bench.Core.SeenAsync(seen, 210);
        await AddAsync("c-2", "Never seen", CampaignStatus.Active);
        await AddAsync("c-3", "Paused", CampaignStatus.Paused);
        await AddAsync("c-4", "Lost account", CampaignStatus.Active, account: "gone");
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(40));

        await _talk.SayAsync("you", Now, "exposure", "status", "why c1");

        Accepted("exposure.txt");
    }

    [Fact]
    public async Task A_stop_that_is_not_confirmed_still_counts()
    {
        var stopped = await AddAsync("c-1", "Spring sale", CampaignStatus.Stopped);
        await _bench.Core.SeenAsync(stopped, 210);
        await _bench.Core.Incidents.OpenAsync(
            new Automation.Incidents.Incident(
                IncidentId.New(), WorkspaceId.Local, stopped.Account, stopped.Id, stopped.Name, new Automation.Safety.RuleId("daily-spend-cap"), Automation.Safety.Remedy.PauseCampaign,
                Automation.Feed.Severity.Critical, new Automation.Safety.Evidence("spend today", "$800", "$750"), A.Noon, Automation.Incidents.IncidentState.Open),
            Now);

        await _bench.SayAsync("you", "exposure", Now);

        _bench.SeenBy("you").ShouldHaveSingleItem().ShouldContain("$210 at risk now in 1 campaign");
    }

    [Fact]
    public async Task Where_an_account_is_not_shown_nothing_of_it_is_counted_or_put_back()
    {
        var seen = await AddAsync("c-1", "Spring sale", CampaignStatus.Active);
        await _bench.Core.SeenAsync(seen, 210);
        await _bench.SayAsync("ana", "set bid c1 $11", Now);
        var elsewhere = FakePeople.Olga with { Sight = new HashSet<AdAccountId> { new("tiktok") } };

        (await new Automation.Feed.ExposureProjection(_bench.Core.Campaigns, _bench.Core.Incidents, _bench.Core.Intents, _bench.Core.Accounts, _bench.Core.Observer).BuildAsync(elsewhere, Now)).Lines.ShouldBeEmpty();
        (await Desks.UndoOf(_bench.Core).SinceAsync(elsewhere, A.Noon.AddHours(-1), Now)).ShouldBeEmpty();
        (await Desks.UndoOf(_bench.Core).SinceAsync(FakePeople.Olga, A.Noon.AddHours(-1), Now)).ShouldHaveSingleItem();
    }

    private async Task<Campaign> AddAsync(string id, string name, CampaignStatus status, string account = "meta")
    {
        var plain = A.Campaign(status, id);
        var campaign = await _bench.Core.Campaigns.AddAsync(
            plain with
            {
                Spec = plain.Spec with { Name = name, Account = new AdAccountId(account) },
                Network = new NetworkIds(new ExternalId($"n-{id}"), new ExternalId($"n-{id}-set"), [new ExternalId($"n-{id}/0")]),
            },
            Now);
        _bench.Core.Network.Put(A.AtNetwork(campaign, status == CampaignStatus.Active ? NetworkStatus.Active : NetworkStatus.Paused));
        return campaign;
    }

    private void Accepted(string name)
    {
        var text = _talk.ToString();
        text.ShouldBe(Golden.Accepted(name, text));
    }
}
