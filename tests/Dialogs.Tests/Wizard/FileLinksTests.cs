using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Wizard.Fields;
using ChatOpsCampaigns.Dialogs.Wizard.Reading;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Wizard;

/// <summary>Links in the place of files.</summary>
public sealed class FileLinksTests
{
    [Proves(18)]
    [Theory]
    [InlineData("https://example.com/summer.png", "objective")]
    [InlineData("https://cdn.example.com/a/b/Summer.MP4?dl=1", "review")]
    [InlineData("www.example.com/clip.mov", "objective")]
    [InlineData("example.com/clip.webm", "creatives")]
    [InlineData("summer.heic", "creatives")]
    [InlineData("https://drive.google.com/file/d/1abc/view", "creatives")]
    [InlineData("www.dropbox.com/s/abc", "creatives")]
    public void A_link_to_a_file_is_not_where_a_click_leads(string line, string step)
    {
        var reading = Read(line, step);

        reading.Problems.ShouldHaveSingleItem().ShouldContain("Drop the file itself into the chat");
        (reading.Draft.Destination.LandingUrl ?? reading.Draft.Destination.StoreUrl).ShouldBeNull();
    }

    [Theory]
    [InlineData("https://apps.apple.com/app/id1234567890", "creatives")]
    [InlineData("app install, https://play.google.com/store/apps/details?id=com.example", "creatives")]
    [InlineData("https://example.com/pngs", "objective")]
    [InlineData("https://example.com/mov/ies.html", "objective")]
    [InlineData("https://example.movies/", "objective")]
    [InlineData("https://example.com/?hero=a.png&x=1", "objective")]
    public void Other_addresses_are_taken(string line, string step)
    {
        var reading = Read(line, step);

        reading.Problems.ShouldBeEmpty();
        (reading.Draft.Destination.LandingUrl ?? reading.Draft.Destination.StoreUrl).ShouldNotBeNull();
    }

    private static LineReading Read(string line, string step)
    {
        var draft = A.Draft() with { Step = step, Destination = new() };
        return LineReader.Read(line, new FieldContext(draft, [A.Profile()], A.Profile(), Currency.Usd, TimeZoneInfo.Utc, A.Noon), step);
    }
}
