using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Cards.Parts;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Transcripts;

/// <summary>Conversations in which something is not what was meant, not what it seems, or not possible: it is said before it costs money.</summary>
public sealed class MisunderstandingTranscripts
{
    private static readonly string[] UpToReview =
    [
        "app install, installs, ios, https://apps.apple.com/app/id1234567890", "US, CA; 18-44; all", "$500/day, max $750, cost cap $12, max bid $15",
        "balanced, min roas 2.0, max cpa $18", "start now",
    ];

    private readonly ChatBench _bench = new();
    private readonly Transcript _talk;

    public MisunderstandingTranscripts() => _talk = new Transcript(_bench);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_launched_again_is_said_and_has_the_name_that_was_shown()
    {
        await ReviewAsync();
        await _talk.SayAsync("ana", Now, "name it Spring sale", "launch");
        await ReviewAsync();
        await _talk.SayAsync("ana", Now, "name it spring sale", "launch");

        (await _bench.Core.Campaigns.AllAsync(WorkspaceId.Local, Now)).Select(campaign => campaign.Name).Order().ShouldBe(["Spring sale", "spring sale 2"]);
        Accepted("again.txt");
    }

    [Fact]
    public async Task A_name_that_was_taken_since_the_review_is_shown_before_it_is_launched()
    {
        await ReviewAsync();
        await _bench.Core.Campaigns.AddAsync(A.Campaign() with { Spec = A.Spec("Meta installs US CA"), Status = CampaignStatus.Ended }, Now);
        await _talk.SayAsync("ana", Now, "launch");
        (await _bench.Core.Campaigns.AllAsync(WorkspaceId.Local, Now)).ShouldHaveSingleItem();

        await _talk.SayAsync("ana", Now, "launch");
        (await _bench.Core.Campaigns.AllAsync(WorkspaceId.Local, Now)).Select(campaign => campaign.Name).Order().ShouldBe(["Meta installs US CA", "Meta installs US CA 2"]);
    }

    [Fact]
    public async Task A_budget_for_the_whole_time_is_shown_as_one_to_everybody()
    {
        await ReviewAsync();
        await _talk.SayAsync("ana", Now, "$9000 total, max $5000", "until tomorrow", "launch");
        await _talk.MeanwhileAsync("max is told", () => _bench.Approvals.RefreshAsync(WorkspaceId.Local, Now));

        Accepted("lifetime.txt");
    }

    [Fact]
    public async Task Only_what_fits_gets_a_tick()
    {
        await _talk.SayAsync("ana", Now, "new campaign", "facebook");
        await _talk.DropAsync("ana", Now, "one.png");
        await _talk.SayAsync(
            "ana", Now, "done", "https://apps.apple.com/app/id1234567890", "app install, installs, android", "ios", "Canda, US", "$500/day, max $100", "max $600", "18-200", "18-80", "yes",
            "$500/day, max $100, cost cap $12", "max $750", "balanced, max cpa $10", "max cpa $20", "start 2099-01-01", "start now", "max $100", "android");

        Accepted("ticks.txt");
    }

    [Fact]
    public async Task Default_at_the_review_says_what_is_missing_and_when_money_begins_to_flow()
    {
        await _talk.SayAsync("ana", Now, "new campaign", "review", "default");
        (await _bench.Core.Drafts.OfAsync(FakePeople.Ana.Id, Now)).ShouldHaveSingleItem().Schedule.ShouldBeNull();

        await _talk.SayAsync("ana", Now, "start over", "facebook");
        await _talk.DropAsync("ana", Now, "one.png");
        await _talk.SayAsync("ana", Now, ["done", .. UpToReview.SkipLast(1), "default", "default", "start tomorrow 9am", "default"]);

        Accepted("default-review.txt");
    }

    [Fact]
    public async Task A_budget_until_a_date_begins_when_its_person_says_so_and_not_by_itself()
    {
        await _talk.SayAsync("ana", Now, "new campaign", "facebook");
        await _talk.DropAsync("ana", Now, "one.png");
        await _talk.SayAsync("ana", Now, ["done", .. UpToReview.SkipLast(1), "$700 total, max $750, until tomorrow", "launch"]);

        (await _bench.Core.Campaigns.AllAsync(WorkspaceId.Local, Now)).ShouldBeEmpty();
        _bench.SeenBy("ana")[^1].ShouldContain("The start is missing: say \"start now\" or, for example, \"start tomorrow 9am\".");

        await _talk.SayAsync("ana", Now, "start tomorrow 9am", "launch");

        var schedule = (await _bench.Core.Campaigns.AllAsync(WorkspaceId.Local, Now)).ShouldHaveSingleItem().Spec.Schedule;
        schedule.Start.ShouldBe(new DateTimeOffset(2026, 3, 3, 14, 0, 0, TimeSpan.Zero));
        schedule.End.ShouldBe(new DateTimeOffset(2026, 3, 4, 5, 0, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("until 31 Dec")]
    [InlineData("hours 6-22")]
    public async Task Default_for_the_start_keeps_the_end_and_the_hours_that_were_said(string line)
    {
        await _talk.SayAsync("ana", Now, "new campaign", "facebook");
        await _talk.DropAsync("ana", Now, "one.png");
        await _talk.SayAsync("ana", Now, ["done", .. UpToReview.SkipLast(1), line]);
        var before = (await _bench.Core.Drafts.OfAsync(FakePeople.Ana.Id, Now)).Single();

        await _talk.SayAsync("ana", Now, "default");

        var after = (await _bench.Core.Drafts.OfAsync(FakePeople.Ana.Id, Now)).Single();
        (before.HasStart, after.HasStart).ShouldBe((false, true));
        (after.Schedule!.End, after.Schedule.Hours.Length).ShouldBe((before.Schedule!.End, before.Schedule.Hours.Length));
    }

    [Fact]
    public async Task Words_that_are_no_verb_put_no_draft_aside()
    {
        await ReviewAsync();
        await _talk.SayAsync("ana", Now, "launch everything", "promote", "edit foo", "edit", "change it", "back please", "back", "review, please", "please launch", "launch please");

        (await _bench.Core.Campaigns.AllAsync(WorkspaceId.Local, Now)).ShouldHaveSingleItem().Name.ShouldBe("Meta installs US CA");
        Accepted("no-verbs.txt");
    }

    [Fact]
    public async Task Words_of_the_wizard_say_outside_it_where_they_belong()
    {
        await _talk.SayAsync("ana", Now, "back", "done", "default", "continue", "launch");
        await _talk.SayAsync("ana", Now, "new campaign on facebook, $50 a day", "save", "back", "continue", "cancel", "new campaign", "cancel", "continue");
        Accepted("outside.txt");
    }

    [Fact]
    public async Task Who_launches_again_what_waits_for_a_second_person_is_told_so()
    {
        await ReviewAsync();
        await _talk.SayAsync("ana", Now, "$2000/day, max $2500", "launch", "launch", "launch please");

        _bench.SeenBy("ana").TakeLast(2).ShouldAllBe(says => says.StartsWith("a1 waits for a second person: launch \"Meta installs US CA\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_used_is_not_counted_and_a_film_is_cut_short_only_when_that_is_said()
    {
        _bench.Editor.Verdicts[Digest.Of("night.mp4")] = new Inspection.Usable(new SourceCreative(
            Digest.Of("night.mp4"), "night.mp4", CreativeKind.Video, MediaFormat.Mp4, new PixelSize(1080, 1920), 9_000_000, TimeSpan.FromHours(10), true, null));
        _bench.Editor.Verdicts[Digest.Of("tiny.png")] = new Inspection.Usable(A.Picture("tiny.png") with { File = Digest.Of("tiny.png"), Size = new PixelSize(64, 64) });
        _bench.Editor.Verdicts[Digest.Of("notes.txt")] = new Inspection.Refused("notes.txt is text, and no ad network takes that.");
        await _talk.SayAsync("ana", Now, "new campaign", "facebook");
        await _talk.DropAsync("ana", Now, "notes.txt");
        await _talk.DropAsync("ana", Now, "night.mp4", "tiny.png");
        await _talk.SayAsync("ana", Now, "done", "trim night.mp4");
        await _talk.MeanwhileAsync("the film is prepared", () => _bench.Preparing.RunAsync(1, Now));
        await _talk.SayAsync("ana", Now, "done");

        Accepted("trim.txt");
    }

    [Fact]
    public async Task Only_channels_that_are_set_up_are_suggested()
    {
        _bench.Core.AlertChannels.AddRange([new FakeAlertChannel("email", isSetUp: false), new FakeAlertChannel("sms", isSetUp: false), new FakeAlertChannel("push")]);
        await _talk.SayAsync("ana", Now, "new campaign", "facebook");
        await _talk.DropAsync("ana", Now, "one.png");
        await _talk.SayAsync("ana", Now, "done", UpToReview[0], UpToReview[1], UpToReview[2]);
        _bench.SeenBy("ana")[^1].ShouldContain("pause, test ads · chat");
        _bench.SeenBy("ana")[^1].ShouldNotContain("email");

        await _talk.SayAsync("ana", Now, "default");
        (await DraftAsync()).Automation!.Notify.ShouldBe(AlertChannels.Chat);
        await _talk.SayAsync("ana", Now, "notify me by email and sms");
        (await DraftAsync()).Automation!.Notify.ShouldBe(AlertChannels.Email | AlertChannels.Sms);
    }

    [Fact]
    public async Task The_review_leads_with_buttons_to_what_is_missing_and_to_a_start()
    {
        await _talk.SayAsync("ana", Now, "new campaign", "review");
        Review().ShouldSatisfyAllConditions(
            card => card.CanLaunch.ShouldBeFalse(), card => card.LaunchLabel.ShouldBe("11 things are missing or wrong"), card => card.AsksStart.ShouldBeTrue());

        await PressAsync("wizard.missing");
        _bench.SeenBy("ana")[^1].ShouldStartWith("Step 1 of 7");

        await _talk.SayAsync("ana", Now, "facebook");
        await _talk.DropAsync("ana", Now, "one.png");
        await _talk.SayAsync("ana", Now, ["done", .. UpToReview.SkipLast(1)]);
        Review().LaunchLabel.ShouldBe("1 thing is missing or wrong");
        Review().Headline.ShouldBe("$500 a day, stopped at $750 a day");
        await PressAsync("wizard.missing");
        _bench.SeenBy("ana")[^1].ShouldContain("The start is missing");

        await PressAsync("wizard.answer", ("Schedule", "now"));
        (await DraftAsync()).Schedule.ShouldBe(Schedule.Now);
        Review().ShouldSatisfyAllConditions(
            card => card.CanLaunch.ShouldBeTrue(), card => card.LaunchLabel.ShouldBe("Approve and launch"), card => card.AsksStart.ShouldBeFalse(),
            card => card.Headline.ShouldBe("$500 a day, stopped at $750 a day · starts now"));
    }

    [Fact]
    public async Task Drafts_are_listed_by_what_they_are_for_and_the_step_they_are_at()
    {
        await _talk.SayAsync("ana", Now, "new campaign", "save", "new campaign on facebook, $50 a day", "save", "drafts");

        _bench.SeenBy("ana")[^1].ShouldSatisfyAllConditions(
            list => list.ShouldContain("Meta draft (at step 2 (creatives), changed"), list => list.ShouldContain("unnamed draft (at step 1 (network), changed"));
        (await _bench.Core.Drafts.OfAsync(FakePeople.Ana.Id, Now)).Select(draft => draft.Name).ShouldContain("Meta draft");
    }

    private async Task PressAsync(string verb, params (string Name, string Value)[] fields)
    {
        var draft = await DraftAsync();
        await _talk.PressAsync("ana", verb, Now, [("_target", draft.Id.Value), ("_rev", $"{draft.Version}"), .. fields]);
    }

    private async Task<CampaignDraft> DraftAsync() => (await _bench.Core.Drafts.OfAsync(FakePeople.Ana.Id, Now))[0];

    private ReviewCard Review() => _bench.Channel.All.Select(post => post.Message.Card).OfType<ReviewCard>().Last();

    private async Task ReviewAsync()
    {
        await _talk.SayAsync("ana", Now, "new campaign", "facebook");
        await _talk.DropAsync("ana", Now, "one.png");
        await _talk.SayAsync("ana", Now, ["done", .. UpToReview]);
    }

    private void Accepted(string name)
    {
        var text = _talk.ToString();
        text.ShouldBe(Golden.Accepted(name, text));
    }
}
