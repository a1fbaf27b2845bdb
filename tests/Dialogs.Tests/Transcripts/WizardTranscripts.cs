using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Transcripts;

/// <summary>Whole conversations with the wizard, as they read. Each is a text in <c>Golden/</c>.</summary>
public sealed class WizardTranscripts
{
    private static readonly string[] UpToReview =
    [
        "app install, installs, ios, https://apps.apple.com/app/id1234567890", "US, CA; 18-44; all", "$500/day, max $750, cost cap $12, max bid $15",
        "balanced, min roas 2.0, max cpa $18", "start now",
    ];

    private readonly ChatBench _bench = new();
    private readonly Transcript _talk;

    public WizardTranscripts() => _talk = new Transcript(_bench);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_typed_path_word_for_word()
    {
        await _talk.SayAsync("ana", Now, "new campaign", "facebook");
        await _talk.DropAsync("ana", Now, "one.png", "two.png");
        await _talk.SayAsync(
            "ana", Now, "done", "app install, installs, ios, https://apps.apple.com/app/id1234567890", "US, CA; 18-44; all",
            "$500/day, max $750, cost cap $12, max bid $15", "balanced, min roas 2.0, max cpa $18", "start tomorrow 9am", "launch");

        var campaign = (await _bench.Core.Campaigns.AllAsync(WorkspaceId.Local, Now)).ShouldHaveSingleItem();
        campaign.Spec.Budget.MaxDailySpend.ShouldBe(A.Usd(750));
        campaign.Spec.Bidding.MaxBid.ShouldBe(A.Usd(15));
        campaign.Spec.Automation.MaxCpa.ShouldBe(A.Usd(18));
        Accepted("typed-path.txt");
    }

    [Fact]
    public async Task The_review_says_which_alert_channels_are_not_set_up_here()
    {
        _bench.Core.AlertChannels.AddRange([new FakeAlertChannel("email"), new FakeAlertChannel("sms", isSetUp: false), new FakeAlertChannel("push", isSetUp: false), new FakeAlertChannel("chat")]);
        await _talk.SayAsync("ana", Now, "new campaign", "facebook");
        await _talk.DropAsync("ana", Now, "one.png");
        await _talk.SayAsync("ana", Now, ["done", .. UpToReview, "notify email and chat", "notify sms and push"]);

        Accepted("alert-channels.txt");
    }

    [Fact]
    public async Task One_sentence_and_a_file()
    {
        await _talk.SayAsync("ana", Now, "launch app installs for https://apps.apple.com/app/id1234567890 on facebook in the US and canada, 18-44, $500 a day, max $750, cost cap $12, max bid $15, balanced, start now");
        await _talk.DropAsync("ana", Now, "one.png");
        await _talk.SayAsync("ana", Now, "launch");

        (await _bench.Core.Campaigns.AllAsync(WorkspaceId.Local, Now)).ShouldHaveSingleItem().Status.ShouldBe(CampaignStatus.Launching);
        Accepted("sentence-path.txt");
    }

    [Fact]
    public async Task Files_are_prepared_meanwhile_and_their_shapes_and_words_are_chosen()
    {
        _bench.Editor.Verdicts[Digest.Of("wide.png")] = Wide("wide.png");
        _bench.Editor.Faults[Digest.Of("noise.png")] = new CreativeException("noise.png cannot be brought below the 30 MB of Square without spoiling it. Send a calmer or smaller picture.");
        _bench.Editor.Faults[Digest.Of("odd.png")] = new InvalidOperationException("of our own making");
        await _talk.SayAsync("ana", Now, "new campaign", "facebook");
        await _talk.DropAsync("ana", Now, "one.png", "wide.png", "noise.png", "odd.png", "one.png");
        await _talk.MeanwhileAsync("the files are prepared", () => _bench.Preparing.RunAsync(3, Now));
        await _talk.SayAsync("ana", Now, "crop 2", "crop 7", "pad", "crop one.png");
        await _talk.MeanwhileAsync("wide.png is prepared again", () => _bench.Preparing.RunAsync(1, Now));
        await _talk.DropAsync("ana", Now, "one.png");
        await _talk.SayAsync("ana", Now, "https://drive.google.com/file/d/1", "https://example.com/summer.png?raw=1", "headline: Play now", "headline 2: Play wide", "button: Install Now", "skip", UpToReview[0], UpToReview[1], UpToReview[2], UpToReview[3], "start now", "launch", "remove 3");

        Accepted("files.txt");
    }

    [Fact]
    public async Task Wrong_answers_lose_nothing_and_say_what_would_be_right()
    {
        await _talk.SayAsync("ana", Now, "new campaign", "myspace", "help", "facebook", "what?", "done");
        await _talk.DropAsync("ana", Now, "one.png");
        await _talk.SayAsync(
            "ana", Now, "done", "app install", "https://example", UpToReview[0], "Canda", "44-18", "US, CA; 18-44; all", "five hundred", "1.000,50", "-5",
            "$500/day, max $750, cost cap $12, max bid $15", "reckless", "balanced", "start 31/02", "start yesterday", "start now");

        Accepted("wrong-answers.txt");
    }

    [Fact]
    public async Task Back_save_and_a_restart_lose_nothing()
    {
        await _talk.SayAsync("ana", Now, "new campaign", "facebook");
        await _talk.DropAsync("ana", Now, "one.png");
        await _talk.SayAsync("ana", Now, "done", UpToReview[0], UpToReview[1], "back", "back");
        _talk.Restart();
        await _talk.SayAsync("ana", Now, "done", "save", "drafts", "continue Facebook draft", "continue Meta installs US CA", "done", UpToReview[2], "cancel",
            "delete draft Meta installs US CA", "yes", "drafts");

        Accepted("drafts.txt");
    }

    [Fact]
    public async Task Every_field_can_be_changed_from_the_review()
    {
        await ReviewAsync();
        await _talk.SayAsync(
            "ana", Now, "budget $600", "max $800", "max bid $14", "no bid changes", "scaling off", "bids on", "germany", "25-54; women", "aggressive", "min roas 2.5", "max cpa $20",
            "name it Spring sale", "worth $24", "start tomorrow 8am", "until in 3 weeks", "edit countries", "US, CA, UK", "review", "interests: Gaming, Technology",
            "lookalike of purchasers 5%", "notify sms and push", "hours 6-22", "headline: Play now");

        Accepted("edits.txt");
    }

    [Fact]
    public async Task An_override_is_kept_with_its_reason()
    {
        await ReviewAsync();
        await _talk.SayAsync("ana", Now, "override", "override the weekend sale needs it", "launch");

        Accepted("override.txt");
    }

    [Fact]
    public async Task Nothing_is_launched_that_was_not_looked_at()
    {
        await _talk.SayAsync("ana", Now, "new campaign", "facebook");
        await _talk.DropAsync("ana", Now, "one.png");
        await _talk.SayAsync("ana", Now, ["done", .. UpToReview.SkipLast(1).SkipLast(1), "launch", "approve", "go", "launch", "balanced", "launch it tomorrow 9am", "edit budget", "launch"]);
        (await _bench.Core.Campaigns.AllAsync(WorkspaceId.Local, Now)).ShouldBeEmpty();

        await _talk.SayAsync("ana", Now, "launch");
        (await _bench.Core.Campaigns.AllAsync(WorkspaceId.Local, Now)).ShouldHaveSingleItem();
        Accepted("launch-unseen.txt");
    }

    [Fact]
    public async Task A_second_person_sees_the_whole_campaign_before_approving_it()
    {
        await ReviewAsync();
        await _talk.SayAsync("ana", Now, "$2000/day, max $2500", "launch");
        await _talk.MeanwhileAsync("max is told", () => _bench.Approvals.RefreshAsync(WorkspaceId.Local, Now));
        await _talk.SayAsync("ana", Now, "approve a1");
        await _talk.SayAsync("max", Now, "approvals", "approve a1");

        (await _bench.Core.Campaigns.AllAsync(WorkspaceId.Local, Now)).ShouldHaveSingleItem();
        Accepted("second-person.txt");
    }

    [Fact]
    public async Task Who_asked_hears_that_it_was_rejected_and_why()
    {
        await ReviewAsync();
        await _talk.SayAsync("ana", Now, "$2000/day, max $2500", "launch");
        await _talk.MeanwhileAsync("max is told", () => _bench.Approvals.RefreshAsync(WorkspaceId.Local, Now));
        await _talk.SayAsync("max", Now, "reject a1 too dear");
        await _talk.MeanwhileAsync("ana is told", () => _bench.Approvals.RefreshAsync(WorkspaceId.Local, Now));

        _bench.SeenBy("ana")[^1].ShouldContain("max rejected your request a1");
        _bench.SeenBy("ana")[^1].ShouldContain("Why: too dear. Nothing was changed; your draft is kept");
    }

    [Theory]
    [InlineData("olga", "stop everything, freeze everything, pause, cancel")]
    [InlineData("ana", "pause, cancel")]
    public async Task The_bare_word_stop_offers_what_the_person_may_do(string person, string offered)
    {
        await _talk.SayAsync(person, Now, "stop");

        var card = _bench.Channel.In(new($"local/{person}"))[^1].Message.Card.ShouldBeOfType<PickCard>();
        string.Join(", ", card.Choices.Select(choice => choice.Line)).ShouldBe(offered);
    }

    [Fact]
    public async Task Commands_that_name_something_are_no_answers()
    {
        var campaign = await _bench.Core.Campaigns.AddAsync(A.Campaign(), Now);
        _bench.Core.Network.Put(A.AtNetwork(campaign));
        await _bench.Core.SeenAsync(campaign);
        await _talk.SayAsync("ana", Now, "new campaign", "facebook");
        await _talk.DropAsync("ana", Now, "one.png");
        await _talk.SayAsync("ana", Now, "done", UpToReview[0], "who am i", UpToReview[1], "set budget c1 $600", "why c1", "set budget $300", "max $400", "new campaign on facebook in france, $50 a day", "drafts");

        Accepted("commands-meanwhile.txt");
    }

    [Fact]
    public async Task A_sentence_that_begins_otherwise_begins_a_campaign_too()
    {
        await _talk.SayAsync("ana", Now, "I want to advertise my game on facebook, $300 a day");
        (await _bench.Conversations.FindAsync(new("local/ana"), Now)).ShouldNotBeNull().OpenDraft.ShouldNotBeNull();

        await _talk.SayAsync("max", Now, "hello there");
        Accepted("other-beginnings.txt");
    }

    [Fact]
    public async Task Editing_a_field_on_the_card_changes_that_field_or_nothing()
    {
        await ReviewAsync();
        foreach (var (field, value) in new[]
        {
            ("MaxDailySpend", "$800"), ("TargetCpa", "$14"), ("MaxBid", "20"), ("Worth", "$24"), ("Automation_MaxCpa", "$22"), ("Automation_MinRoas", "2.5"),
            ("Interests", "gaming, shopping"), ("Automation_Notify", "email, sms"), ("Name", "Spring sale"), ("Countries", "DE, FR"), ("AgeMin", "25-54"), ("BudgetAmount", "five hundred"),
        })
            await _talk.PressAsync("ana", "wizard.edit", Now, ("_target", await DraftAsync()), ("_rev", await RevisionAsync()), ("field", field), ("value", value));

        var draft = (await _bench.Core.Drafts.OfAsync(FakePeople.Ana.Id, Now)).ShouldHaveSingleItem();
        (draft.BudgetAmount, draft.MaxDailySpend, draft.TargetCpa, draft.MaxBid, draft.Worth).ShouldBe((A.Usd(500), A.Usd(800), A.Usd(14), A.Usd(20), A.Usd(24)));
        Accepted("edits-by-card.txt");
    }

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
        await _talk.SayAsync("ana", Now, "$9000 total, max $5000", "until in 1 day", "launch");
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

    private async Task<string> DraftAsync() => (await _bench.Core.Drafts.OfAsync(FakePeople.Ana.Id, Now))[0].Id.Value;

    private async Task<string> RevisionAsync() => (await _bench.Core.Drafts.OfAsync(FakePeople.Ana.Id, Now))[0].Version.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static Inspection Wide(string name) => new Inspection.Usable(A.Picture(name) with { Size = new PixelSize(2400, 1200) });

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
