using System.Diagnostics;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;
using Microsoft.Data.Sqlite;

namespace ChatOpsCampaigns.Bot.Tests.Crashing;

/// <summary>
/// Somebody else holds the database (a backup, a person with a tool) while everything is stopped, and the program is killed while it notes the
/// stop beside the database: after the next start everything stands still, and each stop is on record once.
/// </summary>
public sealed class HeldDatabaseCrashTests
{
    private const string NotYetStanding = "SELECT COUNT(*) FROM Campaigns WHERE Status IN ('Active', 'InReview', 'Scheduled')";

    [Theory(Timeout = 600_000)]
    [InlineData("StopJournal.Note.after#1")]
    [InlineData("StopJournal.Clear.after#1")]
    public Task A_stop_that_was_noted_beside_a_held_database_is_on_record_once_when_it_was_killed(string point) => KilledAsync(point, TestContext.Current.CancellationToken);

    [Theory(Timeout = 600_000)]
    [InlineData("StopJournal.Note.before#1")]
    [InlineData("StopJournal.Note.after#2")]
    [InlineData("StopJournal.Note.before#4")]
    [InlineData("StopJournal.Note.after#5")]
    [InlineData("StopJournal.Clear.before#1")]
    [InlineData("StopJournal.Clear.after#2")]
    [Trait("Length", "Long")]
    public Task Killed_at_more_points_of_noting_a_stop_beside_the_database(string point) => KilledAsync(point, TestContext.Current.CancellationToken);

    private static async Task KilledAsync(string point, CancellationToken patience)
    {
        await using var bot = new CrashingBot("--Safety:SweepEvery", "00:00:05");
        await bot.StartAsync(patience);
        var running = bot.Running().Count;
        running.ShouldBeGreaterThan(0);
        var before = bot.AtTheNetworks().Count;
        var took = TimeSpan.Zero;

        var died = await bot.DiesAtAsync(
            [point],
            async () =>
            {
                using var client = await ChatClient.OpenAsync(bot.Address, "you", patience);
                await using (await HoldAsync(bot, patience))
                {
                    var began = Stopwatch.StartNew();
                    using (await client.PostAsync(ChatClient.Message("stop everything"), patience))
                        await bot.UntilAsync(() => Task.FromResult(bot.HasEnded || bot.Running().Count == 0), "everything stands still while the database is held", patience);

                    took = began.Elapsed;
                    if (point.Contains("Note", StringComparison.Ordinal))
                        await bot.UntilAsync(() => Task.FromResult(bot.HasEnded), $"it ends at {point}", patience);
                }
            },
            () => Task.FromResult(false),
            patience);

        died.ShouldBe([point]);
        TestContext.Current.SendDiagnosticMessage("Killed at {0}: {1} campaigns stood still after {2:0.0} s.", point, running, took.TotalSeconds);

        // Whoever got no answer says it again.
        using var again = await ChatClient.OpenAsync(bot.Address, "you", patience);
        await again.SayAsync("stop everything", patience);
        await bot.UntilAsync(async () => await bot.CountAsync(NotYetStanding, patience) == 0 && !File.Exists(Path.Combine(bot.Folder, "stops.jsonl")), "what was noted is on record", patience);
        bot.Running().ShouldBeEmpty();
        (await bot.CountAsync("SELECT COUNT(*) FROM Incidents WHERE IsOpen AND Cause = 'stop-everything'", patience)).ShouldBe(running);
        // What our record does not show as stopped yet is paused once more by whoever says it again: nobody can tell from here whether it runs.
        bot.AtTheNetworks().Skip(before).Where(change => change.Happened is MarketEvent.Paused).CountBy(change => change.Target!.Value).ShouldAllBe(campaign => campaign.Value <= 2);
        await again.SayAsync("audit verify", patience);
        await again.SeesAsync("Intact", patience);
    }

    /// <summary>Takes the writers' lock and keeps it until it is disposed.</summary>
    private static async Task<SqliteConnection> HoldAsync(CrashingBot bot, CancellationToken patience)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(bot.Folder, "campaigns.db")};Pooling=False;Default Timeout=60");
        await connection.OpenAsync(patience);
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync(patience);
        return connection;
    }
}
