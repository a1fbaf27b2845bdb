using System.Collections.Concurrent;
using System.Globalization;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;
using ChatOpsCampaigns.Kit.Faults;

namespace ChatOpsCampaigns.Bot.Tests.Months;

/// <summary>How much people are told: the whole program with many campaigns and a few real faults, in a channel for news and one for incidents.</summary>
public sealed class AttentionTests
{
    private const int StepsADay = 288;

    /// <summary>What a channel may say a day beside incidents.</summary>
    private const int MostADay = 5;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Length", "Long")]
    public Task Twenty_campaigns_on_one_day() => RunAsync(20, 1, TimeSpan.FromHours(4));

    [Fact]
    [Trait("Length", "Long")]
    public Task Results_that_are_not_counted_for_half_a_day_are_one_urgent_thread() => RunAsync(20, 1, TimeSpan.FromHours(12));

    [Fact]
    [Trait("Length", "Long")]
    public Task A_hundred_campaigns_in_a_week() => RunAsync(100, 7, TimeSpan.FromHours(4));

    private static async Task RunAsync(int count, int days, TimeSpan outage)
    {
        var posted = new ConcurrentQueue<Posted>();
        WholeBot? bot = null;
        await using var opened = bot = await WholeBot.OpenAsync(
            new FaultPlan(1, 0) { IsOn = false },
            more: new Dictionary<string, string?>
            {
                ["Channels:default:Feed"] = "local/feed",
                ["Channels:default:Incidents"] = "local/incidents",
                ["AdNetworks:Meta:Simulated:DailyLimit"] = "1000000",
                ["AdNetworks:TikTok:Simulated:DailyLimit"] = "1000000",
            },
            around: chat => new CountedChat(chat, () => bot!.Clock.GetUtcNow(), posted));
        await bot.ListensAsync("olga");
        await LaunchAsync(bot, count);
        await bot.UntilAsync("the launches", 100, async () => (await CampaignsAsync(bot)).All(campaign => campaign.Status == CampaignStatus.Active));
        posted.Clear();

        var began = bot.Clock.GetUtcNow();
        var planted = await LiveAsync(bot, days, outage);
        var told = posted.Where(one => one.At >= began).ToList();
        Write(told);

        foreach (var (place, on, number) in Daily(told))
            number.ShouldBeLessThanOrEqualTo(MostADay, $"{place} on {on}");

        var urgent = (await bot.Get<IIncidentStore>().LatestAsync(WorkspaceId.Local, 1000, Cancel)).Where(incident => incident.Severity >= Severity.High).ToList();
        foreach (var incident in urgent)
            TestContext.Current.TestOutputHelper?.WriteLine($"{incident.OpenedAt:yyyy-MM-dd HH:mm} UTC {Named(incident)}: {incident.CauseWords}, {incident.Evidence.Measured} against {incident.Evidence.Limit}");

        // A campaign that is stopped while the results of its account are not counted is told in the thread of that.
        var outages = urgent.Where(incident => incident.Cause.Value == "tracking-outage").ToList();
        urgent.Where(incident => incident.Cause.Value != "zero-conversions" || !outages.Any(outage => outage.Account == incident.Account && outage.OpenedAt <= incident.OpenedAt))
            .Select(Named).Order(StringComparer.Ordinal).ShouldBe(planted.Order(StringComparer.Ordinal));
        told.Count(one => one is { Kind: "incident", IsEdit: false, Place.Value: "local/incidents" }).ShouldBe(planted.Count);
    }

    private static async Task LaunchAsync(WholeBot bot, int count)
    {
        var ana = await bot.PersonAsync("ana");
        for (var number = 1; number <= count; number++)
        {
            var draft = await bot.DraftAsync(string.Create(CultureInfo.InvariantCulture, $"d-{number}"), number % 2 == 0 ? "Meta" : "TikTok");
            await bot.Get<LaunchDesk>().RequestAsync(draft, ana, LaunchDesk.DigestOf(draft), Cancel);
        }
    }

    /// <summary>A campaign, or an account whose results are not counted.</summary>
    private static string Named(Incident incident) => incident.Cause.Value == "tracking-outage" ? $"no results counted in {incident.Account}" : incident.CampaignName;

    /// <summary>
    /// A runaway each day from the first on, and on the first day an account whose results are not counted for a time; whoever is on call acknowledges
    /// within five minutes.
    /// </summary>
    /// <returns>The urgent incidents that there should be.</returns>
    private static async Task<IReadOnlyList<string>> LiveAsync(WholeBot bot, int days, TimeSpan outage)
    {
        var planted = new List<string>();
        var olga = await bot.PersonAsync("olga");
        for (var step = 0; step < days * StepsADay; step++)
        {
            if (step % StepsADay == StepsADay / 4)
                planted.Add(await RunAwayAsync(bot, step / StepsADay));

            if (step == StepsADay / 3)
                planted.Add(await LoseResultsAsync(bot, new AdAccountId("meta"), outage));

            await bot.StepAsync();
            foreach (var open in (await bot.Get<IIncidentStore>().OpenAsync(Cancel)).Where(open => open.AcknowledgedBy is null))
                await bot.Get<IncidentDesk>().AcknowledgeAsync(open.Id, olga, Cancel);
        }

        return planted;
    }

    private static async Task<string> RunAwayAsync(WholeBot bot, int day)
    {
        var campaign = (await CampaignsAsync(bot)).Where(one => one.Status == CampaignStatus.Active).OrderBy(one => one.Handle, StringComparer.Ordinal).ElementAt(day);
        await bot.Get<IMarketDesk>().StartFaultAsync(campaign.Id, MarketFault.Runaway, 10, TimeSpan.FromHours(2), Cancel);
        return campaign.Name;
    }

    private static async Task<string> LoseResultsAsync(WholeBot bot, AdAccountId account, TimeSpan outage)
    {
        foreach (var campaign in (await CampaignsAsync(bot)).Where(one => one.Account == account))
            await bot.Get<IMarketDesk>().StartFaultAsync(campaign.Id, MarketFault.Outage, 1, outage, Cancel);

        return $"no results counted in {account}";
    }

    private static Task<IReadOnlyList<Campaign>> CampaignsAsync(WholeBot bot) => bot.Get<ICampaignStore>().AllAsync(WorkspaceId.Local, Cancel);

    /// <summary>New messages beside incidents and what is said about them, those in threads with those of their channel.</summary>
    private static IEnumerable<(ConversationId Place, DateOnly On, int Number)> Daily(IEnumerable<Posted> told) => told
        .Where(one => one is { IsEdit: false, Kind: not "incident", Place.Value: not "local/incidents" })
        .Select(one => one with { Place = new ConversationId(string.Join('/', one.Place.Value.Split('/').Take(2))) })
        .GroupBy(one => (one.Place, On: DateOnly.FromDateTime(one.At.UtcDateTime)))
        .Select(group => (group.Key.Place, group.Key.On, group.Count()));

    private static void Write(IReadOnlyList<Posted> told)
    {
        foreach (var day in told.GroupBy(one => (one.Place, On: DateOnly.FromDateTime(one.At.UtcDateTime))).OrderBy(group => group.Key.On).ThenBy(group => group.Key.Place.Value, StringComparer.Ordinal))
        {
            var kinds = day.GroupBy(one => one.Kind).OrderBy(group => group.Key, StringComparer.Ordinal).Select(kind => $"{kind.Count(one => !one.IsEdit)} {kind.Key} (edited {kind.Count(one => one.IsEdit)} times)");
            TestContext.Current.TestOutputHelper?.WriteLine($"{day.Key.On:yyyy-MM-dd} {day.Key.Place}: {string.Join(", ", kinds)}");
        }
    }
}
