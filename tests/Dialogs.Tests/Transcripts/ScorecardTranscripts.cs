using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.FollowUps;
using ChatOpsCampaigns.Automation.Agent.Foresight;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Transcripts;

/// <summary>The agent's record, and what people say of stops.</summary>
public sealed class ScorecardTranscripts
{
    private readonly ChatBench _bench = new();
    private readonly Transcript _talk;
    private readonly Campaign _campaign = A.Campaign();

    public ScorecardTranscripts() => _talk = new Transcript(_bench);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_record_is_summed_with_stops_as_people_judged_them_and_forecasts_beside_a_naive_rule()
    {
        await _talk.SayAsync("ana", Now, "scorecard");
        _bench.Core.Campaigns.With(_campaign);
        var day = A.Account().DayAt(A.Noon);
        PastMove Move(Lever lever, int daysAgo, decimal from, decimal to) => new(lever, A.Noon.AddDays(-daysAgo), day, A.Usd(from), A.Usd(to), 3);
        var told = new FollowUp(Lever.Bid, A.Usd(12), A.Usd(10), A.Noon.AddDays(-6), day, new Estimate(400, 500, 600), 490, new Estimate(9, 12, 15), 12, 40, null);
        await new AgentMemories(_bench.Core.Settings, _bench.Core.Intents, _bench.Core.Accounts, _bench.Core.Clock).KeepAsync(
            _campaign,
            AgentMemory.Empty with
            {
                Moves = [Move(Lever.Bid, 6, 12, 10), Move(Lever.DailyBudget, 5, 500, 450), Move(Lever.DailyBudget, 3, 450, 495)],
                FollowUps = [told, told with { CostCame = 22, MovedAt = A.Noon.AddDays(-5) }, told with { Cost = null, CostCame = null, Spend = null, SpendCame = null, Why = "moved again" }],
            },
            Now);
        await _bench.Core.Forecasts.KeepAsync([Day(4, 480, 500), Day(3, 510, 500), Day(2, 505, 620)], Now);
        await StoppedAsync("daily-spend-cap");
        await StoppedAsync("zero-conversions");

        await _talk.SayAsync("ana", Now, "judge false i1", "scorecard");
        await _talk.SayAsync("olga", Now, "judge false i1", "judge false i1", "judge i2", "judge right i2", "scorecard");

        var text = _talk.ToString();
        text.ShouldBe(Golden.Accepted("scorecard.txt", text));
    }

    private Task StoppedAsync(string rule) => _bench.Core.Incidents.OpenAsync(
        new Incident(
            IncidentId.New(), WorkspaceId.Local, _campaign.Account, _campaign.Id, _campaign.Name, new RuleId(rule), Remedy.PauseCampaign, Severity.Critical,
            new Evidence("spend today", "$800", "$750"), A.Noon, IncidentState.Open) { PauseConfirmed = true, ConfirmedAt = A.Noon },
        Now);

    private static RunningForecast Day(int daysAgo, decimal expected, decimal came)
    {
        var (zone, day) = (A.Account().Zone(), A.Account().DayAt(A.Noon.AddDays(-daysAgo)));
        return new RunningForecast(
            new CampaignId("c-1"), WorkspaceId.Local, A.Account().Id, Currency.Usd, ResultWord.Install, 500, 12,
            new Foreseen(ForecastSpan.Day, day.Start(zone), day.End(zone), day.Start(zone).AddHours(-3), new Estimate(expected - 60, expected, expected + 60), null, null))
        {
            Came = new Outcome(A.Noon, came, 40, true, null),
        };
    }
}
