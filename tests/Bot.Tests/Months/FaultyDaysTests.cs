using ChatOpsCampaigns.Adapters.Chat.WebChat;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Incidents;
using ChatOpsCampaigns.Kit;
using ChatOpsCampaigns.Kit.Faults;

namespace ChatOpsCampaigns.Bot.Tests.Months;

/// <summary>
/// A campaign is launched, runs, has its levers lowered, runs away, is stopped, rolled back and resumed, while one call in twenty to
/// networks, database, audit trail, media, chat and gateways goes wrong: it ends as it does without faults.
/// </summary>
public sealed class FaultyDaysTests
{
    private const double OneInTwenty = 0.05;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>How far the clock is set wrong, ahead and back, all through the days.</summary>
    private static readonly TimeSpan[] Wrong = [TimeSpan.FromHours(1), TimeSpan.FromHours(-1), TimeSpan.FromDays(1), TimeSpan.FromDays(-2), TimeSpan.FromMinutes(-7), TimeSpan.Zero];

    /// <summary>From one morning to the next.</summary>
    private static readonly Hours Whole = new("2026-03-02T06:00:00Z", 8);

    /// <summary>From an evening into the night: the same happens, and few hours pass in which nothing does.</summary>
    private static readonly Hours Night = new("2026-03-02T20:00:00Z", 1);

    private static readonly Lazy<Task<string>> Undisturbed = new(() => RunAsync(Whole, 0, 0));
    private static readonly Lazy<Task<string>> UndisturbedNight = new(() => RunAsync(Night, 0, 0));

    /// <param name="Ends">The hour of the next day at which the campaign is resumed.</param>
    private sealed record Hours(string Begins, int Ends);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task One_call_in_twenty_may_go_wrong_and_it_ends_the_same(int seed) => (await RunAsync(Night, seed, OneInTwenty)).ShouldBe(await UndisturbedNight.Value, $"seed {seed}");

    [Fact]
    [Trait("Length", "Long")]
    public async Task The_clock_may_be_set_ahead_and_back_meanwhile_and_it_ends_the_same() => (await RunAsync(Whole, 4, OneInTwenty, Wrong)).ShouldBe(await Undisturbed.Value, "seed 4");

    [Theory]
    [Trait("Length", "Long")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(39)]
    public async Task One_call_in_twenty_may_go_wrong_all_day_and_it_ends_the_same(int seed) => (await RunAsync(Whole, seed, OneInTwenty)).ShouldBe(await Undisturbed.Value, $"seed {seed}");

    [Fact]
    [Trait("Length", "Long")]
    public async Task Whatever_goes_wrong_it_ends_the_same()
    {
        for (var seed = 5; seed <= 50; seed++)
            (await RunAsync(Whole, seed, OneInTwenty, seed % 2 == 0 ? Wrong : [])).ShouldBe(await Undisturbed.Value, $"seed {seed}");
    }

    private static async Task<string> RunAsync(Hours hours, int seed, double rate, params TimeSpan[] clockIsOff)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var faults = new FaultPlan(seed, rate);
        await using var bot = await WholeBot.OpenAsync(faults, more: new Dictionary<string, string?> { ["Clock:Start"] = hours.Begins });
        var invariants = new Invariants(bot);
        var (ana, olga) = (await bot.PersonAsync("ana"), await bot.PersonAsync("olga"));
        await bot.ListensAsync("olga");
        bot.ClockIsOff = clockIsOff;
        var draft = await bot.CalmlyAsync(() => bot.DraftAsync("d-1"));
        Task<Campaign> Now() => bot.CalmlyAsync(async () => (await bot.Get<ICampaignStore>().AllAsync(WorkspaceId.Local, Cancel)).Single());

        await bot.UntilAsync(
            "the launch", 50, async () => (await bot.Get<ICampaignStore>().AllAsync(WorkspaceId.Local, Cancel)) is [{ Status: CampaignStatus.Active }],
            () => bot.Get<LaunchDesk>().RequestAsync(draft, ana, LaunchDesk.DigestOf(draft), Cancel), invariants.CheckAsync);
        var id = (await Now()).Id;
        await bot.UntilAsync("taking over", 20, async () => (await Now()).TakenOver, () => bot.Get<CampaignControl>().TakeOverAsync(id, ana, Cancel), invariants.CheckAsync);
        await bot.UntilAsync("the lower bid", 20, async () => (await Now()).Bid == A.Usd(10), () => bot.Get<CampaignControl>().SetBidAsync(id, ana, A.Usd(10), Cancel), invariants.CheckAsync);
        await bot.UntilAsync(
            "the lower budget", 20, async () => (await Now()).DailyBudget == A.Usd(450), () => bot.Get<CampaignControl>().SetBudgetAsync(id, ana, A.Usd(450), Cancel), invariants.CheckAsync);

        await bot.CalmlyAsync(async () =>
        {
            await bot.Get<IMarketDesk>().StartFaultAsync(id, MarketFault.Runaway, 10, null, Cancel);
            return true;
        });
        await bot.UntilAsync("the stop", 100, async () => (await Now()).Status == CampaignStatus.Stopped && await PausedAsync(bot), null, invariants.CheckAsync);
        await bot.CalmlyAsync(() => bot.Get<IMarketDesk>().CalmAsync(id, Cancel));

        var incident = await bot.CalmlyAsync(async () => (await bot.Get<IncidentDesk>().FindStopAsync(id, Cancel))!);
        await bot.UntilAsync(
            "the roll back", 30, async () => (await Now()) is { Bid: { Amount: 12 }, DailyBudget.Amount: 500 },
            () => bot.Get<IncidentDesk>().RollBackAsync(incident.Id, olga, Cancel), invariants.CheckAsync);
        var tomorrow = bot.Clock.GetUtcNow().Date.AddDays(1).AddHours(hours.Ends);
        await bot.UntilAsync("the next day", 400, () => Task.FromResult(bot.Clock.GetUtcNow() >= tomorrow), null, invariants.CheckAsync);
        await bot.UntilAsync(
            "the resume", 50, async () => (await Now()).Status == CampaignStatus.Active, () => bot.Get<IncidentDesk>().ResumeAsync(incident.Id, olga, Cancel), invariants.CheckAsync);

        // What was under way is settled in the quiet after it.
        faults.IsOn = false;
        for (var step = 0; step < 24; step++)
        {
            await bot.StepAsync();
            await invariants.CheckAsync();
        }

        await invariants.CheckAtTheEndAsync();
        return await EndAsync(bot);
    }

    private static async Task<bool> PausedAsync(WholeBot bot) => (await bot.AtNetworksAsync()).All(campaign => campaign.Status == NetworkStatus.Paused);

    private static async Task<string> EndAsync(WholeBot bot)
    {
        var campaign = (await bot.Get<ICampaignStore>().AllAsync(WorkspaceId.Local, Cancel)).Single();
        var incidents = await bot.Get<IIncidentStore>().LatestAsync(WorkspaceId.Local, 100, Cancel);
        var network = (await bot.AtNetworksAsync()).Select(shown => $"{shown.Status} {shown.DailyBudget} {shown.Bid} {shown.Ads.Length} ads");
        return $"{campaign.Status} {campaign.DailyBudget} {campaign.Bid}, at the network: {string.Join("; ", network)}, "
            + $"incidents: {string.Join("; ", incidents.Where(one => one.Remedy == Remedy.PauseCampaign).Select(one => $"{one.Cause} {one.State}"))}, "
            + $"open commands: {(await bot.Get<IIntentStore>().OpenAsync(Cancel)).Count}, shown in the chat: {await ShownAsync(bot, incidents)}";
    }

    /// <summary>Of every stop, what its message shows now: one message, and how the incident stands at the end.</summary>
    private static async Task<string> ShownAsync(WholeBot bot, IReadOnlyList<Incident> incidents)
    {
        var shown = new List<string>();
        foreach (var incident in incidents.Where(one => one.Remedy == Remedy.PauseCampaign))
        {
            foreach (var (conversation, message) in await bot.Get<IConversationStore>().PostsAsync(IncidentBoard.Subject(incident.Id), Cancel))
            {
                var activities = (await bot.Get<IActivityLog>().LatestAsync(conversation, 1000, Cancel)).Where(logged => (string?)logged.Activity["id"] == message.Value);
                shown.Add($"{conversation}: {string.Join(", ", activities.Select(logged => (string?)logged.Activity["text"]))}");
            }
        }

        return string.Join("; ", shown);
    }
}
