using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Dialogs.Wizard.Drafts;
using ChatOpsCampaigns.Dialogs.Wizard.Files;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Wizard;

/// <summary>What is said about the files of a draft: shapes, words, leaving out.</summary>
public sealed class CreativeWordsTests
{
    private static readonly CampaignDraft Draft = A.Draft() with
    {
        Creatives = [A.Picture("one.png") with { Size = new PixelSize(2400, 1200) }, A.Picture("two.png") with { Size = new PixelSize(1200, 2400) }, A.Picture("square.png")],
    };

    [Theory]
    [InlineData("crop 2", null, Fit.Crop)]
    [InlineData("Crop #1", Fit.Crop, null)]
    [InlineData("pad all", Fit.Pad, Fit.Pad)]
    [InlineData("bars 1", Fit.Pad, null)]
    [InlineData("crop two.png", null, Fit.Crop)]
    public void A_shape_is_chosen_by_number_name_or_for_all(string line, Fit? first, Fit? second)
    {
        var change = Read(line);

        change.Right.ShouldBeTrue(change.Says);
        change.Draft.Creatives.Select(creative => creative.Fit).ShouldBe([first, second, null]);
    }

    [Theory]
    [InlineData("crop 0", "There is no creative 0; there are 3.")]
    [InlineData("crop", "Which one? Say its number, 1 to 3, or \"all\".")]
    [InlineData("pad 3", "square.png has the shape of Square already.")]
    [InlineData("fit 1", "needs at least 600×600")]
    [InlineData("remove 4", "There is no creative 4; there are 3.")]
    [InlineData("headline 9: x", "There is no creative 9; there are 3.")]
    public void What_cannot_be_is_answered_with_what_would_be_right(string line, string says)
    {
        var change = Read(line);

        change.Right.ShouldBeFalse();
        change.Says.ShouldContain(says);
        change.Draft.ShouldBe(Draft);
    }

    [Theory]
    [InlineData("crop the budget")]
    [InlineData("fit 18-44")]
    [InlineData("remove the cap")]
    [InlineData("delete draft one")]
    [InlineData("US, CA; 18-44; all")]
    public void Other_words_are_left_to_others(string line) => CreativeWords.Read(line, Draft, A.Profile()).ShouldBeNull();

    [Fact]
    public void A_file_is_left_out_and_the_last_one_opens_the_step_again()
    {
        Read("remove 2").Draft.Creatives.Select(creative => creative.FileName).ShouldBe(["one.png", "square.png"]);
        Read("remove all").Draft.CreativesDone.ShouldBeFalse();
    }

    [Proves(23)]
    [Fact]
    public void Words_on_the_card_count_for_all_and_what_is_left_as_it_stood_changes_nothing()
    {
        var named = Read("headline 2: For two").Draft;

        CreativeCopy.Enter(named, Entered("", "", "")).ShouldBeNull();
        var entered = CreativeCopy.Enter(named, Entered("", "A puzzle", "Install Now")).ShouldNotBeNull().Draft;

        entered.Creatives.Select(creative => creative.Headline).ShouldBe([null, "For two", null]);
        entered.Creatives.ShouldAllBe(creative => creative.Description == "A puzzle" && creative.CallToAction == "Install Now");
        CreativeCopy.Summary(entered).ShouldBe([("Headline", "2: For two"), ("Description", "A puzzle"), ("Button", "Install Now")]);
    }

    [Fact]
    public void Words_that_were_taken_from_the_card_are_gone()
    {
        var all = Read("headline: Play now").Draft;

        CreativeCopy.Enter(all, Entered("", "", "")).ShouldNotBeNull().Draft.Creatives.ShouldAllBe(creative => creative.Headline == null);
    }

    [Theory]
    [InlineData(61, true)]
    [InlineData(120, true)]
    [InlineData(121, false)]
    [InlineData(36_000, false)]
    public void A_film_of_which_less_than_half_or_a_minute_is_lost_is_trimmed_without_asking(int seconds, bool isTrimmed)
    {
        var plan = SlotPlan.Best(Film(seconds), A.Profile()).ShouldNotBeNull();

        plan.IsPossible.ShouldBe(isTrimmed);
        plan.Changes.ShouldHaveSingleItem().ShouldStartWith("trim ");
    }

    [Fact]
    public void A_long_film_says_what_it_would_lose_and_is_trimmed_when_that_is_said()
    {
        var draft = A.Draft() with { Creatives = [A.Picture(), Film(36_000)] };
        CreativeProcessor.Judge(draft.Creatives[1], A.Profile()).ShouldHaveSingleItem().Says.ShouldBe(
            "Story shows at most 60 s; film.mp4 runs 10 h 0 min, and more than half of it would be cut off. Say \"trim film.mp4\" to show its beginning alone, or send a shorter film.");

        var change = CreativeWords.Read("trim 2", draft, A.Profile()).ShouldNotBeNull();

        (change.Right, change.Says).ShouldBe((true, "film.mp4 for Story: trim 10 h 0 min → 60 s, with its sound."));
        SlotPlan.Possible(change.Draft.Creatives[1], A.Profile()).ShouldNotBeNull();
        CreativeWords.Read("trim 1", draft, A.Profile()).ShouldNotBeNull().Says.ShouldBe("a.png is no film that has to be trimmed.");
    }

    [Fact]
    public void Only_what_can_be_used_is_counted()
    {
        var draft = A.Draft() with { Creatives = [A.Picture(), Film(36_000), A.Picture("small.png") with { Size = new Automation.Creatives.PixelSize(64, 64) }] };

        DraftViews.Creatives(draft.Creatives, null).ShouldBe("3 (2 images, 1 video)");
        DraftViews.Creatives(draft.Creatives, A.Profile()).ShouldBe("1 (1 image); 2 cannot be used as they are, see their cards");
        DraftViews.Creatives([draft.Creatives[1]], A.Profile()).ShouldBe("none; 1 cannot be used as it is, see its card");
    }

    private static SourceCreative Film(int seconds) => new(
        Automation.Values.Digest.Of("film"), "film.mp4", CreativeKind.Video, MediaFormat.Mp4, new PixelSize(1080, 1920), 9_000_000, TimeSpan.FromSeconds(seconds), true, null);

    private static CreativeChange Read(string line) => CreativeWords.Read(line, Draft, A.Profile()).ShouldNotBeNull();

    private static Dictionary<string, string> Entered(string headline, string description, string button) =>
        new() { ["headline"] = headline, ["description"] = description, ["button"] = button };
}
