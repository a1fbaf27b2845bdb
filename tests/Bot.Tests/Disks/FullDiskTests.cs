using System.Net;
using ChatOpsCampaigns.Adapters;
using ChatOpsCampaigns.Adapters.Persistence;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Bot.Tests.Crashing;
using ChatOpsCampaigns.Kit;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Bot.Tests.Disks;

/// <summary>The database's disk is full, while the program runs and before it starts: what to do is said, and no stop is lost.</summary>
public sealed class FullDiskTests
{
    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Fact(Timeout = 600_000)]
    public async Task Stop_everything_is_carried_out_while_nothing_can_be_written_and_is_on_record_when_there_is_room_again()
    {
        var patience = TestContext.Current.CancellationToken;
        using var disk = SmallDisk.Mount(8);
        // What could not be written is tried again with every sweep.
        await using var bot = OnDisk(disk, "--Safety:SweepEvery", "00:00:05");
        await bot.StartAsync(patience);
        bot.Running().ShouldNotBeEmpty();
        using var client = await ChatClient.OpenAsync(bot.Address, "you", patience);
        using var socket = await client.ListenAsync(patience);
        await FillAsync(disk);

        // Nothing of what is asked for is done or lost silently.
        using (var refused = await RefusedAsync(client))
            (await refused.Content.ReadAsStringAsync(patience)).ShouldContain("its disk is full. Make room on it.");
        await socket.UntilAsync(said => Says(said, "I could not write down what you sent, so nothing was done about it."), patience);

        await client.SayAsync("stop everything", patience);

        (await socket.UntilAsync(said => Says(said, "Everything stopped:"), patience))
            .ShouldNotContain(said => Says(said, "went wrong"), "it was carried out");
        bot.Running().ShouldBeEmpty();
        File.Exists(Path.Combine(bot.Folder, "stops.jsonl")).ShouldBeTrue();

        disk.Empty();

        await bot.UntilAsync(() => Task.FromResult(!File.Exists(Path.Combine(bot.Folder, "stops.jsonl"))), "what was noted beside the database is written to it", patience);
        await bot.UntilAsync(
            async () => await bot.CountAsync("SELECT COUNT(*) FROM Campaigns WHERE Status IN ('Active', 'InReview', 'Scheduled')", patience) == 0, "our record shows them stopped", patience);
        (await bot.CountAsync("SELECT COUNT(*) FROM Settings WHERE Name = 'global-switch' AND Body LIKE '%\"Frozen\":true%'", patience)).ShouldBe(1);
        await bot.StopAsync(patience);
        var (exitCode, output) = await BotProcess.RunAsync(patience, "audit", "verify", "--Data:Folder", bot.Folder);
        exitCode.ShouldBe(0, output);
    }

    [Fact]
    public async Task What_is_noted_beside_the_database_on_a_full_disk_is_there_after_the_next_start()
    {
        using var disk = SmallDisk.Mount(2);
        var folder = new DataFolder(disk.Folder);
        var stopped = new SwitchState(true, PersonId.Monitor, A.Noon, "stop everything", Stops: true);
        var journal = new FileStopJournal(folder, NullLogger<FileStopJournal>.Instance);
        (await journal.FindFreezeAsync(Patience)).ShouldBeNull();
        disk.Fill();

        await journal.NoteAsync(stopped, Patience);

        (await new FileStopJournal(folder, NullLogger<FileStopJournal>.Instance).FindFreezeAsync(Patience)).ShouldBe(stopped);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_start_without_room_says_what_to_do()
    {
        var patience = TestContext.Current.CancellationToken;
        using var disk = SmallDisk.Mount(1);
        await using var bot = OnDisk(disk);
        disk.Fill();

        await SaysAndEndsAsync(bot, "campaigns.db cannot be", patience);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_start_on_a_read_only_disk_says_what_to_do()
    {
        var patience = TestContext.Current.CancellationToken;
        using var disk = SmallDisk.Mount(8);
        await using var bot = OnDisk(disk);
        await bot.StartAsync(patience);
        await bot.StopAsync(patience);
        disk.MakeReadOnly();

        await SaysAndEndsAsync(bot, "campaigns.db cannot be written. Let the user who runs this program write the file and its folder", patience);
    }

    internal static async Task SaysAndEndsAsync(CrashingBot bot, string says, CancellationToken patience)
    {
        var refusal = await Should.ThrowAsync<InvalidOperationException>(() => bot.StartAsync(patience));

        refusal.Message.ShouldStartWith("The bot ended with 1 ");
        bot.Output.ShouldContain(says);
        bot.Output.ShouldNotContain("   at ");
    }

    /// <summary>The database on the small disk, everything else beside it: the simulated networks keep their own file and stay as they are.</summary>
    private static CrashingBot OnDisk(SmallDisk disk, params string[] arguments)
    {
        var bot = new CrashingBot(arguments);
        File.CreateSymbolicLink(Path.Combine(bot.Folder, "campaigns.db"), Path.Combine(disk.Folder, "campaigns.db"));
        return bot;
    }

    /// <summary>Room that the write-ahead log had already is given back first.</summary>
    private static async Task FillAsync(SmallDisk disk)
    {
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(disk.Folder, "campaigns.db")};Pooling=False"))
        {
            await connection.OpenAsync(Patience);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            await command.ExecuteNonQueryAsync(Patience);
        }

        disk.Fill();
    }

    /// <summary>The last messages for which there is still room are kept.</summary>
    private static async Task<HttpResponseMessage> RefusedAsync(ChatClient client)
    {
        while (true)
        {
            var answer = await client.PostAsync(ChatClient.Message("status"), Patience);
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
                return answer;

            answer.EnsureSuccessStatusCode();
            answer.Dispose();
        }
    }

    private static bool Says(System.Text.Json.Nodes.JsonObject said, string words) => ((string?)said["text"])?.Contains(words, StringComparison.Ordinal) == true;
}
