using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Safety.Rules;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Safety;

/// <summary>$5,000 for the whole time, launched four days ago, at most $750 a day.</summary>
public sealed class LifetimeBudgetTests
{
    private readonly SafetyBench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(4000, "Clear")]
    [InlineData(4000.01, "Warning")]
    [InlineData(4999.99, "Warning")]
    [InlineData(5000, "Breach")]
    [InlineData(6000, "Breach")]
    public void Pauses_once_the_spend_since_the_launch_has_reached_it(decimal spent, string verdict) => Said(Seen(spent)).ShouldBe(verdict);

    [Fact]
    public void Says_plainly_that_it_is_used_up() =>
        ((SafetyVerdict.Breach)new LifetimeBudget().Judge(Seen(5010))).Evidence.ShouldBe(new Evidence("lifetime budget $5,000 is used up: spent", "$5,010", "$5,000"));

    [Theory]
    [InlineData(0, "Warning")]
    [InlineData(120, "Breach")]
    public void Counts_money_not_yet_reported_when_it_is_nearly_used_up(int minutesOld, string verdict) => Said(Seen(4990, minutesOld)).ShouldBe(verdict);

    [Fact]
    public void What_the_network_took_back_today_is_not_counted_twice()
    {
        var seen = Seen(4975, 1);
        var taken = seen.Reading! with { Today = seen.Reading.Today with { Spend = seen.Reading.Today.Spend - A.Usd(50) } };
        var before = new KeptReading(seen.Campaign.Id, A.Noon.AddMinutes(-2), seen.Reading);

        Said(seen with { Reading = taken, History = [before] }).ShouldBe("Warning");
    }

    [Fact]
    public void What_stands_still_spends_nothing_that_is_not_reported()
    {
        var seen = Seen(4990, 120);

        Said(seen with { Reading = seen.Reading! with { Settings = seen.Reading.Settings with { Status = NetworkStatus.Paused } } }).ShouldBe("Warning");
    }

    [Theory]
    [InlineData(2000, "Clear")]
    [InlineData(3000, "Unknown")]
    [InlineData(5000, "Breach")]
    public void Cannot_tell_once_a_day_is_missing_that_could_matter(decimal known, string verdict)
    {
        var seen = Seen(known);

        Said(seen with { Spent = seen.Spent.Remove(Day(3)).SetItem(Day(2), seen.Spent[Day(2)] + seen.Spent[Day(3)]) }).ShouldBe(verdict);
    }

    [Fact]
    public void Without_a_reading_it_cannot_tell() => Said(Seen(100) with { Reading = null }).ShouldBe("Unknown");

    [Fact]
    public void A_budget_for_each_day_is_none_for_the_whole_time() =>
        Said(Seen(9000) with { Campaign = A.Campaign() }).ShouldBe("NotWatching");

    [Fact]
    public void Days_before_the_launch_and_before_its_start_do_not_count()
    {
        var seen = Seen(5000);

        Said(seen with { Campaign = seen.Campaign with { Spec = seen.Campaign.Spec with { Schedule = new Schedule(A.Noon.AddDays(-2), A.Noon.AddDays(9), []) } } }).ShouldBe("Clear");
    }

    [Fact]
    public async Task What_the_network_took_back_later_counts_all_the_same()
    {
        var campaign = await WholeAsync(1000);
        await SpendAsync(_bench, campaign, 500);
        await SpendAsync(_bench, campaign, 470);
        _bench.Core.Machine.Advance(TimeSpan.FromHours(24));

        await SpendAsync(_bench, campaign, 500);

        _bench.Core.Incidents.All.ShouldContain(incident => incident.Cause == SafetyRules.LifetimeBudget);
    }

    [Fact]
    public async Task Holds_over_the_days_and_over_a_restart()
    {
        var campaign = await WholeAsync(1000);
        await SpendAsync(_bench, campaign, 500);
        var after = new SafetyBench(_bench);
        after.Core.Machine.Advance(TimeSpan.FromHours(24));
        await SpendAsync(after, campaign, 480);
        (await _bench.CampaignAsync(campaign)).Status.ShouldBe(CampaignStatus.Active);

        await SpendAsync(after, campaign, 500);

        (await _bench.CampaignAsync(campaign)).Status.ShouldBe(CampaignStatus.Stopped);
        _bench.Core.Incidents.All.ShouldContain(incident => incident.Cause == SafetyRules.LifetimeBudget && incident.PauseConfirmed);
    }

    [Fact]
    public async Task Resume_is_refused_with_the_way_out_until_a_second_person_confirms_more()
    {
        var campaign = await WholeAsync(1000);
        await SpendAsync(_bench, campaign, 500);
        _bench.Core.Machine.Advance(TimeSpan.FromHours(24));
        await SpendAsync(_bench, campaign, 500);
        _bench.Core.Machine.Advance(TimeSpan.FromHours(24));
        Shows(_bench, campaign, 0);
        var incident = _bench.Core.Incidents.All.Single(open => open.Cause == SafetyRules.LifetimeBudget);

        var answer = await _bench.Desk.ResumeAsync(incident.Id, FakePeople.Olga, Cancel);
        answer.Says.ShouldBe("Not resumed: lifetime budget $1,000 is used up: spent $1,000.");
        answer.WaysOut[0].ShouldContain("higher limit <amount>");

        (await _bench.Desk.RequestHigherCapAsync(incident.Id, FakePeople.You, A.Usd(1000), Cancel)).Says.ShouldContain("altogether is $1,000");
        (await _bench.Desk.RequestHigherCapAsync(incident.Id, FakePeople.You, A.Usd(1500), Cancel)).Says.ShouldContain("$1,500 altogether");
        var asked = (await _bench.Core.ApprovalStore.WaitingAsync(incident.Workspace, Cancel)).Single();
        (await _bench.Approvals.DecideAsync(asked.Id, FakePeople.You, true, asked.Shown, null, Cancel)).ShouldBeOfType<ApprovalAnswer.Refused>();
        (await _bench.Approvals.DecideAsync(asked.Id, FakePeople.Max, true, asked.Shown, null, Cancel)).ShouldBeOfType<ApprovalAnswer.Decided>();

        answer = await _bench.Desk.ResumeAsync(incident.Id, FakePeople.Olga, Cancel);
        answer.Done.ShouldBeTrue(answer.Says);
        (await _bench.CampaignAsync(campaign)).LifetimeBudget.ShouldBe(A.Usd(1500));
    }

    /// <summary>Ten minutes later the network reports this for the day, and a sweep sees it.</summary>
    private static async Task SpendAsync(SafetyBench bench, Campaign campaign, decimal spend)
    {
        bench.Core.Machine.Advance(TimeSpan.FromMinutes(10));
        Shows(bench, campaign, spend);
        await bench.Monitor.SweepAsync(Cancel);
    }

    private static void Shows(SafetyBench bench, Campaign campaign, decimal spend) => bench.Core.Network.Figures[campaign.Network.Campaign!.Value] = shown =>
        new PerformanceReading(
            shown, bench.Core.Clock.GetUtcNow(), bench.Core.Clock.GetUtcNow(),
            new DayFigures(A.Account().DayAt(bench.Core.Clock.GetUtcNow()), A.Usd(spend), 10_000, 500, 45, null), null, []);

    private async Task<Campaign> WholeAsync(decimal budget)
    {
        var campaign = _bench.Running(spend: 0);
        return await _bench.Core.Campaigns.ChangeAsync(
            campaign.Id,
            now => now with { LaunchedAt = _bench.Core.Clock.GetUtcNow(), Spec = now.Spec with { Budget = new Budget(BudgetType.Lifetime, A.Usd(budget), A.Usd(750)) } },
            Cancel);
    }

    private static string Said(Observation now) => new LifetimeBudget().Judge(now).GetType().Name;

    private static AccountDay Day(int back) => new(DateOnly.FromDateTime(A.Noon.Date).AddDays(-back));

    /// <summary>Four days with a fifth of it each, and today with the rest.</summary>
    private static Observation Seen(decimal spent, int minutesOld = 0)
    {
        var campaign = A.Campaign() with
        {
            LaunchedAt = A.Noon.AddDays(-4), Spec = A.Spec() with { Budget = new Budget(BudgetType.Lifetime, A.Usd(5000), A.Usd(750)) },
        };
        var seen = AnObservation.Of(campaign, spent / 5, 5);
        return seen with
        {
            Account = seen.Account with { TimeZone = "UTC" },
            Reading = seen.Reading! with { DataAsOf = A.Noon.AddMinutes(-minutesOld) },
            Spent = Enumerable.Range(0, 5).ToImmutableSortedDictionary(Day, _ => A.Usd(spent / 5)),
        };
    }
}
