using ChatOpsCampaigns.Adapters.AdNetworks.Simulator;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;
using ImageMagick;

namespace ChatOpsCampaigns.Bot.Tests.Crashing;

/// <summary>A launch of three pictures, killed at points of its way: exactly one campaign at the network, known here, and nobody asked twice.</summary>
public sealed class LaunchCrashTests
{
    /// <summary>Where a duplicate and a launch that nobody knows of would come from; <c>scripts/test.sh --long</c> has all points.</summary>
    private static readonly string[] Dangerous =
    [
        "CampaignStore.Add.after#1", "IntentStore.Add.Planned.after#1", "network.UploadCreative.after#2", "network.CreateCampaign.after#1",
        "network.CreateAdSet.after#1", "network.CreateAd.after#3", "network.Activate.after#1",
    ];

    [Proves(62)]
    [Fact(Timeout = 600_000)]
    public Task A_launch_that_is_killed_is_one_campaign_after_the_next_start() => CrashRun.AtAsync(Launch(), Dangerous, TestContext.Current.CancellationToken);

    [Fact(Timeout = 3_600_000)]
    [Trait("Length", "Long")]
    public Task Killed_at_every_point_of_a_launch() => CrashRun.EverywhereAsync(Launch(), TestContext.Current.CancellationToken);

    [Fact(Timeout = 3_600_000)]
    [Trait("Length", "Long")]
    public Task Killed_at_every_point_of_an_approval_of_a_launch() => CrashRun.EverywhereAsync(
        ApprovedLaunch() with { Ports = ["ApprovalStore.", "AuditTrail.", "CampaignStore.Add", "DraftStore.", "Inbox.", "network.CreateCampaign"] }, TestContext.Current.CancellationToken);

    /// <summary>Each is one upload and one ad.</summary>
    internal const int Pictures = 3;

    private static CrashWay Launch() => new("you", "launch", IsLaunchedAsync, IsOneAsync)
    {
        Arguments = ["--empty"],
        EndStateAsync = StateAsync,
        PrepareAsync = (bot, patience) => ReviewAsync(bot, "you", 50, patience),
    };

    private static CrashWay ApprovedLaunch() => new(
        "max", "approve a1", IsLaunchedAsync,
        async (life, patience) =>
        {
            await IsOneAsync(life, patience);
            (await life.CountAsync("SELECT COUNT(*) FROM Approvals WHERE State = 'Approved' AND CarriedOut", patience)).ShouldBe(1, life.Point);
        })
    {
        Arguments = ["--empty"],
        EndStateAsync = StateAsync,
        PrepareAsync = async (bot, patience) =>
        {
            await ReviewAsync(bot, "ana", 2000, patience);
            using var ana = await ChatClient.OpenAsync(bot.Address, "ana", patience);
            await ana.SayAsync("launch", patience);
            await ana.SeesAsync("(a1)", patience);
        },
    };

    /// <param name="headline">Said of its pictures, for example "headline: Play now".</param>
    internal static async Task ReviewAsync(CrashingBot bot, string person, int daily, CancellationToken patience, string? headline = null)
    {
        using var client = await ToCreativesAsync(bot, person, daily, patience);
        for (byte shade = 1; shade <= Pictures; shade++)
        {
            await client.UploadAsync(Picture(shade), $"{shade}.png", "image/png", patience);
            await client.SeesAsync($"{shade}.png", patience);
        }

        await client.SeesAsync("Step 7 of 7", patience);
        if (headline is not null)
        {
            await client.SayAsync(headline, patience);
            await client.SeesAsync("Headline of", patience);
        }

        await client.SayAsync("review", patience);
        await client.SeesAsync("3 images", patience);
    }

    internal static async Task<ChatClient> ToCreativesAsync(CrashingBot bot, string person, int daily, CancellationToken patience)
    {
        var client = await ChatClient.OpenAsync(bot.Address, person, patience);
        await client.SayAsync(
            $"launch app installs for https://apps.apple.com/app/id1234567890 on facebook in the US and canada, 18-44, ${daily} a day, max ${daily * 3 / 2}, cost cap $12, max bid $15, balanced, start now",
            patience);
        await client.SeesAsync("Step 2 of 7", patience);
        return client;
    }

    internal static async Task<bool> IsLaunchedAsync(CrashingBot bot, CancellationToken patience) =>
        await bot.CountAsync("SELECT COUNT(*) FROM Campaigns WHERE Status IN ('Active', 'InReview')", patience) == 1
        && await bot.CountAsync("SELECT COUNT(*) FROM Approvals WHERE State = 'Approved' AND NOT CarriedOut", patience) == 0;

    private static async Task IsOneAsync(CrashLife life, CancellationToken patience)
    {
        var there = life.Bot.AtTheNetworks();
        there.Count(change => change.Created is not null).ShouldBe(1, life.Point);
        there.Count(IsAd).ShouldBe(Pictures, life.Point);
        there.Count(IsUpload).ShouldBe(Pictures, life.Point);
        life.Bot.Running().Count.ShouldBe(1, life.Point);
        (await life.CountAsync("SELECT COUNT(*) FROM Campaigns", patience)).ShouldBe(1, life.Point);
    }

    internal static bool IsAd(Change change) => change.Happened is MarketEvent.AdAdded;

    /// <summary>It concerns no campaign yet.</summary>
    internal static bool IsUpload(Change change) => change is { Target: null, Created: null };

    /// <summary>What stands at the networks and what is known of it here, without numbers and times that each life draws anew.</summary>
    internal static async Task<string> StateAsync(CrashLife life, CancellationToken patience)
    {
        var there = life.Bot.AtTheNetworks();
        var ads = there.Select(change => change.Happened).OfType<MarketEvent.AdAdded>().Select(ad => $"{ad.Name} {ad.WhyRejected}").Order(StringComparer.Ordinal);
        var made = there.Select(change => change.Created).OfType<CreatedCampaign>().Select(created => $"{created.Order.DailyBudget} {created.Bid} {created.Order.NativeObjective}");
        var kept = await life.Bot.TextAsync(
            "SELECT group_concat(json_array_length(Body, '$.Network.Ads') || ' ads, ' || (json_extract(Body, '$.Network.AdSet') IS NOT NULL) || ' set, ' || json_extract(Body, '$.DailyBudget') || ', ' || json_extract(Body, '$.Bid'), '; ') FROM Campaigns",
            patience);
        return $"made {string.Join("; ", made)}, {there.Count(IsUpload)} uploads, ads {string.Join("; ", ads)}, {there.Count(change => change is { Target: not null, Happened: null })} sets, "
            + $"{there.Count(change => change.Happened is MarketEvent.Activated)} activated, {life.Bot.Running().Count} running; kept: {kept}";
    }

    internal static byte[] Picture(byte shade)
    {
        using var picture = new MagickImage(new MagickColor((byte)(shade * 60), (byte)(shade * 20), 90), 1080, 1080);
        return picture.ToByteArray(MagickFormat.Png);
    }
}
