using System.Text.Json;
using ChatOpsCampaigns.Adapters.Persistence;
using ChatOpsCampaigns.Automation.Feed.Reports;
using ChatOpsCampaigns.Bot.Auditing;
using ChatOpsCampaigns.Bot.Start;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOpsCampaigns.Bot.Tests.Start;

/// <summary>The verb as a process of its own, over what a bot left behind.</summary>
public sealed class AuditExportTests
{
    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+41", "\"'+41\"")]
    [InlineData("-2", "\"'-2\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("  =1", "\"'  =1\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("\r\n=1", "\"'\r\n=1\"")]
    [InlineData("＝1", "\"'＝1\"")]
    [InlineData("say \"hi\", a=1", "\"say \"\"hi\"\", a=1\"")]
    [InlineData(null, "\"\"")]
    public void No_cell_is_taken_for_a_formula_and_quotes_stay_quotes(string? cell, string written) => CsvCell.Quoted(cell).ShouldBe(written);

    [Fact]
    public async Task Entries_come_out_as_json_lines_or_as_a_table_of_the_days_that_were_asked_for()
    {
        await using var bot = await BotProcess.StartAsync(Patience, "--empty", "--Clock:Start", "2026-03-02T12:00:00Z", "--Clock:Speed", "2", "--Agent:Autonomy", "Act");
        await bot.StopAsync(Patience);

        var (code, lines) = await RunAsync(bot, "audit", "export");
        code.ShouldBe(0, lines);
        var entries = lines.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        entries.Count.ShouldBeGreaterThan(0);
        entries.Select(entry => entry.GetProperty("number").GetInt64()).ShouldBe(Enumerable.Range(1, entries.Count).Select(number => (long)number));
        entries[0].GetProperty("at").GetString()!.ShouldStartWith("2026-03-02T12:");
        entries[0].GetProperty("facts").ValueKind.ShouldBe(JsonValueKind.Object);
        lines.ShouldContain($"{entries.Count} {(entries.Count == 1 ? "entry" : "entries")}. Whether they are as they were written");

        var file = Path.Combine(bot.Folder, "out.csv");
        (await RunAsync(bot, "audit", "export", "--from", "2026-03-02", "--to", "2026-03-02", "--csv", file)).ExitCode.ShouldBe(0);
        var table = await File.ReadAllLinesAsync(file, Patience);
        table[0].ShouldBe("number,at,workspace,account,campaign,by,kind,says,facts,previousHash,hash");
        table.Length.ShouldBe(entries.Count + 1);
        table[1].ShouldStartWith("\"1\",\"2026-03-02T12:");

        (await HereAsync(bot, ("csv", file))).ShouldContain("Name a file that is not there yet");
        (await HereAsync(bot, ("to", "2026-03-01"))).ShouldContain("0 entries.");
        (await HereAsync(bot, ("from", "yesterday"))).ShouldContain("a day such as 2026-03-02");
        var (turned, says) = await RunAsync(bot, "audit", "export", "--from", "2026-03-03", "--to", "2026-03-01");
        (turned, says.Contains("turn them round", StringComparison.Ordinal)).ShouldBe((1, true), says);
    }

    /// <summary>What it says of these settings without a process of its own: its sentence, or why it refuses.</summary>
    private static async Task<string> HereAsync(BotProcess bot, params (string Name, string Value)[] settings)
    {
        var options = SqliteCampaignsDb.Options(Path.Combine(bot.Folder, "campaigns.db"));
        await using var services = new ServiceCollection().AddSingleton(Database.Of(options, new WriterTurns())).BuildServiceProvider();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value)).Build();
        using var besides = new StringWriter();
        try
        {
            await AuditExport.WriteAsync(services, configuration, TextWriter.Null, besides, Patience);
            return besides.ToString();
        }
        catch (InvalidOperationException refusal)
        {
            return refusal.Message;
        }
    }

    private static Task<(int ExitCode, string Output)> RunAsync(BotProcess bot, params string[] arguments) =>
        BotProcess.RunAsync(Patience, [.. arguments, "--Data:Folder", bot.Folder]);
}
