using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Commands;

/// <summary>An amount of a copy that cannot be meant is refused in words, and the copy keeps everything else.</summary>
public sealed class CopyTests
{
    private readonly ChatBench _bench = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("copy c1 $-100", "below zero")]
    [InlineData("copy c1 -$100", "below zero")]
    [InlineData("copy c1 with -100", "below zero")]
    [InlineData("copy c1 with countries GB, $-100 a day", "below zero")]
    [InlineData("copy c1 with $0 a day", "not above zero")]
    [InlineData("copy c1 with $99,999,999,999 a day", "check the zeros")]
    [InlineData("copy c1 with €100 a day", "counts in USD")]
    [InlineData("copy c1 with $1.000 a day", "could mean $1 or $1,000")]
    public async Task What_would_be_right_is_said_and_nothing_is_lost(string line, string says)
    {
        await _bench.RunningWellAsync(10, Now);

        (await _bench.SayAsync("ana", line, Now)).ShouldBeTrue();

        _bench.SeenBy("ana")[^1].ShouldContain(says);
        var draft = (await _bench.Core.Drafts.OfAsync(new PersonId("local:ana"), Now)).ShouldHaveSingleItem();
        (draft.BudgetAmount, draft.MaxDailySpend, draft.Network).ShouldBe((A.Usd(500), A.Usd(750), new NetworkName("Meta")));
        draft.Countries.ShouldBe(line.Contains("GB", StringComparison.Ordinal) ? ["GB"] : ["US", "CA"]);
    }
}
