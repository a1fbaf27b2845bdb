using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Checks;
using ChatOpsCampaigns.Automation.Campaigns.Checks.Running;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Campaigns.Checks;

public sealed class AlertChannelsAreSetUpTests
{
    [Theory]
    [InlineData(AlertChannels.Chat | AlertChannels.Email | AlertChannels.Sms, "email", "SMS is not set up here; alerts go by chat and mail only.")]
    [InlineData(AlertChannels.Email | AlertChannels.Sms | AlertChannels.Push, "", "Mail, SMS and push are not set up here; alerts go by chat only.")]
    [InlineData(AlertChannels.Email | AlertChannels.Sms, "sms", "Mail is not set up here; alerts go by chat and SMS only.")]
    public void A_chosen_channel_that_is_not_set_up_is_said_with_those_that_are(AlertChannels chosen, string setUp, string says) =>
        Find(chosen, setUp).ShouldHaveSingleItem().Says.ShouldBe(says);

    [Fact]
    public void It_is_a_warning_and_blocks_nothing() => Find(AlertChannels.Sms, "").ShouldHaveSingleItem().Kind.ShouldBe(ProblemKind.Warns);

    [Theory]
    [InlineData(AlertChannels.Chat, "")]
    [InlineData(AlertChannels.Chat | AlertChannels.Email, "email")]
    public void What_was_not_chosen_or_is_set_up_is_not_said(AlertChannels chosen, string setUp) => Find(chosen, setUp).ShouldBeEmpty();

    private static IEnumerable<DraftProblem> Find(AlertChannels chosen, string setUp) =>
        new AlertChannelsAreSetUp([.. new[] { "email", "sms", "push", "chat" }.Select(name => new FakeAlertChannel(name, name == "chat" || name == setUp))])
            .Check(A.Draft() with { Automation = new AutomationSettings { Notify = chosen } }, new DraftSurroundings(null, null, null, A.Noon));
}
