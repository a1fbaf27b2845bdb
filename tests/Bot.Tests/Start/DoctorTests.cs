using System.Text.Json;
using ChatOpsCampaigns.Kit;
using Microsoft.Data.Sqlite;

namespace ChatOpsCampaigns.Bot.Tests.Start;

/// <summary>The verb as a process of its own.</summary>
public sealed class DoctorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("campaigns-doctor-").FullName;

    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_machine_that_has_everything_is_told_so_line_by_line_and_nothing_is_made()
    {
        var (code, output) = await RunAsync("doctor");

        code.ShouldBe(0, output);
        output.ShouldContain("ok    database: not there yet; the first start makes it");
        output.ShouldContain("ok    ffmpeg: ffmpeg and ffprobe ");
        output.ShouldContain("ok    time zones: there, with summer time");
        output.ShouldContain("ok    Meta: simulated, no credentials");
        output.ShouldContain("warn  alerts: emergencies are told in the chat alone");
        output.ShouldContain("→ Set Alerts:Email:Host");
        output.TrimEnd().ShouldEndWith("Nothing is broken; 1 to look at.");
        Directory.EnumerateFileSystemEntries(_folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_broken_is_named_with_its_repair_and_no_secret_is_repeated()
    {
        var (code, output) = await RunAsync(
            "doctor", "--json", "--AdNetworks:Meta:Mode", "Live", "--AdNetworks:Meta:AccessToken", "EAAB-canary", "--AdNetworks:Google:ClientSecret", "canary-too",
            "--AdNetworks:AppLovin:ManagementKey", "canary-3", "--AdNetworks:AppLovin:ReportKey", "canary-4", "--Safety:SweepEvery", "01:00:00");

        code.ShouldBe(1, output);
        var findings = Read(output);
        findings["configuration"].Ok.ShouldBeFalse();
        findings["configuration"].Says.ShouldContain("Safety:SweepEvery has to be between");
        findings["Meta"].ShouldBe((false, "Live Facebook / Instagram (Meta) is not built yet; set AdNetworks:Meta:Mode to Simulated.", "AdNetworks:Meta:Mode=Simulated"), findings["Meta"].ToString());
        findings["Google"].Repair.ShouldNotBeNull().ShouldContain("AdNetworks:Google:DeveloperToken");
        findings["AppLovin"].Says.ShouldContain("still simulated");
        output.ShouldNotContain("canary");
    }

    [Fact]
    public async Task Beside_a_bot_that_runs_it_says_who_holds_the_folder_and_that_the_database_is_whole()
    {
        await using var bot = await BotProcess.StartAsync(Patience, "--empty");

        var (code, output) = await BotProcess.RunAsync(Patience, "doctor", "--Data:Folder", bot.Folder);

        code.ShouldBe(0, output);
        output.ShouldContain("is held by process ");
        output.ShouldContain("ok    database: campaigns.db is whole, up to date and can be written");
        output.ShouldContain("ok    keys: readable by their owner alone");
        output.ShouldContain("ok    clock: ");
    }

    [Fact]
    public async Task A_file_that_is_no_database_and_one_of_a_newer_version_are_broken()
    {
        var file = Path.Combine(_folder, "campaigns.db");
        await File.WriteAllTextAsync(file, new string('x', 8192), Patience);
        Read((await RunAsync("doctor", "--json")).Output)["database"].Says.ShouldContain("cannot be used");

        File.Delete(file);
        await using (var newer = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            await newer.OpenAsync(Patience);
            await using var command = newer.CreateCommand();
            command.CommandText = "CREATE TABLE __EFMigrationsHistory (MigrationId TEXT PRIMARY KEY, ProductVersion TEXT NOT NULL); INSERT INTO __EFMigrationsHistory VALUES ('20990101000000_Later', '99')";
            await command.ExecuteNonQueryAsync(Patience);
        }

        var (code, output) = await BotProcess.RunAloneAsync(Patience, "doctor", "--json", "--Data:Folder", _folder);

        code.ShouldBe(1);
        Read(output)["database"].Says.ShouldContain("a newer version (20990101000000_Later)");
    }

    private Task<(int ExitCode, string Output)> RunAsync(params string[] arguments) => BotProcess.RunAsync(Patience, [.. arguments, "--Data:Folder", _folder]);

    /// <summary>By check; the first finding of each.</summary>
    private static Dictionary<string, (bool Ok, string Says, string? Repair)> Read(string output)
    {
        using var json = JsonDocument.Parse(output.Split('\n').Single(line => line.StartsWith('{')));
        return json.RootElement.GetProperty("doctor").EnumerateArray()
            .GroupBy(finding => finding.GetProperty("check").GetString()!)
            .ToDictionary(check => check.Key, check => check.First() is var one
                ? (one.GetProperty("ok").GetBoolean(), one.GetProperty("says").GetString()!, one.GetProperty("repair").GetString())
                : default);
    }
}
