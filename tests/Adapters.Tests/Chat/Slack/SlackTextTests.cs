using ChatOpsCampaigns.Adapters.Chat.Slack;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Slack;

public sealed class SlackTextTests
{
    [Theory]
    [InlineData("<@U0BOT> new campaign", "new campaign")]
    [InlineData("<@U0BOT|campaigns>: status", "status")]
    [InlineData("  <@U0BOT>   pause c1", "pause c1")]
    [InlineData("hey <@U0BOT> stop everything", "hey stop everything")]
    [InlineData("*<@U0BOT> stop everything*", "* stop everything*")]
    [InlineData("stop everything <@U0BOT>", "stop everything")]
    [InlineData("ask <@U0ANA|ana> or <@U0MAX>", "ask @U0ANA or @U0MAX")]
    [InlineData("see <#C0ADS|ads>", "see #C0ADS")]
    [InlineData("<!here> stop everything", "@here stop everything")]
    [InlineData("<!subteam^S0CALL|@oncall> look", "@S0CALL look")]
    [InlineData("<https://apps.apple.com/app/id1234567890>", "https://apps.apple.com/app/id1234567890")]
    [InlineData("<http://example.com|example.com>", "http://example.com")]
    [InlineData("<https://evil.example/x|https://good.example>", "https://evil.example/x")]
    [InlineData("<mailto:ana@example.com|ana@example.com>", "ana@example.com")]
    [InlineData("cost cap <mailto:x@y.com|$12>", "cost cap $12")]
    [InlineData("cap <http://1.50|1.50> and <tel:500|500>", "cap 1.50 and 500")]
    [InlineData("Tom &amp; Jerry &lt;3 &gt;", "Tom & Jerry <3 >")]
    [InlineData("&amp;lt;", "&lt;")]
    [InlineData("a < b", "a < b")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void What_was_typed_comes_out_as_it_was_typed(string? wire, string typed) => SlackText.Decode(wire, "U0BOT").ShouldBe(typed);

    [Theory]
    [InlineData("<!everyone> *now*")]
    [InlineData("<@U0ANA> & <https://evil.example|good>")]
    [InlineData("_~`a`~_")]
    public void Escaped_words_hold_no_mark_up_and_read_the_same(string words)
    {
        var escaped = SlackText.Escape(words);

        escaped.ShouldNotContain('<');
        escaped.ShouldNotContain('>');
        SlackText.Decode(escaped.Replace("\u200b", "", StringComparison.Ordinal), null).ShouldBe(words);
    }

    [Theory]
    [InlineData("short", 10, "short")]
    [InlineData("exactly 10", 10, "exactly 10")]
    [InlineData("eleven char", 10, "eleven ch…")]
    [InlineData("🎉🎉🎉🎉", 4, "🎉🎉🎉🎉")]
    [InlineData("🎉🎉🎉🎉", 3, "🎉🎉…")]
    public void A_cut_counts_code_points(string text, int longest, string cut) => SlackText.Cut(text, longest).ShouldBe(cut);

    [Theory]
    [InlineData("see <https://example.com/a/long/address|the page> for more", 20, "see …")]
    [InlineData("see <https://e.com|it> for more of this", 24, "see <https://e.com|it> …")]
    [InlineData("*a bold title*\nand what follows it", 8, "*a bol…*")]
    [InlineData("*_both styles_ here*", 8, "*_bot…_*")]
    [InlineData("*bold* and more of it", 10, "*bold* an…")]
    [InlineData("Tom &amp; Jerry and Spike", 6, "Tom …")]
    [InlineData("a*\u200bb*\u200bc and more", 5, "a*\u200bb…")]
    [InlineData("🎉🎉🎉🎉", 3, "🎉🎉…")]
    [InlineData("*short*", 7, "*short*")]
    public void A_cut_of_mark_up_breaks_no_link_no_entity_and_no_style(string mrkdwn, int longest, string cut)
    {
        SlackText.CutMarkup(mrkdwn, longest).ShouldBe(cut);
        SlackText.CutMarkup(mrkdwn, longest).EnumerateRunes().Count().ShouldBeLessThanOrEqualTo(longest);
    }

    [Fact]
    public void Long_words_are_parts_that_end_at_lines_or_else_at_words_and_lose_nothing()
    {
        var text = string.Join('\n', Enumerable.Range(1, 40).Select(number => $"line {number} of forty"));

        var parts = SlackText.Parts(text, 300, 10);

        parts.ShouldAllBe(part => part.Length <= 300 && part.StartsWith("line ") && part.EndsWith("forty"));
        string.Join('\n', parts).ShouldBe(text);
        SlackText.Parts("one two three", 8, 10).ShouldBe(["one two", "three"]);
        SlackText.Parts(text, 300, 2).Count.ShouldBe(2);
        SlackText.Parts(new string('x', 20), 8, 10).Select(part => part.Length).ShouldBe([8, 8, 4]);
    }
}
