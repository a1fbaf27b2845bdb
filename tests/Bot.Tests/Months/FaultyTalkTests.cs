using System.Text.Json;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit.Faults;
using ImageMagick;

namespace ChatOpsCampaigns.Bot.Tests.Months;

/// <summary>
/// A campaign is made by typing while one call in twenty to chat, drafts, database and networks goes wrong. Whoever sees that nothing came of
/// what they said says it again, and ends with the one campaign that they would have had without.
/// </summary>
public sealed class FaultyTalkTests
{
    private const string File = "[picture]";

    private static readonly string[] Says =
    [
        "new campaign", "facebook", File, "done", "app install, installs, ios, https://apps.apple.com/app/id1234567890", "US, CA; 18-44; all",
        "$500/day, max $750, cost cap $12, max bid $15", "balanced, max cpa $18", "start now",
    ];

    private static readonly Lazy<byte[]> Picture = new(() =>
    {
        using var picture = new MagickImage(MagickColors.SteelBlue, 1080, 1080);
        return picture.ToByteArray(MagickFormat.Png);
    });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2, Traits = ["Length", "Long"])]
    public async Task What_is_typed_while_things_go_wrong_becomes_the_same_campaign(int seed) => (await RunAsync(seed, 0.05)).ShouldBe(await RunAsync(0, 0), $"seed {seed}");

    [Fact]
    [Trait("Length", "Long")]
    public async Task Whatever_goes_wrong_it_becomes_the_same_campaign()
    {
        var wanted = await RunAsync(0, 0);
        for (var seed = 3; seed <= 50; seed++)
            (await RunAsync(seed, 0.05)).ShouldBe(wanted, $"seed {seed}");
    }

    private static async Task<string> RunAsync(int seed, double rate)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        await using var bot = await WholeBot.OpenAsync(new FaultPlan(seed, rate));
        var file = await bot.CalmlyAsync(() => bot.Get<IMediaStore>().KeepAsync(new MemoryStream(Picture.Value), Cancel));
        foreach (var line in Says)
            await UntilItCountsAsync(bot, line, file);

        await bot.UntilAsync(
            "the launch", 50, async () => (await bot.Get<ICampaignStore>().AllAsync(WorkspaceId.Local, Cancel)) is [{ Status: CampaignStatus.Active }],
            async () =>
            {
                if ((await bot.CalmlyAsync(() => bot.Get<ICampaignStore>().AllAsync(WorkspaceId.Local, Cancel))).Count == 0)
                    await SayAsync(bot, "launch", null);
            });

        bot.Faults.IsOn = false;
        for (var step = 0; step < 6; step++)
            await bot.StepAsync();

        var campaign = (await bot.Get<ICampaignStore>().AllAsync(WorkspaceId.Local, Cancel)).ShouldHaveSingleItem();
        var shown = (await bot.AtNetworksAsync()).ShouldHaveSingleItem();
        var spec = campaign.Spec with { Schedule = campaign.Spec.Schedule with { Start = null } };
        return $"{campaign.Status} {campaign.DailyBudget} {campaign.Bid}, {shown.Status} {shown.DailyBudget} {shown.Bid} {shown.Ads.Length} ads, {JsonSerializer.Serialize(spec)}";
    }

    private static async Task UntilItCountsAsync(WholeBot bot, string line, Digest file)
    {
        var before = await OpenAsync(bot);
        for (var times = 0; await OpenAsync(bot) == before; times++)
        {
            times.ShouldBeLessThan(20, $"\"{line}\" changes nothing. {before} {bot.Faults}");
            await SayAsync(bot, line == File ? "" : line, line == File ? new ChatFile("picture.png", file.Value, null) : null);
        }
    }

    private static Task SayAsync(WholeBot bot, string text, ChatFile? file) => bot.SayAsync(
        new ChatTurn(
            Guid.NewGuid().ToString("N"), new ConversationId("local/ana"), new PersonId("local:ana"), text, file is null ? [] : [file], null, bot.Machine.GetUtcNow()));

    /// <summary>The draft that is open in the conversation, as it stands.</summary>
    private static Task<string> OpenAsync(WholeBot bot) => bot.CalmlyAsync(async () =>
    {
        var state = await bot.Get<IConversationStore>().FindAsync(new ConversationId("local/ana"), Cancel);
        return state?.OpenDraft is { } open && await bot.Get<IDraftStore>().FindAsync(open, Cancel) is { } draft
            ? JsonSerializer.Serialize(draft with { Version = 0, ChangedAt = default })
            : "none";
    });
}
