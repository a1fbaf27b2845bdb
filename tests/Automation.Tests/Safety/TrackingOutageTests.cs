using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Agent.Rails;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Safety.Rules;
using ChatOpsCampaigns.Automation.Safety.Tracking;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Safety;

/// <summary>Campaigns of $480 a day that have two results an hour, until they have none.</summary>
public sealed class TrackingOutageTests
{
    private const decimal SpendAnHour = 20;
    private const double ResultsAnHour = 2;

    private readonly SafetyBench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(3, 3, 4, true)]
    [InlineData(3, 3, 1, false)]
    [InlineData(2, 2, 6, true)]
    [InlineData(2, 1, 6, false)]
    [InlineData(5, 2, 6, false)]
    [InlineData(5, 3, 6, true)]
    [InlineData(1, 1, 9, false)]
    public void Needs_three_quiet_campaigns_or_both_of_two_for_longer_than_chance_explains(int campaigns, int quiet, double hours, bool found)
    {
        var account = Enumerable.Range(1, campaigns).Select(number => Seen(number, number <= quiet ? hours : 0)).ToList();

        (TrackingOutage.Find(account) is not null).ShouldBe(found);
    }

    [Fact]
    public void Campaigns_that_never_had_results_say_nothing_about_counting()
    {
        var account = Enumerable.Range(1, 3).Select(number => Seen(number, 24) with { Days = [] }).ToList();

        TrackingOutage.Find(account).ShouldBeNull();
    }

    [Fact]
    public void Campaigns_that_stand_still_or_cannot_be_seen_do_not_count()
    {
        var account = Enumerable.Range(1, 4).Select(number => Seen(number, 4)).ToList();
        var paused = account[0] with { Reading = account[0].Reading! with { Settings = account[0].Reading!.Settings with { Status = NetworkStatus.Paused } } };

        TrackingOutage.Find([paused, account[1] with { FailuresInARow = 1 }, account[2] with { State = DataState.Stale }, account[3]]).ShouldBeNull();
    }

    [Fact]
    public void Which_campaigns_are_quiet_and_since_when_is_said()
    {
        var found = TrackingOutage.Find([Seen(1, 5), Seen(2, 4), Seen(3, 4), Seen(4, 0)]).ShouldNotBeNull();

        found.Quiet.Select(quiet => quiet.Campaign.Id.Value).ShouldBe(["c-1", "c-2", "c-3"]);
        found.Since.ShouldBe(A.Noon.AddHours(-4));
    }

    [Fact]
    public void While_results_are_not_counted_no_bid_is_cut_for_what_they_seem_to_cost()
    {
        var seen = Seen(1, 11.5) with { Days = [] };
        new CpaCeiling().Judge(seen).ShouldNotBeOfType<SafetyVerdict.Unknown>();

        new CpaCeiling().Judge(seen with { ResultsUncounted = true }).ShouldBeOfType<SafetyVerdict.Unknown>().Why.ShouldContain("not being counted");
    }

    [Theory]
    [InlineData(Lever.Bid, 12, 13, true)]
    [InlineData(Lever.Bid, 12, 11, true)]
    [InlineData(Lever.DailyBudget, 500, 550, true)]
    [InlineData(Lever.DailyBudget, 500, 450, false)]
    public void While_results_are_not_counted_the_agent_moves_no_bid_and_raises_nothing(Lever lever, decimal from, decimal to, bool dropped)
    {
        var around = new Surroundings(AnObservation.Of(A.Campaign(), 100, 5) with { ResultsUncounted = true }, AgentMemory.Empty, null, A.Usd(0));

        var (left, trims) = AllRails.Through(new Proposal(lever, A.Usd(from), A.Usd(to), "because", "test"), around);

        trims.Any(trim => trim.Rail == "tracking").ShouldBe(dropped);
        (left is null).ShouldBe(dropped);
    }

    [Fact]
    public async Task People_are_told_once_for_the_whole_account_and_again_when_results_return()
    {
        DateTimeOffset? quietFrom = null, quietTo = null;
        foreach (var number in Enumerable.Range(1, 4))
            await RunningAsync(number, at => Results(at, quietFrom, quietTo));

        await HoursAsync(2);
        quietFrom = _bench.Core.Clock.GetUtcNow();
        await HoursAsync(5);

        var incident = _bench.Core.Incidents.All.ShouldHaveSingleItem();
        (incident.Cause, incident.Remedy, incident.State, incident.Campaigns.Length).ShouldBe((SafetyRules.TrackingOutage, Remedy.Alert, IncidentState.Open, 4));
        incident.Evidence.Measure.ShouldStartWith("results of 4 campaigns since");
        var told = _bench.Core.Feed.All.Where(happened => happened.Action.StartsWith("results are not being counted in this account", StringComparison.Ordinal)).ShouldHaveSingleItem();
        (told.Campaign, told.CampaignName, told.Severity).ShouldBe((null, "Meta account", Severity.High));
        (await SeenByTheAgentAsync()).ShouldAllBe(seen => seen.ResultsUncounted);
        _bench.Core.Network.Campaigns.ShouldAllBe(campaign => campaign.Status == NetworkStatus.Active);

        quietTo = _bench.Core.Clock.GetUtcNow();
        await HoursAsync(1);

        _bench.Core.Incidents.All.ShouldHaveSingleItem().Resolution.ShouldBe("results are counted again");
        (await SeenByTheAgentAsync()).ShouldAllBe(seen => !seen.ResultsUncounted);
    }

    [Fact]
    public async Task After_a_restart_it_is_still_known()
    {
        DateTimeOffset? quietFrom = null;
        foreach (var number in Enumerable.Range(1, 3))
            await RunningAsync(number, at => Results(at, quietFrom, null));

        await HoursAsync(2);
        quietFrom = _bench.Core.Clock.GetUtcNow();
        await HoursAsync(5);
        var after = new SafetyBench(_bench);
        await after.Monitor.SweepAsync(Cancel);

        after.Tracking.Marked([Seen(1, 0) with { Account = A.Account() }]).Single().ResultsUncounted.ShouldBeTrue();
        after.Core.Incidents.All.Count(known => known.Cause == SafetyRules.TrackingOutage).ShouldBe(1);
    }

    [Fact]
    public async Task A_campaign_that_reaches_its_own_evidence_is_paused_all_the_same()
    {
        DateTimeOffset? quietFrom = null;
        foreach (var number in Enumerable.Range(1, 3))
            await RunningAsync(number, at => Results(at, quietFrom, null));

        await HoursAsync(2);
        quietFrom = _bench.Core.Clock.GetUtcNow();
        await HoursAsync(12);

        _bench.Core.Incidents.All.Count(open => open.Cause == SafetyRules.TrackingOutage).ShouldBe(1);
        _bench.Core.Incidents.All.Count(open => open.Cause.Value == "zero-conversions" && open.PauseConfirmed).ShouldBe(3);
    }

    [Fact]
    public async Task A_person_who_has_seen_to_it_closes_it()
    {
        DateTimeOffset? quietFrom = null;
        foreach (var number in Enumerable.Range(1, 3))
            await RunningAsync(number, at => Results(at, quietFrom, null));

        await HoursAsync(2);
        quietFrom = _bench.Core.Clock.GetUtcNow();
        await HoursAsync(5);

        var answer = await _bench.Desk.ResumeAsync(_bench.Core.Incidents.All.Single().Id, FakePeople.Olga, Cancel);

        answer.Done.ShouldBeTrue(answer.Says);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_stayed_away_until_its_end_is_not_told_again_and_what_stays_away_after_it_is(bool restarts)
    {
        DateTimeOffset? quietFrom = null;
        foreach (var number in Enumerable.Range(1, 6))
            await RunningAsync(number, at => Results(at, quietFrom, null));

        await HoursAsync(2);
        quietFrom = _bench.Core.Clock.GetUtcNow();
        await HoursAsync(3);
        (await _bench.Desk.ResumeAsync(_bench.Core.Incidents.All.Single().Id, FakePeople.Olga, Cancel)).Done.ShouldBeTrue();
        var bench = restarts ? new SafetyBench(_bench) : _bench;

        await HoursAsync(1, bench);
        bench.Core.Incidents.All.ShouldHaveSingleItem();

        await HoursAsync(2, bench);
        bench.Core.Incidents.All.Count.ShouldBe(2);
        bench.Core.Incidents.All.ShouldAllBe(incident => incident.Cause == SafetyRules.TrackingOutage);
    }

    private async Task<IReadOnlyList<Observation>> SeenByTheAgentAsync() => await new SafetyWatch(_bench.Observer, _bench.Panel, _bench.Stop, _bench.Tracking)
        .ObserveAsync(A.Account(), await _bench.Core.Campaigns.MaySpendAsync(Cancel), Cancel);

    /// <summary>The bench begins at 07:00 of the account's day.</summary>
    private static decimal Results(DateTimeOffset at, DateTimeOffset? quietFrom, DateTimeOffset? quietTo)
    {
        var counted = at - A.Noon.AddHours(-7);
        if (quietFrom is { } from && at > from)
            counted -= (quietTo is { } to && to < at ? to : at) - from;

        return (decimal)Math.Floor(counted.TotalHours * ResultsAnHour);
    }

    private async Task RunningAsync(int number, Func<DateTimeOffset, decimal> results)
    {
        var campaign = _bench.Running($"c-{number}");
        var zone = A.Account().Zone();
        foreach (var back in Enumerable.Range(1, 7))
        {
            var day = new AccountDay(A.Account().DayAt(A.Noon).Date.AddDays(-back));
            await _bench.Core.Readings.KeepDayAsync(A.Account(), campaign.Id, Figures(day, 480, 48), Cancel);
        }

        DateTimeOffset? stopped = null;
        _bench.Core.Network.Figures[campaign.Network.Campaign!.Value] = shown =>
        {
            var now = _bench.Core.Clock.GetUtcNow();
            var today = A.Account().DayAt(now);
            stopped ??= shown.Status == NetworkStatus.Active ? null : now;
            return new PerformanceReading(shown, now, now, Figures(today, SpendAnHour * (decimal)((stopped ?? now) - today.Start(zone)).TotalHours, results(stopped ?? now)), null, []);
        };
    }

    private async Task HoursAsync(int hours, SafetyBench? bench = null)
    {
        bench ??= _bench;
        for (var quarter = 0; quarter < hours * 4; quarter++)
        {
            await bench.Monitor.SweepAsync(Cancel);
            bench.Core.Machine.Advance(TimeSpan.FromMinutes(15));
        }
    }

    /// <summary>At noon, after twelve hours of which the last ones were quiet.</summary>
    private static Observation Seen(int number, double quietHours)
    {
        var campaign = A.Campaign(id: $"c-{number}") with { DailyBudget = A.Usd(480) };
        var today = new AccountDay(DateOnly.FromDateTime(A.Noon.Date));
        var readings = Enumerable.Range(0, 49).Select(quarter =>
        {
            var (at, hours) = (A.Noon.AddHours(-12).AddMinutes(15 * quarter), quarter / 4.0);
            var counted = Math.Max(0, Math.Min(hours, 12 - quietHours));
            return new PerformanceReading(
                A.AtNetwork(campaign), at, at, Figures(today, SpendAnHour * (decimal)hours, (decimal)Math.Floor(counted * ResultsAnHour)), null, []);
        }).ToList();
        var seen = AnObservation.Of(campaign, 0, 0, days: 7, spendADay: 480, resultsADay: 48);
        return seen with
        {
            Account = seen.Account with { TimeZone = "UTC" },
            Reading = readings[^1],
            History = [.. readings.SkipLast(1).Select(reading => new KeptReading(campaign.Id, reading.ReadAt, reading))],
        };
    }

    private static DayFigures Figures(AccountDay day, decimal spend, decimal results) => new(day, A.Usd(spend), 100_000, 10_000, results, null);
}
