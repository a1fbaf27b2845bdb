using ChatOpsCampaigns.Adapters.Media.Pictures;
using ImageMagick;

namespace ChatOpsCampaigns.Bot.Measuring.Chat;

/// <summary><c>bench files</c>: three pictures dropped in the wizard; from the last byte to the third file's card.</summary>
internal static class FilesBench
{
    private const int Files = 3;
    private const uint Side = 2000;

    public static async Task<BenchResult> RunAsync(BenchPlan plan, CancellationToken cancellationToken)
    {
        MagickGuard.Arm();
        await using var host = await BenchHost.OpenAsync(plan, cancellationToken);
        var campaigns = await BenchCampaigns.AddAsync(host, plan.Campaigns, cancellationToken);
        await host.StartAsync(cancellationToken);
        using var chat = await BenchChat.OpenAsync(host, "ana", cancellationToken);

        await DropAsync(chat, 0, cancellationToken);
        var before = host.Line.Requests;
        var drops = new List<Answered>();
        for (var round = 1; round <= plan.Rounds; round++)
            drops.Add(await DropAsync(chat, round, cancellationToken));

        Spread Of(Func<Answered, (long From, long To)> span) =>
            Spread.Of(drops.Select(span).Select(one => host.Machine.GetElapsedTime(one.From, Math.Max(one.From, one.To))));

        return new BenchResult(
            "files", plan.Campaigns, BenchCampaigns.Accounts(campaigns), "last byte → all three acknowledged", Of(drop => (drop.LastByte, drop.Shown)),
            host.Line.Requests - before)
        {
            Parts =
            [
                ("posted", "last byte → upload answered", Of(drop => (drop.LastByte, drop.Posted))),
                ("sent", "first byte → all three acknowledged", Of(drop => (drop.Sent, drop.Shown))),
            ],
            Counts = [("files", "files dropped", drops.Count * Files)],
        };
    }

    private static async Task<Answered> DropAsync(BenchChat chat, int round, CancellationToken cancellationToken)
    {
        await chat.SayAsync("new campaign", cancellationToken);
        await chat.SayAsync("facebook", cancellationToken);
        var dropped = await chat.DropAsync([.. Enumerable.Range(1, Files).Select(file => ($"picture {file}.jpg", Picture(round, file)))], cancellationToken);
        await chat.SayAsync("cancel", cancellationToken);
        return dropped;
    }

    /// <summary>A picture of some megabytes that no other one equals.</summary>
    private static byte[] Picture(int round, int file)
    {
        using var picture = new MagickImage(MagickColors.SteelBlue, Side, Side) { Comment = $"{round}/{file}", Quality = 92 };
        picture.AddNoise(NoiseType.Gaussian);
        return picture.ToByteArray(MagickFormat.Jpeg);
    }
}
