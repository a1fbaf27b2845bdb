using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Transcripts;

/// <summary>A past day with other settings, and an incident as the audit trail tells it.</summary>
public sealed class LookingBackTranscripts
{
    private readonly ChatBench _bench = new();
    private readonly Transcript _talk;
    private readonly Campaign _campaign = A.Campaign();

    public LookingBackTranscripts()
    {
        _talk = new Transcript(_bench);
        _bench.Core.Campaigns.With(_campaign);
        _bench.Core.Network.Put(A.AtNetwork(_campaign));
    }

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_past_day_is_replayed_with_another_mode_and_changes_nothing()
    {
        await _talk.SayAsync("ana", Now, "what if the mode had been aggressive c1");
        await DearDayAsync();
        await _talk.SayAsync(
            "ana", Now, "what if the mode had been aggressive c1", "what if the mode had been conservative yesterday Facebook installs US CA", "what if the target had been $25 c1", "what if pigs could fly c1", "what if the mode had been aggressive c9",
            "what if the mode had been aggressive on 2026-02-01 c1");

        (await _bench.Core.Campaigns.FindAsync(_campaign.Id, Now))!.Spec.ShouldBe(_campaign.Spec);
        _bench.Core.Network.Executed.ShouldBeEmpty();
        Accepted("what-if.txt");
    }

    [Fact]
    public async Task An_incident_is_drafted_from_the_audit_trail()
    {
        await _bench.Core.SeenAsync(_campaign, 800);
        await _talk.MeanwhileAsync("the monitor looks", async () => await new SafetyBench(core: _bench.Core).Monitor.SweepAsync(Now));
        await _talk.SayAsync("olga", Now, "ack i1", "postmortem i1");

        _bench.SeenBy("olga")[^1].ShouldStartWith("Postmortem, a draft");

        Accepted("postmortem.txt");
    }

    /// <summary>Yesterday results cost $20 against a target of $12, and so they had the days before.</summary>
    private async Task DearDayAsync()
    {
        var account = A.Account();
        var day = new AccountDay(account.DayAt(A.Noon).Date.AddDays(-1));
        foreach (var back in Enumerable.Range(1, 4))
            await _bench.Core.Readings.KeepDaysAsync(account, _campaign.Id, [new DayFigures(new AccountDay(day.Date.AddDays(-back)), A.Usd(500), 10_000, 500, 25, null)], Now);

        var start = day.Start(account.Zone());
        foreach (var hour in Enumerable.Range(1, 20))
        {
            var at = start.AddHours(hour);
            await _bench.Core.Readings.KeepAsync(
                account,
                [new KeptReading(_campaign.Id, at, new PerformanceReading(A.AtNetwork(_campaign), at, at, new DayFigures(day, A.Usd(20 * hour), 400 * hour, 20 * hour, hour, null), null, []))], Now);
        }
    }

    private void Accepted(string name)
    {
        _talk.Faults.ShouldBeEmpty();
        var text = System.Text.RegularExpressions.Regex.Replace(_talk.ToString(), "[0-9a-f]{32}", "…");
        text.ShouldBe(Golden.Accepted(name, text));
    }
}
