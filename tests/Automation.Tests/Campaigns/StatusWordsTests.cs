using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Tests.Campaigns;

public sealed class StatusWordsTests
{
    [Theory]
    [InlineData("paused", "paused by ana", "paused by ana")]
    [InlineData("paused", "not needed", "paused: not needed")]
    [InlineData("STOPPED", "stopped here", "stopped here")]
    [InlineData("paused", null, "paused")]
    public void A_word_is_not_said_twice(string word, string? why, string says) => StatusWords.With(word, why).ShouldBe(says);

    [Theory]
    [InlineData("paused by ana", "by ana")]
    [InlineData("not needed", "not needed")]
    public void A_reason_beside_its_word_leaves_the_word_out(string why, string says) => StatusWords.Beside("paused", why).ShouldBe(says);

    [Theory]
    [InlineData("meta", "Facebook account")]
    [InlineData("meta:eu", "Facebook account eu")]
    public void An_account_is_not_called_by_its_network_twice(string account, string says) =>
        AdAccount.Named("Facebook", new AdAccountId(account)).ShouldBe(says);

    [Theory]
    [InlineData("$750", "spend today $800, limit $750")]
    [InlineData("", "spend today $800")]
    public void Evidence_without_a_limit_names_none(string limit, string says) => new Evidence("spend today", "$800", limit).Words.ShouldBe(says);
}
