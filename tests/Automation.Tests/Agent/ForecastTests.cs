using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent.Foresight;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Automation.Tests.Agent;

/// <summary>What the agent expects of the next hour and day, kept beside what came. The account's noon is 07:00 in New York.</summary>
public sealed class ForecastTests
{
    private const decimal AnHour = 20;

    private readonly MemoryForecasts _store = new();
    private readonly Campaign _campaign = A.Campaign();
    private readonly ForecastBook _book;

    public ForecastTests() => _book = Book();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Proves(87)]
    [Fact]
    public async Task Expects_spend_results_and_their_cost_of_the_next_full_hour_and_the_next_day_each_with_a_range()
    {
        var foresees = await ForeseeAsync(Seen(At(minutes: 10)));

        var (hour, day) = (foresees[0], foresees[1]);
        (hour.Span, hour.From, hour.To).ShouldBe((ForecastSpan.Hour, A.Noon.AddHours(1), A.Noon.AddHours(2)));
        (day.Span, day.From, day.To).ShouldBe((ForecastSpan.Day, new DateTimeOffset(2026, 3, 3, 5, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 4, 5, 0, 0, TimeSpan.Zero)));
        foreach (var estimate in new[] { hour.Spend, hour.Results, hour.Cost, day.Spend, day.Results, day.Cost })
        {
            estimate.ShouldNotBeNull();
            (estimate.Low <= estimate.Middle && estimate.Middle <= estimate.High && estimate.Low < estimate.High).ShouldBeTrue($"{estimate}");
        }

        hour.Spend.Middle.ShouldBeInRange(15, 90);
        day.Spend.Middle.ShouldBeInRange(400, 500);
        day.Cost!.Middle.ShouldBeInRange(10, 16);
    }

    [Fact]
    public async Task Twelve_turns_of_an_hour_write_one_row_for_the_hour_and_one_for_the_day()
    {
        for (var minutes = 0; minutes < 60; minutes += 5)
            await ForeseeAsync(Seen(At(minutes)));

        _store.All.Select(forecast => forecast.Foreseen.Span).ShouldBe([ForecastSpan.Hour, ForecastSpan.Day]);
        _store.Commits.ShouldBe(1);
    }

    [Fact]
    public async Task A_moved_budget_makes_them_anew_in_the_same_rows()
    {
        var before = (await ForeseeAsync(Seen(At(0))))[1];
        var after = (await ForeseeAsync(Seen(At(5)) with { Campaign = _campaign with { DailyBudget = A.Usd(250) } }))[1];

        after.Spend.Middle.ShouldBeLessThan(before.Spend.Middle);
        _store.All.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_has_begun_is_never_made_anew()
    {
        var made = (await ForeseeAsync(Seen(At(30))))[0];

        await ForeseeAsync(Seen(At(70)) with { Campaign = _campaign with { DailyBudget = A.Usd(250) } });

        _store.All.Single(forecast => forecast.Foreseen.From == made.From).Foreseen.ShouldBe(made);
    }

    [Proves(87)]
    [Fact]
    public async Task An_hour_is_held_against_what_came_once_the_figures_reach_its_end_and_not_before()
    {
        await ForeseeAsync(Seen(At(30)));

        await ForeseeAsync(Seen(At(125), asOf: At(115)));
        Hour().Came.ShouldBeNull();

        await ForeseeAsync(Seen(At(140), asOf: At(125)));
        (Hour().Came!.Spend, Hour().Came!.IsFinal).ShouldBe((AnHour, true));
        Hour().Came!.Results.ShouldBe(2);
    }

    [Fact]
    public async Task A_network_that_does_not_say_how_old_its_figures_are_is_given_its_usual_delay()
    {
        await ForeseeAsync(Silent(At(30)));

        await ForeseeAsync(Silent(At(130)));
        Hour().Came.ShouldBeNull();

        await ForeseeAsync(Silent(At(136)));
        Hour().Came!.Spend.ShouldBe(AnHour);
    }

    [Fact]
    public async Task While_the_network_does_not_answer_nothing_is_held_against_old_figures()
    {
        await ForeseeAsync(Silent(At(30)));

        await ForeseeAsync(Silent(At(136)) with { FailuresInARow = 1 });

        Hour().Came.ShouldBeNull();
    }

    [Fact]
    public async Task An_hour_of_which_readings_are_missing_stays_unknown_and_is_not_zero()
    {
        await ForeseeAsync(Seen(At(30)));
        var whole = Seen(At(180));

        await ForeseeAsync(whole with { History = [.. whole.History.Where(kept => kept.ReadAt < At(20) || kept.ReadAt > At(160))] });

        (Hour().Came!.Spend, Hour().Came!.IsFinal, Hour().Came!.Because).ShouldBe((null, true, "readings of it are missing"));
    }

    [Fact]
    public async Task An_hour_in_which_it_did_not_run_all_the_time_stays_unknown()
    {
        await ForeseeAsync(Seen(At(30)));

        await ForeseeAsync(Seen(At(180)) with { Campaign = _campaign with { LastResumedAt = At(90) } });

        (Hour().Came!.Spend, Hour().Came!.Because).ShouldBe((null, "it did not run all the time"));
    }

    [Fact]
    public async Task Results_that_nobody_counts_stay_unknown()
    {
        await ForeseeAsync(Seen(At(30)));

        await ForeseeAsync(Seen(At(140)) with { ResultsUncounted = true });

        (Hour().Came!.Spend, Hour().Came!.Results, Hour().Came!.Because).ShouldBe((AnHour, null, "its results were not counted"));
    }

    [Fact]
    public async Task The_spend_of_a_day_is_known_at_its_end_and_its_results_when_they_have_matured()
    {
        await ForeseeAsync(Seen(At(0)));
        var end = Day().Foreseen.To;

        await ForeseeAsync(Yesterday(end.AddMinutes(30)));
        (Day().Came!.Spend, Day().Came!.Results, Day().Came!.IsFinal).ShouldBe((480, null, false));

        await ForeseeAsync(Yesterday(end.AddHours(9)));
        (Day().Came!.Spend, Day().Came!.Results, Day().Came!.IsFinal).ShouldBe((480, 36, true));
    }

    [Fact]
    public async Task A_day_whose_last_figures_were_never_read_stays_unknown()
    {
        await ForeseeAsync(Seen(At(0)));

        await ForeseeAsync(Seen(Day().Foreseen.To.AddHours(26)));

        (Day().Came!.Spend, Day().Came!.IsFinal, Day().Came!.Because).ShouldBe((null, true, "its last figures came later than they are read"));
    }

    [Fact]
    public async Task A_store_that_cannot_be_written_delays_no_turn_and_is_written_in_the_next()
    {
        _store.Locked = true;
        (await ForeseeAsync(Seen(At(0)))).Length.ShouldBe(2);

        _store.Locked = false;
        await ForeseeAsync(Seen(At(5)));

        _store.All.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_restart_goes_on_where_it_was()
    {
        await ForeseeAsync(Seen(At(30)));

        await Book().ForeseeAsync(Seen(At(140)), AgentMemory.Empty, Cancel);

        Hour().Came!.Spend.ShouldBe(AnHour);
    }

    [Fact]
    public async Task Nothing_is_expected_of_results_without_a_target_and_results_of_its_own()
    {
        var bare = _campaign with { Spec = _campaign.Spec with { Bidding = new Bidding { Strategy = BidStrategy.LowestCost }, Automation = new AutomationSettings() } };

        var hour = (await ForeseeAsync(Seen(At(30)) with { Campaign = bare, Days = [] }))[0];

        (hour.Results, hour.Cost).ShouldBe((null, null));
    }

    [Fact]
    public async Task Nothing_is_expected_of_a_time_after_its_end()
    {
        var ends = _campaign with { Spec = _campaign.Spec with { Schedule = new Schedule(null, At(90), []) } };

        (await ForeseeAsync(Seen(At(30)) with { Campaign = ends })).ShouldBeEmpty();
    }

    [Fact]
    public void The_more_it_missed_the_wider_the_next_range()
    {
        var hits = Enumerable.Repeat((new Estimate(50, 100, 200), 100m), 20);
        var misses = Enumerable.Repeat((new Estimate(50, 100, 200), 300m), 20);

        var (sure, unsure) = (Spread.Learned(1, _ => .3, hits).Around(100), Spread.Learned(1, _ => .3, misses).Around(100));

        (unsure.High / unsure.Low).ShouldBeGreaterThan(3 * (sure.High / sure.Low));
    }

    [Proves(87)]
    [Fact]
    public void The_error_is_told_with_and_without_its_sign_and_how_many_came_inside()
    {
        var score = ForecastScore.Of([(new Estimate(90, 100, 110), 105m), (new Estimate(90, 100, 110), 75m)]);

        (score.Known, score.Inside).ShouldBe((2, 1));
        score.Error!.Value.ShouldBe(30m / 180);
        score.Bias!.Value.ShouldBe(-20m / 180);
    }

    [Fact]
    public void Where_nothing_came_there_is_no_share_of_it() => ForecastScore.Of([(new Estimate(0, 1, 2), 0m)]).ShouldBe(new ForecastScore(1, 1, null, null));

    private static DateTimeOffset At(int minutes) => A.Noon.AddMinutes(minutes);

    private ForecastBook Book() => new(_store, NullLogger<ForecastBook>.Instance);

    private Task<ImmutableArray<Foreseen>> ForeseeAsync(Observation now) => _book.ForeseeAsync(now, AgentMemory.Empty, Cancel);

    private RunningForecast Hour() => _store.All.First(forecast => forecast.Foreseen.Span == ForecastSpan.Hour);

    private RunningForecast Day() => _store.All.First(forecast => forecast.Foreseen.Span == ForecastSpan.Day);

    /// <summary>$20 and two installs in every hour, read every five minutes; ten full days of $480 and 40 installs.</summary>
    private Observation Seen(DateTimeOffset now, DateTimeOffset? asOf = null) => Seen(now, asOf ?? now, says: true);

    /// <summary>The same at a network that does not say up to when its figures count: they are half its usual age late.</summary>
    private Observation Silent(DateTimeOffset now) => Seen(now, now, says: false);

    private Observation Seen(DateTimeOffset now, DateTimeOffset asOf, bool says)
    {
        var lag = says ? TimeSpan.Zero : A.Profile().UsualReportAge.Value / 2;
        var readings = new List<KeptReading>();
        for (var at = A.Noon.AddHours(-6.5); at <= asOf; at = at.AddMinutes(5))
            readings.Add(new KeptReading(_campaign.Id, at, Reading(at, at - lag, says)));

        return AnObservation.Of(_campaign, 0, 0, days: 10, spendADay: 480, resultsADay: 40, at: now) with { Reading = readings[^1].Reading, History = [.. readings.SkipLast(1)] };
    }

    private PerformanceReading Reading(DateTimeOffset at, DateTimeOffset counts, bool says)
    {
        var account = A.Account();
        var day = account.DayAt(counts);
        var hours = (decimal)(counts - day.Start(account.Zone())).TotalHours;
        return new PerformanceReading(A.AtNetwork(_campaign), at, says ? counts : null, new DayFigures(day, A.Usd(AnHour * hours), 5000, 500, 2 * hours, null), null, []);
    }

    /// <summary>What the day after that day shows of it: $480 and 36 installs.</summary>
    private Observation Yesterday(DateTimeOffset now)
    {
        var today = A.Account().DayAt(now);
        var figures = new DayFigures(today.Previous, A.Usd(480), 10_000, 1_000, 36, null);
        var seen = AnObservation.Of(_campaign, 1, 0, at: now);
        return seen with { Reading = seen.Reading! with { Yesterday = figures } };
    }
}
