using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Cards.Parts;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Transcripts;

/// <summary>Whole conversations with the wizard, as they read. Each is a text in <c>Golden/</c>.</summary>
public sealed class WizardTranscripts
{
    internal static readonly string[] UpToReview =
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

    [Proves(16)]
    [Fact]
    public async Task Every_card_of_the_wizard_says_which_of_the_seven_steps_it_is()
    {
        var asked = new List<string>();
        foreach (var line in (string[])["new campaign", "facebook", "done", .. UpToReview])
        {
            if (line == "done")
                await _talk.DropAsync("ana", Now, "one.png");

            await _talk.SayAsync("ana", Now, line);
            asked.Add(ProgressOf(Cards()[^1]));
        }

        asked.ShouldBe([.. Enumerable.Range(1, 7).Select(step => $"Step {step} of 7"), "Step 7 of 7"]);
        Cards().OfType<StepDoneCard>().Select(ProgressOf).ShouldBe(Enumerable.Range(1, 7).Select(step => $"Step {step} of 7"));
    }

    [Proves(54)]
    [Fact]
    public async Task The_review_says_how_far_up_its_curve_the_budget_is_and_up_to_where_more_pays_as_assumptions_and_moves_no_money_on_them()
    {
        var core = _bench.Core;
        var predictor = new Predictor(core.Networks, core.Accounts, new PastCampaigns(core.Campaigns, core.Readings, core.Accounts, core.Clock), core.Clock);
        core.Forecast.Predicted = await predictor.PredictAsync(A.Draft() with { Worth = A.Usd(24) }, Now);
        await ReviewAsync();

        var review = Cards()[^1].ShouldBeOfType<ReviewCard>();

        review.Headline.ShouldNotBeNull().ShouldStartWith("$500 a day");
        review.Curve.ShouldNotBeNull().ShouldMatch(@"^Saturation at this budget: \d+ % \(assumed\)\. More budget is expected to pay for itself up to \$[\d,]+–\$[\d,]+ a day \(assumed\)\.$");
        core.Forecast.Predicted.ShouldNotBeNull().Recommendations.ShouldNotContain(advice => advice.Field == nameof(CampaignDraft.BudgetAmount) && advice.Id != "overdelivery");
    }

    [Proves(23)]
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

    [Proves(13, 14)]
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

    [Proves(17)]
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

    private List<ICardView> Cards() => [.. _bench.Channel.In(new("local/ana")).Select(post => post.Message.Card).OfType<ICardView>()];

    private static string ProgressOf(ICardView card) => card switch
    {
        StepCard asks => asks.Progress,
        StepDoneCard done => done.Progress,
        ReviewCard review => review.Progress,
        _ => $"a {card.GetType().Name}",
    };

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
