using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Commands;

/// <summary>What more could be done, and the drafts that its buttons open.</summary>
public sealed class RecommendationsTests
{
    private readonly ChatBench _bench = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Proves(163)]
    [Fact]
    public async Task Each_has_its_evidence_a_range_and_a_line_that_opens_a_draft()
    {
        await RunningAsync(days: 10);

        await _bench.SayAsync("ana", "recommendations", Now);

        var seen = _bench.SeenBy("ana")[^1];
        seen.ShouldContain("A lookalike of the best installs of Facebook installs US CA (c1) (\"copy c1 with lookalike existing users 1 %, $100 a day, max $150\")");
        seen.ShouldContain("Seen: c1: one install cost $8.31 where it may cost $12, over 10 days with 600 installs");
        seen.ShouldContain("To be expected: one install costs $5.");
    }

    [Fact]
    public async Task Without_enough_data_it_says_what_is_missing()
    {
        await RunningAsync(days: 2);

        await _bench.SayAsync("ana", "recommendations", Now);

        _bench.SeenBy("ana")[^1].ShouldContain("Nothing is recommended now.");
        _bench.SeenBy("ana")[^1].ShouldContain("2 days with 120 installs are finished and in, and it takes 5 days with 30 installs");
    }

    [Fact]
    public async Task The_dashboard_says_that_there_are_some()
    {
        await RunningAsync(days: 10);

        await _bench.SayAsync("ana", "campaigns", Now);

        _bench.SeenBy("ana")[^1].ShouldContain("3 recommendations: A lookalike of the best installs of Facebook installs US CA (c1) and others; say \"recommendations\".");
    }

    [Fact]
    public async Task Of_one_campaign_only_its_own_lack_is_said_also_where_its_name_is_part_of_another()
    {
        await RunningAsync(days: 2);
        var other = A.Campaign(id: "c-2");
        _bench.Core.Campaigns.With(other with { Handle = "c2", Spec = other.Spec with { Name = $"{other.Name} 2" } });

        await _bench.SayAsync("ana", "recommendations c1", Now);

        _bench.SeenBy("ana")[^1].ShouldNotContain("(c2)");
        _bench.SeenBy("ana")[^1].ShouldContain("(c1)");
    }

    [Proves(163)]
    [Theory]
    [InlineData("copy c1 with lookalike existing users 1 %, $100 a day, max $150", "review")]
    [InlineData("copy c1 with countries GB, $100 a day, max $150", "review")]
    [InlineData("copy c1 with more creatives", "creatives")]
    [InlineData("copy c1", "review")]
    public async Task Its_lines_open_a_draft_that_is_filled_in_and_launch_nothing(string line, string step)
    {
        await RunningAsync(days: 10);

        (await _bench.SayAsync("ana", line, Now)).ShouldBeTrue();

        var draft = (await _bench.Core.Drafts.OfAsync(new PersonId("local:ana"), Now)).ShouldHaveSingleItem();
        draft.Step.ShouldBe(step);
        (draft.Network, draft.Objective, draft.Strategy, draft.TargetCpa).ShouldBe((new NetworkName("Meta"), Objective.Installs, BidStrategy.CostCap, A.Usd(12)));
        draft.HasStart.ShouldBeFalse();
        draft.Name.ShouldNotBe("Facebook installs US CA");
        if (line.Contains("lookalike", StringComparison.Ordinal))
            draft.Lookalike.ShouldBe(new Lookalike(LookalikeSource.ExistingUsers, 1));

        if (line.Contains("GB", StringComparison.Ordinal))
            draft.Countries.ShouldBe(["GB"]);

        if (line.Contains("$100", StringComparison.Ordinal))
            (draft.BudgetAmount, draft.MaxDailySpend).ShouldBe((A.Usd(100), A.Usd(150)));
        else
            (draft.BudgetAmount, draft.MaxDailySpend).ShouldBe((A.Usd(500), A.Usd(750)));

        _bench.Core.Network.Executed.ShouldBeEmpty();
    }

    private Task RunningAsync(int days) => _bench.RunningWellAsync(days, Now);
}
