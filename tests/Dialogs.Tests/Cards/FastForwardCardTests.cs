using ChatOpsCampaigns.Automation.Ahead;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Cards;

public sealed class FastForwardCardTests
{
    private static readonly FastForwardSummary Day = new(A.Noon, A.Noon.AddDays(1), [A.Usd(500)], ["41 installs"], 3, [])
    {
        Zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York"),
    };

    [Fact]
    public void Times_are_those_of_the_accounts()
    {
        FastForwardCard.Of(Day).Times.ShouldBe("2026-03-02 07:00 (UTC-05:00) → 2026-03-03 07:00 (UTC-05:00) of campaign time");
    }

    [Fact]
    public void Results_that_nobody_counted_are_called_unknown()
    {
        FastForwardCard.Of(Day).Lines[1].ShouldBe("Results: 41 installs");
        FastForwardCard.Of(Day with { Uncounted = ["Spring"] }).Lines[1].ShouldBe("Results: 41 installs, and unknown of Spring");
        FastForwardCard.Of(Day with { Results = [], Uncounted = ["Spring", "Autumn"] }).Lines[1].ShouldBe("Results: unknown of Spring, Autumn");
    }
}
