using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives;
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

    private static CreativeChange Read(string line) => CreativeWords.Read(line, Draft, A.Profile()).ShouldNotBeNull();

    private static Dictionary<string, string> Entered(string headline, string description, string button) =>
        new() { ["headline"] = headline, ["description"] = description, ["button"] = button };
}
