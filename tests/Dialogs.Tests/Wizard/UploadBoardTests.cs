using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Cards.Parts;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Wizard;

/// <summary>The card of each file: edited in place until it is ready, whatever happens meanwhile.</summary>
public sealed class UploadBoardTests
{
    private readonly ChatBench _bench = new();
    private readonly Transcript _talk;

    public UploadBoardTests()
    {
        _talk = new Transcript(_bench);
        _bench.Core.Networks.Add(A.Profile("Other") with { Slots = [A.Profile().Slots[0] with { Name = "Tower", Target = new PixelSize(1080, 1350), Minimum = new PixelSize(600, 750) }] });
    }

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Proves(26)]
    [Fact]
    public async Task A_file_s_one_card_goes_from_received_to_ready_with_the_size_before_and_after()
    {
        await DropAsync("one.png");
        Card("one.png").Stage.ShouldBe("preparing");

        await _bench.Preparing.RunAsync(1, Now);

        Card("one.png").Standing.ShouldBe("ready for Square: 117 KB → 29 KB, PNG → JPG");
        Cards("one.png").Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("", "Step 3 of 7")]
    [InlineData("Play now", "That card is from before")]
    public async Task Done_on_the_card_from_before_the_last_file_goes_on_unless_a_text_was_entered_there(string headline, string says)
    {
        await _talk.SayAsync("ana", Now, "new campaign", "facebook");
        await _talk.DropAsync("ana", Now, "one.png");
        var before = (await _bench.Core.Drafts.OfAsync(FakePeople.Ana.Id, Now))[0];
        await _talk.DropAsync("ana", Now, "two.png");

        await _talk.PressAsync("ana", "wizard.done", Now, ("_target", before.Id.Value), ("_rev", $"{before.Version}"), ("headline_0", headline));

        _bench.SeenBy("ana")[^1].ShouldContain(says);
    }

    [Fact]
    public async Task What_was_made_for_the_network_before_is_not_shown_after_it_changed()
    {
        await DropAsync("one.png");
        var before = await ReadyAsync();
        await _talk.SayAsync("ana", Now, "edit network", "other");

        await _bench.Preparing.Board.SeeAsync(before, Now);
        Card("one.png").Stage.ShouldBe("preparing");
        await _bench.Preparing.RunAsync(2, Now);

        Card("one.png").Standing.ShouldStartWith("ready for Tower");
    }

    [Fact]
    public async Task What_was_made_in_the_shape_before_is_not_shown_after_another_was_chosen()
    {
        _bench.Editor.Verdicts[Digest.Of("wide.png")] = new Inspection.Usable(A.Picture("wide.png") with { Size = new PixelSize(2400, 1200) });
        await DropAsync("wide.png");
        var before = await ReadyAsync();

        await PressAsync(Card("wide.png"), "crop");
        await _bench.Preparing.Board.SeeAsync(before, Now);
        Card("wide.png").Stage.ShouldBe("preparing");
        await _bench.Preparing.RunAsync(2, Now);

        Card("wide.png").Standing.ShouldEndWith("50 % cut off left and right");
        Card("wide.png").Shapes.Select(shape => shape.Title).ShouldBe(["Bars (pad)", "✓ Cut off (crop)"]);
    }

    [Fact]
    public async Task A_shape_can_be_chosen_from_an_old_card_at_any_later_step()
    {
        _bench.Editor.Verdicts[Digest.Of("wide.png")] = new Inspection.Usable(A.Picture("wide.png") with { Size = new PixelSize(2400, 1200) });
        await DropAsync("wide.png");
        var card = Card("wide.png");
        await _talk.SayAsync("ana", Now, "done", "app install, installs, ios, https://apps.apple.com/app/id1234567890", "US, CA; 18-44; all");

        await PressAsync(card, "crop");

        (await DraftAsync()).Creatives.ShouldHaveSingleItem().Fit.ShouldBe(Fit.Crop);
        (await DraftAsync()).Step.ShouldBe("budget");
    }

    [Fact]
    public async Task After_a_kill_what_was_being_prepared_is_prepared_again()
    {
        await DropAsync("one.png", "two.png");
        _talk.Restart();

        await _bench.Preparing.Board.ResumeAsync(Now);
        await _bench.Preparing.RunAsync(2, Now);

        Card("one.png").Stage.ShouldBe("ready");
        Card("two.png").Stage.ShouldBe("ready");
    }

    [Fact]
    public async Task After_a_kill_between_preparing_and_showing_it_is_found_and_not_made_twice()
    {
        await DropAsync("one.png");
        await _bench.Preparing.Creatives.PrepareAsync((await DraftAsync()).Creatives[0], A.Profile(), Now);
        _talk.Restart();

        await _bench.Preparing.Board.ResumeAsync(Now);

        Card("one.png").Stage.ShouldBe("ready");
        _bench.Editor.Prepared[Digest.Of("one.png")].ShouldBe(1);
    }

    [Fact]
    public async Task A_drop_that_a_kill_cut_short_is_taken_up_and_does_not_call_its_own_files_known()
    {
        await _talk.SayAsync("ana", Now, "new campaign", "facebook");
        _bench.Channel.Files["one.png"] = Digest.Of("one.png");
        var turn = _bench.Turn("ana", null) with { Files = [new ChatFile("one.png", "one.png", 120_000)] };
        await _bench.Wizard.TryAnswerAsync(await _bench.ContextAsync(turn, Now), Now);

        await _bench.NewWizard().TryAnswerAsync(await _bench.ContextAsync(turn, Now), Now);

        Card("one.png").Stage.ShouldBe("preparing");
        (await DraftAsync()).Creatives.Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_draft_that_was_put_aside_is_prepared_again_when_it_is_continued()
    {
        await DropAsync("one.png");
        await _talk.SayAsync("ana", Now, "save");
        _talk.Restart();
        await _bench.Preparing.Board.ResumeAsync(Now);
        Card("one.png").Stage.ShouldBe("preparing");

        await ContinueAsync();
        await _bench.Preparing.RunAsync(1, Now);

        Card("one.png").Stage.ShouldBe("ready");
    }

    [Fact]
    public async Task A_file_that_becomes_ready_after_the_launch_says_so_without_buttons()
    {
        await DropAsync("one.png");
        await _bench.Core.Drafts.DeleteAsync((await DraftAsync()).Id, Now);

        await _bench.Preparing.RunAsync(1, Now);

        Card("one.png").Stage.ShouldBe("ready");
        Card("one.png").AsksShape.ShouldBeFalse();
    }

    [Fact]
    public async Task A_fault_of_our_own_in_the_background_is_said_and_does_not_hold_up_the_launch()
    {
        await DropAsync("one.png");
        _bench.Editor.Faults[Digest.Of("one.png")] = new IOException("disk");

        await _bench.Preparing.RunAsync(1, Now);

        Card("one.png").Standing.ShouldBe("one.png could not be prepared now; it is tried again at launch.");
        (await _bench.Core.Checks.AllAsync(await DraftAsync(), Now)).ShouldNotContain(problem => problem.Field == "Creatives" && problem.Says.Contains("one.png"));
    }

    [Fact]
    public async Task What_could_not_be_prepared_is_refused_at_the_review_until_it_can()
    {
        await DropAsync("one.png");
        _bench.Editor.Faults[Digest.Of("one.png")] = new CreativeException("one.png cannot be brought below 5 MB.");
        await _bench.Preparing.RunAsync(1, Now);
        (await _bench.Core.Checks.AllAsync(await DraftAsync(), Now)).ShouldContain(problem => problem.Says == "one.png cannot be brought below 5 MB. Or leave it out: \"remove 1\".");

        _bench.Editor.Faults.Clear();
        await _talk.DropAsync("ana", Now, "one.png");
        await _bench.Preparing.RunAsync(1, Now);

        (await _bench.Core.Checks.AllAsync(await DraftAsync(), Now)).ShouldNotContain(problem => problem.Says.Contains("5 MB"));
    }

    private async Task DropAsync(params string[] names)
    {
        await _talk.SayAsync("ana", Now, "new campaign", "facebook");
        await _talk.DropAsync("ana", Now, names);
    }

    private async Task PressAsync(UploadCard card, string fit)
    {
        card.Shapes.ShouldContain(shape => shape.Fit == fit);
        await _talk.PressAsync("ana", "wizard.shape", Now, ("_target", card.Target), ("_file", card.File), ("_fit", fit));
    }

    /// <summary>What a preparation would report that was wished for now.</summary>
    private async Task<PreparationStanding> ReadyAsync()
    {
        var draft = await DraftAsync();
        var made = await _bench.Preparing.Creatives.PrepareAsync(draft.Creatives[0], A.Profile(), Now);
        return new PreparationStanding(new PreparationWish(draft.Id, draft.Creatives[0], A.Profile()), new PreparationOutcome.Ready(made[0]));
    }

    private async Task ContinueAsync()
    {
        var turn = await _bench.ContextAsync(_bench.Turn("ana", "continue"), Now);
        await _bench.NewWizard().ContinueAsync(turn, (await DraftAsync()).Id, null, Now);
    }

    private async Task<Automation.Campaigns.CampaignDraft> DraftAsync() => (await _bench.Core.Drafts.OfAsync(new PersonId("local:ana"), Now))[0];

    private UploadCard Card(string name) => Cards(name)[0];

    private List<UploadCard> Cards(string name) => [.. _bench.Channel.All.Select(post => post.Message.Card).OfType<UploadCard>().Where(card => card.FileName == name)];
}
