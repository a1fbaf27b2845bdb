using ChatOpsCampaigns.Adapters.Chat.WebChat;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Incidents;
using ChatOpsCampaigns.Kit;
using ChatOpsCampaigns.Kit.Faults;

namespace ChatOpsCampaigns.Bot.Tests.Months;

/// <summary>The row "chat down" of the table of what may happen when something is missing: everything goes on, other channels are told, and the chat when it is back.</summary>
public sealed class SilentChatTests
{
    private static readonly Manners Silent = new(_ => [Fault.TimesOut], _ => new HttpRequestException("the chat does not answer"));

    private static readonly ConversationId Olga = new("local/olga");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_no_chat_answers_everything_goes_on_and_the_chat_is_told_afterwards()
    {
        var faults = new FaultPlan(1, 0);
        foreach (var method in typeof(IChatChannel).GetMethods())
            faults.Rates[method.Name] = 1;

        await using var bot = await WholeBot.OpenAsync(faults, chat: Silent);
        var (ana, control) = (await bot.PersonAsync("ana"), bot.Get<CampaignControl>());
        await bot.ListensAsync("olga");
        var draft = await bot.CalmlyAsync(() => bot.DraftAsync("d-1"));
        async Task<Campaign?> NowAsync() => (await bot.Get<ICampaignStore>().AllAsync(WorkspaceId.Local, Cancel)).SingleOrDefault();

        await bot.Get<LaunchDesk>().RequestAsync(draft, ana, LaunchDesk.DigestOf(draft), Cancel);
        await bot.UntilAsync("the launch", 5, async () => (await NowAsync())?.Status == CampaignStatus.Active);
        var id = (await NowAsync())!.Id;
        await control.TakeOverAsync(id, ana, Cancel);
        (await control.SetBidAsync(id, ana, A.Usd(10), Cancel)).Done.ShouldBeTrue("a cut");
        await bot.UntilAsync("fresh figures", 20, async () => (await control.SetBidAsync(id, ana, A.Usd(11), Cancel)).Done);
        (await control.PauseAsync(id, ana, "a look", Cancel)).Done.ShouldBeTrue("a pause");
        (await control.ResumeAsync(id, ana, Cancel)).Done.ShouldBeTrue("a resume");
        await bot.Get<IMarketDesk>().StartFaultAsync(id, MarketFault.Runaway, 10, null, Cancel);
        await bot.UntilAsync("the stop", 100, async () => (await NowAsync())!.Status == CampaignStatus.Stopped);

        bot.Told.Messages.ShouldNotBeEmpty("told on another channel");
        (await ShownAsync(bot)).ShouldBeEmpty();

        faults.IsOn = false;
        for (var step = 0; step < 3; step++)
            await bot.StepAsync();

        var stop = (await bot.Get<IIncidentStore>().OpenAsync(Cancel)).Single(open => open.Remedy == Remedy.PauseCampaign);
        var posts = await bot.Get<IConversationStore>().PostsAsync(IncidentBoard.Subject(stop.Id), Cancel);
        var (_, message) = posts.Where(post => post.Conversation == Olga).ShouldHaveSingleItem("the stop");
        (await ShownAsync(bot)).Count(id => id == message.Value).ShouldBe(1);
    }

    /// <summary>The ids of what the chat shows.</summary>
    private static async Task<IReadOnlyList<string>> ShownAsync(WholeBot bot) => [.. (await bot.Get<IActivityLog>().LatestAsync(Olga, 100, Cancel)).Select(logged => logged.Id)];
}
