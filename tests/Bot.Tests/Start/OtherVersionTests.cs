using ChatOpsCampaigns.Kit;
using Microsoft.Data.Sqlite;

namespace ChatOpsCampaigns.Bot.Tests.Start;

/// <summary>The program on what another version of it left behind.</summary>
public sealed class OtherVersionTests
{
    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_database_that_a_newer_version_brought_up_to_date_is_refused_at_the_start()
    {
        await using var bot = await BotProcess.StartAsync(Patience, "--empty");
        await bot.StopAsync(Patience);
        await DoAsync(bot, "INSERT INTO __EFMigrationsHistory VALUES ('20990101000000_Later', '99')");

        var (exitCode, output) = await BotProcess.RunAsync(Patience, "--Data:Folder", bot.Folder, "--Urls", "http://127.0.0.1:0");

        exitCode.ShouldBe(1);
        output.ShouldContain("campaigns.db was brought up to date by a newer version (20990101000000_Later). Run that version, or restore the copy from before the upgrade.");
        output.ShouldNotContain("The chat is at");
    }

    [Fact]
    public async Task The_trail_of_an_older_version_is_verified_and_its_database_left_as_it_is()
    {
        await using var bot = await BotProcess.StartAsync(Patience, "--empty");
        await bot.StopAsync(Patience);
        await DoAsync(bot, "DELETE FROM __EFMigrationsHistory WHERE MigrationId = (SELECT MAX(MigrationId) FROM __EFMigrationsHistory)");
        var before = await CountAsync(bot);

        var (exitCode, output) = await BotProcess.RunAsync(Patience, "audit", "verify", "--Data:Folder", bot.Folder);

        exitCode.ShouldBe(0, output);
        output.ShouldContain("Intact: ");
        (await CountAsync(bot)).ShouldBe(before);
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("export")]
    public async Task Where_there_is_no_trail_none_is_made(string verb)
    {
        var above = Directory.CreateTempSubdirectory("campaigns-typo-").FullName;
        var typo = Path.Combine(above, "dta");

        var (exitCode, output) = await BotProcess.RunAsync(Patience, "audit", verb, "--Data:Folder", typo);
        var (inEmpty, _) = await BotProcess.RunAsync(Patience, "audit", verb, "--Data:Folder", above);

        (exitCode, inEmpty).ShouldBe((1, 1), output);
        output.ShouldContain($"There is no audit trail in {typo}");
        output.ShouldContain("--Data:Folder");
        Directory.EnumerateFileSystemEntries(above).ShouldBeEmpty();
        Directory.Delete(above, recursive: true);
    }

    [Fact]
    public async Task A_key_that_is_gone_beside_a_trail_is_broken_and_verify_makes_no_other()
    {
        await using var bot = await BotProcess.StartAsync(Patience, "--empty", "--Clock:Start", "2026-03-02T12:00:00Z", "--Clock:Speed", "2", "--Agent:Autonomy", "Act");
        await bot.StopAsync(Patience);
        var key = Path.Combine(bot.Folder, "keys", "audit.key");
        File.Delete(key);

        var beside = await BotProcess.RunAsync(Patience, "doctor", "--Data:Folder", bot.Folder);
        beside.ExitCode.ShouldBe(1, beside.Output);
        beside.Output.ShouldContain("keys: ");
        beside.Output.ShouldContain("audit.key is gone");

        File.Delete(Path.Combine(bot.Folder, "checkpoints.jsonl"));
        var alone = await BotProcess.RunAsync(Patience, "doctor", "--Data:Folder", bot.Folder);
        alone.ExitCode.ShouldBe(1, alone.Output);
        alone.Output.ShouldContain("audit.key is gone");

        var verified = await BotProcess.RunAsync(Patience, "audit", "verify", "--Data:Folder", bot.Folder);
        verified.ExitCode.ShouldBe(1, verified.Output);
        verified.Output.ShouldContain("audit.key is gone");
        File.Exists(key).ShouldBeFalse();
    }

    private static async Task<long> CountAsync(BotProcess bot)
    {
        await using var connection = await OpenAsync(bot);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM __EFMigrationsHistory";
        return (long)(await command.ExecuteScalarAsync(Patience))!;
    }

    private static async Task DoAsync(BotProcess bot, string sql)
    {
        await using var connection = await OpenAsync(bot);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Patience);
    }

    private static async Task<SqliteConnection> OpenAsync(BotProcess bot)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(bot.Folder, "campaigns.db")};Pooling=False");
        await connection.OpenAsync(Patience);
        return connection;
    }
}
