using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Announcing;

/// <summary>What somebody finds who looks in: the dashboard with what they may do about each campaign, what happened of what they see, and what more could be done.</summary>
public sealed class HomePageTests
{
    private readonly ChatBench _bench = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Proves(159)]
    [Theory]
    [InlineData("ana", CampaignStatus.Active, true, false)]
    [InlineData("ana", CampaignStatus.Paused, false, true)]
    [InlineData("ana", CampaignStatus.Stopped, false, false)]
    [InlineData("olga", CampaignStatus.Stopped, false, true)]
    [InlineData("stranger", CampaignStatus.Active, false, false)]
    [InlineData("stranger", CampaignStatus.Paused, false, false)]
    public async Task Each_campaign_offers_what_fits_its_state_and_whoever_looks(string person, CampaignStatus status, bool canOverride, bool canResume)
    {
        _bench.Core.Campaigns.With(A.Campaign(status));

        var row = ((DashboardCard)(await PageOfAsync(person))[0].Card!).Rows.ShouldHaveSingleItem();

        (row.CanOverride, row.CanResume).ShouldBe((canOverride, canResume));
    }

    [Theory]
    [InlineData("olga", true)]
    [InlineData("you", true)]
    [InlineData("ana", false)]
    public async Task The_settings_are_offered_to_those_who_may_see_them(string person, bool offered)
    {
        _bench.Core.Campaigns.With(A.Campaign());

        (await PageOfAsync(person))[0].QuickReplies.Any(reply => reply.Says == "settings").ShouldBe(offered);
    }

    [Proves(164)]
    [Fact]
    public async Task A_campaign_the_settings_and_a_report_are_a_button_away()
    {
        _bench.Core.Campaigns.With(A.Campaign());

        (await PageOfAsync("olga"))[0].QuickReplies.Select(reply => (reply.Label, reply.Says)).ShouldContain(("Export report", "export"));
    }

    [Proves(160, 161)]
    [Theory]
    [InlineData(FeedKind.BidAdjustment, Severity.Low, "bid $9.18 → $8.45 (-8 %)", "⇅ bid · low · Facebook installs US CA (simulated)")]
    [InlineData(FeedKind.BudgetChange, Severity.Medium, "budget $500 → $550 (+10 %)", "⇅ budget · medium · Facebook installs US CA (simulated)")]
    [InlineData(FeedKind.Pause, Severity.High, "paused, confirmed by the network", "‖ pause · high · Facebook installs US CA (simulated)")]
    [InlineData(FeedKind.Resume, Severity.Low, "resumed, confirmed by the network", "▶ resume · low · Facebook installs US CA (simulated)")]
    [InlineData(FeedKind.CreativeRotation, Severity.Low, "b.png in the place of a.png", "↻ creative · low · Facebook installs US CA (simulated)")]
    [InlineData(FeedKind.EmergencyStop, Severity.Critical, "paused, confirmed by the network", "■ emergency stop · critical · Facebook installs US CA (simulated)")]
    public async Task What_happened_is_told_with_its_sign_how_severe_it_is_the_campaign_what_why_and_how_long_ago(FeedKind kind, Severity severity, string action, string heading)
    {
        _bench.Core.Campaigns.With(A.Campaign());
        await HappenedAsync(TimeSpan.FromMinutes(4), action, kind, severity, impact: "$40 to $80 less a day");

        var told = (await NewsOfAsync("ana")).Sections.ShouldHaveSingleItem();

        told.Heading.ShouldBe(heading);
        told.Lines.ShouldBe([action, "one install cost $13.20 where it may cost $12", "Expected: $40 to $80 less a day", "4 min ago by agent"]);
    }

    [Proves(160)]
    [Fact]
    public async Task What_is_older_than_a_day_is_not_told_and_of_much_the_newest()
    {
        _bench.Core.Campaigns.With(A.Campaign());
        await HappenedAsync(TimeSpan.FromHours(24), "bid $9 → $8");
        (await NewsOfAsync("ana")).Lead.ShouldBe(["Nothing happened."]);

        foreach (var number in Enumerable.Range(1, 9))
            await HappenedAsync(TimeSpan.FromHours(20 - number), $"bid $9 → ${number}");

        var news = await NewsOfAsync("ana");
        news.Sections.Select(section => section.Lines[0]).ShouldBe(Enumerable.Range(2, 8).Reverse().Select(number => $"bid $9 → ${number}"));
        news.Note.ShouldBe("There is more: say \"feed\".");
    }

    [Fact]
    public async Task Nothing_is_told_of_an_account_that_whoever_looks_does_not_see_however_much_of_it_happened_since()
    {
        var other = A.Account() with { Id = new AdAccountId("meta:eu") };
        _bench.Core.Accounts.Add(other);
        _bench.Core.Accounts.Bind(new ChannelBinding(other.Id, "local/T2.C0ADS", "", "", []));
        _bench.Channel.RealmOf = whose => whose.Contains("max", StringComparison.Ordinal) ? "local/T2." : null;
        _bench.Core.Campaigns.With(A.Campaign());
        _bench.Core.Campaigns.With(A.Campaign(id: "c-2") with { Spec = A.Spec("Installs in Europe") with { Account = other.Id }, Handle = "c2" });
        await HappenedAsync(TimeSpan.FromHours(2), "bid $7 → $6", account: other.Id);
        foreach (var minute in Enumerable.Range(1, 60))
            await HappenedAsync(TimeSpan.FromMinutes(70 - minute), $"bid $9 → $8.{minute:00}");

        (await NewsOfAsync("max")).Sections.ShouldHaveSingleItem().Lines[0].ShouldBe("bid $7 → $6");
        (await NewsOfAsync("ana")).Sections.Length.ShouldBe(8);
    }

    [Proves(163)]
    [Fact]
    public async Task The_best_three_recommendations_have_their_evidence_a_range_and_a_button_each()
    {
        await _bench.RunningWellAsync(days: 10, Now);

        var advice = (SheetCard)(await PageOfAsync("ana"))[2].Card!;

        advice.Sections.Length.ShouldBe(3);
        advice.Sections.ShouldAllBe(section => section.HasButton && section.Lines[0].StartsWith("Seen: ", StringComparison.Ordinal) && section.Lines[1].StartsWith("To be expected: ", StringComparison.Ordinal));
        advice.Sections[0].Says.ShouldBe("copy c1 with lookalike existing users 1 %, $100 a day, max $150");
    }

    [Fact]
    public async Task Whoever_may_do_nothing_about_a_recommendation_reads_it_without_a_button()
    {
        await _bench.RunningWellAsync(days: 10, Now);

        ((SheetCard)(await PageOfAsync("stranger"))[2].Card!).Sections.Select(section => section.HasButton).ShouldBe([false, false, false]);
    }

    [Fact]
    public async Task Where_nothing_is_recommended_nothing_is_said_of_it()
    {
        await _bench.RunningWellAsync(days: 2, Now);

        (await PageOfAsync("ana")).Length.ShouldBe(2);
    }

    private async Task<SheetCard> NewsOfAsync(string person) => (SheetCard)(await PageOfAsync(person))[1].Card!;

    private Task<ImmutableArray<ChatMessage>> PageOfAsync(string person) => _bench.Home.OfAsync(new PersonId($"local:{person}"), Now);

    private Task HappenedAsync(
        TimeSpan ago, string action, FeedKind kind = FeedKind.BidAdjustment, Severity severity = Severity.Low, string? impact = null, AdAccountId? account = null)
    {
        var campaign = A.Campaign();
        return _bench.Core.Feed.PublishAsync(
            new FeedEvent(
                0, _bench.Core.Clock.GetUtcNow() - ago, WorkspaceId.Local, account ?? campaign.Account, campaign.Id, campaign.Name, kind, severity, action,
                "one install cost $13.20 where it may cost $12", PersonId.Agent, impact, Simulated: true),
            Now);
    }
}
