using ChatOpsCampaigns.Adapters;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Safety.Auditing;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using Microsoft.Data.Sqlite;

namespace ChatOpsCampaigns.Bot.Tests.Operating;

/// <summary>An audit trail that is gone, cut short, changed or of another key is noticed without being asked for.</summary>
public sealed class LostTrailTests
{
    private const string FirstKey = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    private const string OtherKey = "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("DELETE FROM Audit", "a checkpoint has seen")]
    [InlineData("DELETE FROM Audit WHERE Number = (SELECT MAX(Number) FROM Audit)", "a checkpoint has seen")]
    [InlineData("UPDATE Audit SET Body = replace(Body, 'stopped', 'went on') WHERE Number = (SELECT MAX(Number) FROM Audit)", "is not what was written with this key")]
    [InlineData("UPDATE Audit SET Hash = CASE substr(Hash, 1, 1) WHEN 'f' THEN '0' ELSE 'f' END || substr(Hash, 2) WHERE Number = (SELECT MAX(Number) FROM Audit)", "does not fit the checkpoint")]
    [InlineData("UPDATE Audit SET Removed = 'x' WHERE Number = (SELECT MAX(Number) FROM Audit)", "is not what was written with this key")]
    public async Task A_trail_that_does_not_fit_its_checkpoints_is_found_by_the_look_at_itself(string sql, string says)
    {
        await using var bot = await WithAStopAsync();
        (await LookAsync(bot)).ShouldBeEmpty();

        await DoAsync(bot.Get<DataFolder>().Path, sql);

        (await LookAsync(bot)).ShouldContain(finding => finding.Contains(says, StringComparison.Ordinal) && finding.Contains("audit verify", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_checkpoint_that_could_not_be_written_is_found_until_one_is_written()
    {
        await using var bot = await WithAStopAsync();
        var file = bot.Get<DataFolder>().Checkpoints;
        File.Move(file, $"{file}.away");
        Directory.CreateDirectory(file);

        await StopAsync(bot);
        (await LookAsync(bot)).ShouldHaveSingleItem().ShouldContain("checkpoints.jsonl cannot be written");

        Directory.Delete(file);
        File.Move($"{file}.away", file);
        (await LookAsync(bot)).ShouldHaveSingleItem().ShouldContain("checkpoints.jsonl could not be written");

        await StopAsync(bot);
        (await LookAsync(bot)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_start_over_an_emptied_trail_says_so_and_so_does_doctor()
    {
        await using var bot = await BotProcess.StartAsync(Patience, "--empty", "--Clock:Start", "2026-03-02T12:00:00Z", "--Clock:Speed", "2", "--Agent:Autonomy", "Act");
        await bot.StopAsync(Patience);
        await DoAsync(bot.Folder, "DELETE FROM Audit");

        var (code, output) = await BotProcess.RunAsync(Patience, "doctor", "--Data:Folder", bot.Folder);
        code.ShouldBe(1, output);
        output.ShouldContain("FAIL  audit trail: ", Case.Insensitive);

        await bot.StartAgainAsync(Patience);
        bot.Output.ShouldContain("The audit trail");
        bot.Output.ShouldContain("a checkpoint has seen");
    }

    [Fact]
    public async Task A_start_with_another_key_says_so_and_so_does_doctor()
    {
        await using var bot = await BotProcess.StartAsync(Patience, "--empty", "--Clock:Start", "2026-03-02T12:00:00Z", "--Clock:Speed", "2", "--Agent:Autonomy", "Act", "--Audit:Key", FirstKey);
        await bot.StopAsync(Patience);

        (await BotProcess.RunAsync(Patience, "doctor", "--Data:Folder", bot.Folder, "--Audit:Key", FirstKey)).Output.ShouldContain("ok    audit trail: ");
        var (code, output) = await BotProcess.RunAsync(Patience, "doctor", "--Data:Folder", bot.Folder, "--Audit:Key", OtherKey);
        code.ShouldBe(1, output);
        output.ShouldContain("is not what was written with this key");

        await bot.StartAgainAsync(Patience, "--Audit:Key", OtherKey);
        bot.Output.ShouldContain("is not what was written with this key");
    }

    /// <summary>After a stop there is always a checkpoint.</summary>
    private static async Task<InProcessBot> WithAStopAsync()
    {
        var bot = InProcessBot.Start();
        await StopAsync(bot);
        return bot;
    }

    private static Task StopAsync(InProcessBot bot) => bot.Get<IAuditTrail>().AppendAsync(
        new AuditEntry(WorkspaceId.Local, null, null, FakePeople.Ana.Id, "stop", "c1 was stopped", []), Patience);

    private static async Task<IReadOnlyList<string>> LookAsync(InProcessBot bot) =>
        [.. (await bot.Get<SelfAudit>().LookAsync(Patience)).Findings.Where(finding => finding.Check == "audit_trail").Select(finding => finding.Says)];

    private static async Task DoAsync(string folder, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "campaigns.db")};Pooling=False");
        await connection.OpenAsync(Patience);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        (await command.ExecuteNonQueryAsync(Patience)).ShouldBeGreaterThan(0);
    }
}
