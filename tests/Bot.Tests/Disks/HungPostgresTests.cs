using System.Diagnostics;
using System.Net;
using ChatOpsCampaigns.Bot.Tests.Crashing;
using ChatOpsCampaigns.Kit;
using Npgsql;

namespace ChatOpsCampaigns.Bot.Tests.Disks;

/// <summary>PostgreSQL takes connections and answers nothing: a stop goes out all the same, and is on record when the server answers again.</summary>
public sealed class HungPostgresTests
{
    [Fact(Timeout = 600_000)]
    public async Task Stop_everything_is_carried_out_while_the_server_hangs_and_is_on_record_when_it_answers_again()
    {
        var patience = TestContext.Current.CancellationToken;
        var database = new NpgsqlConnectionStringBuilder(await PostgresServer.Shared.NewDatabaseAsync(patience));
        await using var line = new FrozenLine(new IPEndPoint(IPAddress.Loopback, database.Port));
        var behind = new NpgsqlConnectionStringBuilder(database.ToString()) { Port = line.Port };
        await using var bot = new CrashingBot("--Database:Provider", "Postgres", "--Database:ConnectionString", behind.ToString(), "--Safety:SweepEvery", "00:00:05");
        await bot.StartAsync(patience);
        var running = bot.Running().Count;
        running.ShouldBeGreaterThan(0);
        using var client = await ChatClient.OpenAsync(bot.Address, "you", patience);

        line.Freeze();
        var began = Stopwatch.StartNew();
        using (await client.PostAsync(ChatClient.Message("stop everything"), patience))
            await bot.UntilAsync(() => Task.FromResult(bot.Running().Count == 0), "everything stands still while the server hangs", patience);

        TestContext.Current.SendDiagnosticMessage("{0} campaigns stood still {1:0.0} s after it was said to a program whose PostgreSQL hangs.", running, began.Elapsed.TotalSeconds);
        await bot.UntilAsync(() => Task.FromResult(File.Exists(Path.Combine(bot.Folder, "stops.jsonl"))), "the stop is noted beside the database", patience);

        line.Thaw();

        await bot.UntilAsync(
            async () => !File.Exists(Path.Combine(bot.Folder, "stops.jsonl")) && await CountAsync("SELECT COUNT(*) FROM \"Campaigns\" WHERE \"Status\" IN ('Active', 'InReview', 'Scheduled')") == 0,
            "what was noted beside the database is written to it", patience);
        (await CountAsync("SELECT COUNT(*) FROM \"Incidents\" WHERE \"IsOpen\" AND \"Cause\" = 'stop-everything'")).ShouldBe(running);
        using var again = await ChatClient.OpenAsync(bot.Address, "you", patience);
        await again.SayAsync("audit verify", patience);
        await again.SeesAsync("Intact", patience);

        async Task<long> CountAsync(string sql)
        {
            await using var connection = new NpgsqlConnection(database.ToString());
            await connection.OpenAsync(patience);
#pragma warning disable CA2100 // Written above.
            await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
            return (long)(await command.ExecuteScalarAsync(patience))!;
        }
    }
}
