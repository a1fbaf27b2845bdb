using ChatOpsCampaigns.Automation.Agent.Foresight;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards.Parts;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Cards;

public sealed class ForecastWordsTests
{
    private static readonly TimeZoneInfo NewYork = A.Account().Zone();

    [Fact]
    public void What_came_stands_beside_what_was_expected_in_one_line_on_the_accounts_clock() =>
        ForecastWords.Came(Hour(new Outcome(A.Noon, 35, 3, true, null)), A.Noon, NewYork)
            .ShouldBe("I expected about $29–$41 and 2–4 installs from 07:00 to 08:00 (UTC-05:00); it was $35 and 3 installs.");

    [Theory]
    [InlineData(55, "it was $55 (more than I expected) and 3 installs.")]
    [InlineData(12.5, "it was $12.50 (less than I expected) and 3 installs.")]
    public void A_miss_says_to_which_side(decimal spend, string says) =>
        ForecastWords.Came(Hour(new Outcome(A.Noon, spend, 3, true, null)), A.Noon, NewYork).ShouldEndWith(says);

    [Fact]
    public void What_is_not_known_is_said_with_its_reason_and_never_a_zero() =>
        ForecastWords.Came(Hour(new Outcome(A.Noon, null, null, true, "readings of it are missing")), A.Noon, NewYork)
            .ShouldEndWith("; what came is not known: readings of it are missing.");

    [Fact]
    public void Results_that_have_not_matured_are_said_to_be_still_counted() =>
        ForecastWords.Came(Hour(new Outcome(A.Noon, 35, null, false, null)), A.Noon, NewYork).ShouldEndWith("; it was $35, installs are still being counted.");

    [Fact]
    public void What_is_next_is_told_with_the_cost_of_a_result() =>
        ForecastWords.Ahead(Hour(null).Foreseen, Currency.Usd, ResultWord.Install, A.Noon, NewYork)
            .ShouldBe("I expect about $29–$41, 2–4 installs and $10–$16 per install from 07:00 to 08:00 (UTC-05:00).");

    [Fact]
    public void From_five_on_it_tells_how_often_it_was_right_and_how_far_off()
    {
        var hours = Enumerable.Range(0, 5).Select(hour => Hour(new Outcome(A.Noon, hour == 0 ? 70 : 35, 3, true, null), hour)).ToList();

        ForecastWords.Score(ForecastTrack.Empty.With(hours), ForecastSpan.Hour).ShouldBe("Of the last 5 hours 4 were inside what I expected, the spend 19 % off on average.");
        ForecastWords.Score(ForecastTrack.Empty.With([.. hours.Take(4)]), ForecastSpan.Hour).ShouldBeNull();
    }

    private static RunningForecast Hour(Outcome? came, int hours = 0) => new(
        new CampaignId("c-1"), WorkspaceId.Local, new AdAccountId("meta"), Currency.Usd, ResultWord.Install, 500, 12,
        new Foreseen(ForecastSpan.Hour, A.Noon.AddHours(hours), A.Noon.AddHours(hours + 1), A.Noon.AddHours(hours - 1), new Estimate(29, 34, 41), new Estimate(2, 2.8m, 4), new Estimate(10, 12, 16)))
    {
        Came = came,
    };
}
