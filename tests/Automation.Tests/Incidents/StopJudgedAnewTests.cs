using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Incidents.Resuming;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Incidents;

/// <summary>A stop because of spend, judged again with what is known by now: the campaign has a budget of $500 and a cap of $750 a day.</summary>
public sealed class StopJudgedAnewTests
{
    private static readonly (int Minute, decimal Spend)[] Slow = [(-60, 400), (-30, 520), (-20, 640)];
    private static readonly (int Minute, decimal Spend)[] Fast = [(-60, 90), (-30, 100), (-1, 600)];
    private static readonly (int Minute, decimal Spend)[] Over = [(-60, 400), (-30, 600), (-1, 760)];

    [Proves(118)]
    [Fact]
    public void A_worst_case_that_did_not_come_was_a_false_stop()
    {
        StopJudgedAnew.Says(Stop("daily-spend-cap"), Seen(Slow, known: 650)).ShouldBe(
            "$650 is what was spent on the day of the stop, now that all of it is reported ($640 was reported then, and it was stopped for spend today $760): with that it would not have been stopped");
    }

    [Fact]
    public void A_burst_that_the_network_took_back_was_a_false_stop() => StopJudgedAnew.Says(Stop("spend-acceleration"), Seen(Fast, known: 110)).ShouldNotBeNull();

    [Theory]
    [InlineData(755)]
    [InlineData(1_200)]
    public void A_worst_case_that_came_was_none(int known) => StopJudgedAnew.Says(Stop("daily-spend-cap"), Seen(Slow, known)).ShouldBeNull();

    [Theory]
    [InlineData(600)]
    [InlineData(585)]
    [InlineData(900)]
    public void A_burst_of_which_only_little_was_taken_back_was_none(int known) => StopJudgedAnew.Says(Stop("spend-acceleration"), Seen(Fast, known)).ShouldBeNull();

    [Fact]
    public void What_had_reached_the_cap_was_none() => StopJudgedAnew.Says(Stop("daily-spend-cap"), Seen(Over, known: 765)).ShouldBeNull();

    [Fact]
    public void While_figures_up_to_the_pause_are_missing_nobody_can_tell() => StopJudgedAnew.Says(Stop("daily-spend-cap"), Seen(Slow, known: 650, asOf: 0)).ShouldBeNull();

    [Fact]
    public void Old_figures_tell_nothing() => StopJudgedAnew.Says(Stop("daily-spend-cap"), Seen(Slow, known: 650) with { State = DataState.Late }).ShouldBeNull();

    [Fact]
    public void A_stop_that_the_readings_from_before_it_do_not_explain_is_left_to_people()
    {
        StopJudgedAnew.Says(Stop("daily-spend-cap"), Seen([(-60, 100), (-1, 300)], known: 300)).ShouldBeNull();
        StopJudgedAnew.Says(Stop("daily-spend-cap"), Seen([], known: 300)).ShouldBeNull();
        StopJudgedAnew.Says(Stop("stop-everything"), Seen(Slow, known: 650)).ShouldBeNull();
    }

    private static Incident Stop(string cause) => new(
        IncidentId.New(), WorkspaceId.Local, A.Campaign().Account, A.Campaign().Id, A.Campaign().Name, new RuleId(cause), Remedy.PauseCampaign, Severity.Critical,
        new Evidence("spend today", "$760", "$750"), A.Noon, IncidentState.Open) { PauseConfirmed = true, ConfirmedAt = A.Noon.AddMinutes(1), Result = ResultWord.Install };

    /// <summary>Forty minutes after the stop.</summary>
    private static Observation Seen((int Minute, decimal Spend)[] before, decimal known, int asOf = 30)
    {
        var now = AnObservation.Of(A.Campaign(), known, 60, at: A.Noon.AddMinutes(40));
        PerformanceReading At(int minute, decimal spend) => now.Reading! with
        {
            ReadAt = A.Noon.AddMinutes(minute), DataAsOf = A.Noon.AddMinutes(minute), Today = now.Reading.Today with { Spend = A.Usd(spend) },
        };
        return now with
        {
            Reading = At(asOf, known) with { Settings = A.AtNetwork(A.Campaign(), NetworkStatus.Paused) },
            History = [.. before.Select(one => new KeptReading(now.Campaign.Id, A.Noon.AddMinutes(one.Minute), At(one.Minute, one.Spend)))],
        };
    }
}
