using System.Net;
using ChatOpsCampaigns.Bot.Tests.Crashing;

namespace ChatOpsCampaigns.Bot.Tests.Disks;

/// <summary>A file of the data folder holds something else than was written: that is said at start, and a stop goes out all the same while it happens.</summary>
public sealed class DamagedFileTests(DamagedFileTests.EndedBot ended) : IClassFixture<DamagedFileTests.EndedBot>
{
    [Theory(Timeout = 600_000)]
    [InlineData("campaigns.db", 0, "campaigns.db is damaged")]
    [InlineData("campaigns.db", 4, "campaigns.db is damaged")]
    [InlineData("networks.db", 0, "networks.db is damaged")]
    public async Task What_is_damaged_at_start_is_named_with_what_to_do(string file, int firstPage, string says)
    {
        var patience = TestContext.Current.CancellationToken;
        await using var bot = new CrashingBot(ended.Bot, "--empty");
        Damage(Path.Combine(bot.Folder, file), firstPage, pages: 16);

        await FullDiskTests.SaysAndEndsAsync(bot, says, patience);
        bot.Output.ShouldContain("Restore a copy of the data folder, or move the file away to begin anew.");
        bot.Output.ShouldContain("look there, and pause what should not run");
    }

    [Theory(Timeout = 600_000)]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_damaged_schedule_is_made_anew_and_the_program_starts(int firstPage)
    {
        var patience = TestContext.Current.CancellationToken;
        await using var bot = new CrashingBot(ended.Bot, "--empty");
        Damage(Path.Combine(bot.Folder, "schedule.db"), firstPage, pages: 16);

        await bot.StartAsync(patience);

        bot.Output.ShouldContain("schedule.db was damaged and is made anew");
        File.Exists(Path.Combine(bot.Folder, "schedule.db.damaged")).ShouldBeTrue();
        using var client = ChatClient.Stranger(bot.Address);
        (await client.Http.GetAsync("/health/live", patience)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact(Timeout = 600_000)]
    public async Task Stop_everything_is_carried_out_on_a_database_that_was_damaged_meanwhile()
    {
        var patience = TestContext.Current.CancellationToken;
        await using var bot = new CrashingBot();
        await bot.StartAsync(patience);
        bot.Running().ShouldNotBeEmpty();
        using var client = await ChatClient.OpenAsync(bot.Address, "you", patience);
        using var socket = await client.ListenAsync(patience);
        await client.SayAsync("whoami", patience);
        await socket.UntilAsync(said => ((string?)said["text"])?.Contains("you", StringComparison.OrdinalIgnoreCase) == true && (string?)said["from"]?["role"] == "bot", patience);
        Damage(Path.Combine(bot.Folder, "campaigns.db"), 0, pages: 1000);
        Damage(Path.Combine(bot.Folder, "campaigns.db-wal"), 0, pages: 1000);

        await client.SayAsync("stop everything", patience);

        await socket.UntilAsync(said => ((string?)said["text"])?.Contains("Everything stopped:", StringComparison.Ordinal) == true, patience);
        bot.Running().ShouldBeEmpty();
        using var answer = await client.Http.GetAsync("/health/ready", patience);
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    /// <summary>One that ended in order, once for all: each test damages a copy of what it left behind.</summary>
    public sealed class EndedBot : IAsyncLifetime
    {
        internal CrashingBot Bot { get; } = new("--empty");

        public async ValueTask InitializeAsync()
        {
            await Bot.StartAsync(TestContext.Current.CancellationToken);
            await Bot.StopAsync(TestContext.Current.CancellationToken);
        }

        public ValueTask DisposeAsync() => Bot.DisposeAsync();
    }

    /// <summary>Whole pages of something else, as far as the file goes.</summary>
    private static void Damage(string file, int firstPage, int pages)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var bytes = new byte[Math.Max(0, Math.Min(pages * 4096L, stream.Length - (firstPage * 4096L)))];
        new Random(1).NextBytes(bytes);
        stream.Position = firstPage * 4096L;
        stream.Write(bytes);
    }
}
