using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Commands.Workspace;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Bot.Tests.Chat;

/// <summary>Channels of accounts, from the setting to the page.</summary>
public sealed class BoundChannelTests
{
    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Fact]
    public async Task News_of_an_account_is_shown_in_the_conversation_that_it_is_bound_to_and_in_no_other()
    {
        await using var bot = InProcessBot.Start(("Channels:meta:Feed", "local/mia"), ("Channels:default:Feed", "local/ben"));
        using var mia = await ChatClient.OpenAsync(bot.Address, "mia", Patience);
        using var ben = await ChatClient.OpenAsync(bot.Address, "ben", Patience);

        await PublishAsync(bot, "meta", "of meta");
        await PublishAsync(bot, "google", "of google");

        await ben.WaitForAsync(activity => activity.ToJsonString().Contains("of google", StringComparison.Ordinal), Patience);
        await mia.WaitForAsync(activity => activity.ToJsonString().Contains("of meta", StringComparison.Ordinal), Patience);
        (await mia.ActivitiesAsync(Patience)).ShouldHaveSingleItem();
        (await ben.ActivitiesAsync(Patience)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Settings_tell_the_channels_of_an_account()
    {
        await using var bot = InProcessBot.Start(("Channels:meta:Incidents", "local/mia"), ("OnCall:meta:0", "local:olga"));

        var lines = await bot.Get<ISettingsView>().ListAsync(FakePeople.You, Patience);

        lines.Single(line => line.Name.StartsWith("Channels of", StringComparison.Ordinal)).ShouldBe(("Channels of meta", "incidents in local/mia, on call local:olga"));
    }

    private static Task PublishAsync(InProcessBot bot, string account, string action) => bot.Get<IActivityFeed>().PublishAsync(
        new FeedEvent(
            0, bot.Get<CampaignClock>().GetUtcNow(), WorkspaceId.Local, new AdAccountId(account), null, "a campaign", FeedKind.Note, Severity.High, action, "because",
            PersonId.Agent),
        Patience);
}
