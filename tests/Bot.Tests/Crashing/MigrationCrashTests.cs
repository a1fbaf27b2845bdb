using ChatOpsCampaigns.Adapters.Persistence;
using ChatOpsCampaigns.Kit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ChatOpsCampaigns.Bot.Tests.Crashing;

/// <summary>A database that is made, or brought up to date, and the program is killed in the middle: the next start makes it whole, and nothing is lost.</summary>
public sealed class MigrationCrashTests
{
    private const string First = "20261124142238_InitialCreate";

    [Fact(Timeout = 600_000)]
    public Task A_first_start_that_is_killed_while_the_database_is_made_is_made_whole_by_the_next() =>
        KilledAsync(() => Task.FromResult<CrashingBot?>(null), points => [points[0], points[points.Count / 2], points[^1]], TestContext.Current.CancellationToken);

    [Fact(Timeout = 1_200_000)]
    [Trait("Length", "Long")]
    public Task Killed_at_every_point_of_making_the_database() => KilledAsync(() => Task.FromResult<CrashingBot?>(null), points => points, TestContext.Current.CancellationToken);

    [Fact(Timeout = 1_200_000)]
    [Trait("Length", "Long")]
    public async Task Killed_at_every_point_of_making_the_database_on_postgres()
    {
        var patience = TestContext.Current.CancellationToken;
        IReadOnlyList<string> points;
        await using (var first = await OnPostgresAsync())
            points = await PointsAsync(first, patience);

        foreach (var point in points)
        {
            await using var bot = await OnPostgresAsync();

            (await bot.DiesAtAsync([point], () => bot.StartAsync(patience), () => Task.FromResult(false), patience)).ShouldBe([point]);

            await IsIntactAsync(bot, patience);
        }

        async Task<CrashingBot> OnPostgresAsync() =>
            new("--empty", "--Database:Provider", "Postgres", "--Database:ConnectionString", await PostgresServer.Shared.NewDatabaseAsync(patience));
    }

    [Fact(Timeout = 1_200_000)]
    [Trait("Length", "Long")]
    public Task Killed_at_every_point_of_bringing_an_older_database_up_to_date() => KilledAsync(async () => await OlderAsync(), points => points, TestContext.Current.CancellationToken);

    private static async Task KilledAsync(Func<Task<CrashingBot?>> leave, Func<IReadOnlyList<string>, IEnumerable<string>> choose, CancellationToken patience)
    {
        await using var left = await leave();
        var campaigns = left is null ? 0 : await left.CountAsync("SELECT COUNT(*) FROM Campaigns", patience);
        IReadOnlyList<string> points;
        await using (var first = Begun(left))
            points = await PointsAsync(first, patience);

        foreach (var point in choose(points))
        {
            await using var bot = Begun(left);

            (await bot.DiesAtAsync([point], () => bot.StartAsync(patience), () => Task.FromResult(false), patience)).ShouldBe([point]);

            (await bot.CountAsync("SELECT COUNT(*) FROM __EFMigrationsHistory", patience)).ShouldBeGreaterThan(1, point);
            (await bot.CountAsync("SELECT COUNT(*) FROM Campaigns", patience)).ShouldBe(campaigns, point);
            await IsIntactAsync(bot, patience);
        }
    }

    private static async Task<IReadOnlyList<string>> PointsAsync(CrashingBot bot, CancellationToken patience)
    {
        var points = (await bot.RecordAsync(() => bot.StartAsync(patience)))
            .Where(point => point.StartsWith("migration", StringComparison.Ordinal) || point.StartsWith("commit", StringComparison.Ordinal)).ToList();
        points.ShouldContain(point => point.StartsWith("migration", StringComparison.Ordinal));
        return points;
    }

    private static async Task IsIntactAsync(CrashingBot bot, CancellationToken patience)
    {
        using var client = await ChatClient.OpenAsync(bot.Address, "you", patience);
        await client.SayAsync("audit verify", patience);
        await client.SeesAsync("Intact", patience);
    }

    private static CrashingBot Begun(CrashingBot? left) => left is null ? new CrashingBot("--empty") : new CrashingBot(left);

    /// <summary>The demonstration account as the first version kept it.</summary>
    private static async Task<CrashingBot> OlderAsync()
    {
        var bot = new CrashingBot();
        await bot.StartAsync(TestContext.Current.CancellationToken);
        await bot.EndAsync();
        await using (var db = new SqliteCampaignsDb(SqliteCampaignsDb.Options(Path.Combine(bot.Folder, "campaigns.db"))))
            await db.GetService<IMigrator>().MigrateAsync(First, TestContext.Current.CancellationToken);

        SqliteConnection.ClearAllPools();
        return bot;
    }
}
