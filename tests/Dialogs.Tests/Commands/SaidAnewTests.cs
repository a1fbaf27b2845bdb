using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Commands;

/// <summary>What was meant is kept when a word of it was wrong, said twice or asked about.</summary>
public sealed class SaidAnewTests
{
    private readonly ChatBench _bench = new();
    private readonly Transcript _talk;

    public SaidAnewTests() => _talk = new Transcript(_bench);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_misspelt_verb_is_asked_about_with_everything_that_followed_it()
    {
        await _talk.SayAsync("ana", Now, "puase c1");

        var asked = _bench.Channel.All[^1].Message;
        asked.Text.ShouldContain("Did you mean \"pause c1\"");
        asked.QuickReplies.ShouldContain(reply => reply.Says == "pause c1");
    }

    [Fact]
    public async Task Help_about_a_word_shows_only_what_holds_it()
    {
        await _talk.SayAsync("ana", Now, "help budget");

        var help = _bench.SeenBy("ana")[^1];
        help.ShouldContain("about \"budget\"");
        help.ShouldContain("set budget");
        help.ShouldNotContain("drafts");

        await _talk.SayAsync("ana", Now, "help xyzzy");
        _bench.SeenBy("ana")[^1].ShouldStartWith("I have no help for \"xyzzy\".");
    }

    [Theory]
    [InlineData("\u096b\u0966\u0966", "500")]
    [InlineData("\u0665\u0660\u0660", "500")]
    [InlineData("\uff15\uff10\uff10", "500")]
    public void Digits_of_every_script_are_the_same_digits(string typed, string plain) => TurnText.Clean(typed).ShouldBe(plain);

    [Fact]
    public async Task A_misspelt_country_in_a_card_is_asked_about()
    {
        await _talk.SayAsync("ana", Now, "new campaign", "facebook");
        await _talk.DropAsync("ana", Now, "one.png");
        await _talk.SayAsync("ana", Now, "done", "app install, installs, ios, https://apps.apple.com/app/id1234567890", "countries Canda");

        _bench.SeenBy("ana").ShouldContain(text => text.Contains("Did you mean Canada (CA)?", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("stop everything now")]
    [InlineData("please stop everything")]
    [InlineData("Stop everything, please!")]
    [InlineData("*stop everything*")]
    [InlineData("_stop everything_")]
    [InlineData("`stop everything`")]
    [InlineData("stop *everything*!!")]
    [InlineData("Stop Everything \u2013 now!")]
    [InlineData("stop everything it\u2019s burning")]
    [InlineData("\"stop everything\"")]
    [InlineData("hey @campaigns stop everything")]
    [InlineData("hey, campaigns: please stop everything now!!")]
    [InlineData("🚨 STOP EVERYTHING 🚨")]
    [InlineData(":rotating_light: stop everything :rotating_light:")]
    public async Task Stopping_everything_waits_for_nobody_however_it_is_said(string line)
    {
        TurnDispatcher.WaitsForNobody(_bench.Turn("olga", line)).ShouldBeTrue();

        await _talk.SayAsync("olga", Now, line);
        _bench.Core.Feed.All.ShouldContain(happened => happened.Kind == FeedKind.Switch);
    }

    [Theory]
    [InlineData("stop everything about c1")]
    [InlineData("pause everything")]
    [InlineData("why stop everything")]
    [InlineData("stop everything?")]
    [InlineData("hey @olga stop everything")]
    public void What_only_looks_like_it_is_no_such_order(string line) => TurnDispatcher.WaitsForNobody(_bench.Turn("olga", line)).ShouldBeFalse();
}
