namespace ChatOpsCampaigns.Bot.Tests.Crashing;

public sealed class MigrationCrashTests
{
    [Fact(Timeout = 120_000)]
    public Task A_first_start_that_is_killed_while_the_database_is_made_is_made_whole_by_the_next() => KilledAsync(points => [points[0], points[points.Count / 2], points[^1]], TestContext.Current.CancellationToken);

    [Fact(Timeout = 1_200_000)]
    [Trait("Length", "Long")]
    public Task Killed_at_every_point_of_making_the_database() => KilledAsync(points => points, TestContext.Current.CancellationToken);

    private static async Task KilledAsync(Func<IReadOnlyList<string>, IEnumerable<string>> choose, CancellationToken patience)
    {
        IReadOnlyList<string> points;
        await using (var first = new CrashingBot("--empty"))
            points = [.. (await first.RecordAsync(() => first.StartAsync(patience))).Where(point => point.StartsWith("migration", StringComparison.Ordinal) || point.StartsWith("commit", StringComparison.Ordinal))];

        points.ShouldNotBeEmpty();
        foreach (var point in choose(points))
        {
            await using var bot = new CrashingBot("--empty");

            (await bot.DiesAtAsync(point, () => bot.StartAsync(patience), () => Task.FromResult(false), patience)).ShouldBeTrue(point);

            using var client = await ChatClient.OpenAsync(bot.Address, "you", patience);
            await client.SayAsync("audit verify", patience);
            await client.WaitForAsync(activity => activity.ToJsonString().Contains("Intact", StringComparison.Ordinal), patience);
        }
    }
}
