using ImageMagick;

namespace ChatOpsCampaigns.Bot.Tests.Crashing;

/// <summary>A launch of three pictures, killed at points of its way: exactly one campaign at the network, known here, and nobody asked twice.</summary>
public sealed class LaunchCrashTests
{
    private const string Sentence =
        "launch app installs for https://apps.apple.com/app/id1234567890 on facebook in the US and canada, 18-44, $50 a day, max $75, cost cap $12, max bid $15, balanced, start now";

    /// <summary>Where a duplicate and a launch that nobody knows of would come from; <c>scripts/test.sh --long</c> has all points.</summary>
    private static readonly string[] Dangerous = ["network.CreateCampaign.after#1", "network.Activate.after#1"];

    [Proves(62)]
    [Fact(Timeout = 240_000)]
    public Task A_launch_that_is_killed_is_one_campaign_after_the_next_start() => KilledAsync(points => [.. points.Where(Dangerous.Contains)], TestContext.Current.CancellationToken);

    [Fact(Timeout = 3_600_000)]
    [Trait("Length", "Long")]
    public Task Killed_at_every_point_of_a_launch() => KilledAsync(points => points, TestContext.Current.CancellationToken);

    private static async Task KilledAsync(Func<IReadOnlyList<string>, IReadOnlyList<string>> choose, CancellationToken patience)
    {
        IReadOnlyList<string> points;
        await using (var undisturbed = new CrashingBot("--empty"))
        {
            using var client = await ReviewedAsync(undisturbed, patience);
            points = await undisturbed.RecordAsync(async () =>
            {
                await client.SayAsync("launch", patience);
                await LaunchedAsync(undisturbed, patience);
            });
        }

        var chosen = choose(points);
        chosen.Count.ShouldBeGreaterThanOrEqualTo(Dangerous.Length, string.Join('\n', points));
        var unreached = new List<string>();
        foreach (var point in chosen)
        {
            await using var bot = new CrashingBot("--empty");
            var isAcknowledged = false;
            using (var client = await ReviewedAsync(bot, patience))
            {
                var died = await bot.DiesAtAsync(
                    point,
                    async () =>
                    {
                        await client.SayAsync("launch", patience);
                        isAcknowledged = true;
                    },
                    patience);
                if (!died)
                    unreached.Add(point);
            }

            using var again = await ChatClient.OpenAsync(bot.Address, "you", patience);
            // Who got no answer sends again, and the message may have arrived all the same.
            if (!isAcknowledged)
                await again.SayAsync("launch", patience);

            await LaunchedAsync(bot, patience);
            bot.AtTheNetworks().Count(change => change.Created is not null).ShouldBe(1, point);
            bot.Running().Count.ShouldBe(1, point);
            (await bot.CountAsync("SELECT COUNT(*) FROM Campaigns", patience)).ShouldBe(1, point);
            await IntactAsync(again, patience);
        }

        // Workers beside the launch pass points of the same name in an order of their own.
        unreached.Count.ShouldBeLessThanOrEqualTo(chosen.Count / 10, string.Join(", ", unreached));
    }

    private static async Task<ChatClient> ReviewedAsync(CrashingBot bot, CancellationToken patience)
    {
        await bot.StartAsync(patience);
        var client = await ChatClient.OpenAsync(bot.Address, "you", patience);
        await client.SayAsync(Sentence, patience);
        await SeesAsync(client, "Step 2 of 7", patience);
        for (byte shade = 1; shade <= 3; shade++)
        {
            await client.UploadAsync(Picture(shade), $"{shade}.png", "image/png", patience);
            await SeesAsync(client, $"{shade}.png", patience);
        }

        await SeesAsync(client, "Step 7 of 7", patience);
        await client.SayAsync("review", patience);
        await SeesAsync(client, "3 images", patience);
        return client;
    }

    private static Task LaunchedAsync(CrashingBot bot, CancellationToken patience) => bot.UntilAsync(
        async () => await bot.CountAsync("SELECT COUNT(*) FROM Campaigns WHERE Status IN ('Active', 'InReview')", patience) == 1
            && await bot.CountAsync("SELECT COUNT(*) FROM Turns WHERE Done = 0", patience) == 0,
        "launched", patience);

    private static async Task IntactAsync(ChatClient client, CancellationToken patience)
    {
        await client.SayAsync("audit verify", patience);
        await SeesAsync(client, "Intact", patience);
    }

    private static Task SeesAsync(ChatClient client, string text, CancellationToken patience) => client.WaitForAsync(
        activity => (string?)activity["from"]?["role"] == "bot" && activity.ToJsonString().Contains(text, StringComparison.Ordinal), patience);

    private static byte[] Picture(byte shade)
    {
        using var picture = new MagickImage(new MagickColor((byte)(shade * 60), (byte)(shade * 20), 90), 1080, 1080);
        return picture.ToByteArray(MagickFormat.Png);
    }
}
