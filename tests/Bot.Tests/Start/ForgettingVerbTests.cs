using System.Text;
using ChatOpsCampaigns.Kit;
using Microsoft.Data.Sqlite;

namespace ChatOpsCampaigns.Bot.Tests.Start;

/// <summary>Somebody works with the bot, asks to be forgotten, and the bot goes on without them.</summary>
public sealed class ForgettingVerbTests
{
    private const string Name = "zebulonia";
    private const string Reason = "my landlord flooded the invoices";

    [Fact(Timeout = 600_000)]
    public Task Whoever_paused_talked_and_drafted_is_forgotten_and_the_bot_goes_on() => ForgottenAsync([], TestContext.Current.CancellationToken);

    [Fact(Timeout = 600_000)]
    public async Task Who_may_not_whom_it_needs_and_what_comes_first_is_said_and_nothing_is_changed()
    {
        var patience = TestContext.Current.CancellationToken;
        await using var bot = BotProcess.Waiting(new Dictionary<string, string>());
        await SaysAsync("--person is missing", "--by", "local:you");
        await SaysAsync("Only Admin may forget somebody; local:max is Approver.", "--person", $"local:{Name}", "--by", "local:max");
        await SaysAsync("local:you is the only Admin. Make somebody else Admin first", "--person", "local:you", "--by", "local:you");
        await SaysAsync(
            $"Take out first: People:Roles:local:{Name}:0. Nothing was changed.",
            "--person", $"local:{Name}", "--by", "local:you", $"--People:Roles:local:{Name}:0", "Marketer");

        async Task SaysAsync(string says, params string[] arguments)
        {
            var (code, output) = await BotProcess.RunAsync(patience, ["forget", .. arguments, "--Data:Folder", bot.Folder]);
            (code, output.Contains(says, StringComparison.Ordinal)).ShouldBe((1, true), output);
        }
    }

    [Fact(Timeout = 600_000)]
    [Trait("Length", "Long")]
    public async Task The_same_on_a_postgres_server() => await ForgottenAsync(
        ["--Database:Provider", "Postgres", "--Database:ConnectionString", await PostgresServer.Shared.NewDatabaseAsync(TestContext.Current.CancellationToken)], TestContext.Current.CancellationToken);

    [Fact(Timeout = 600_000)]
    public async Task One_of_the_people_whom_the_program_knows_by_itself_is_forgotten_once_it_does_not()
    {
        var patience = TestContext.Current.CancellationToken;
        await using var bot = BotProcess.Waiting(new Dictionary<string, string>());
        await SaysAsync(1, "Take out first: the four people whom the program knows by itself (set People:Defaults=false, and name those who stay in People:Roles). Nothing was changed.");
        await SaysAsync(1, "nobody in People:Roles is Admin; name one, such as People:Roles:local:you:0=Admin", "--People:Defaults", "false");
        await SaysAsync(0, "Nothing of them was kept", "--People:Defaults", "false", "--People:Roles:local:you:0", "Admin", "--yes");

        async Task SaysAsync(int exitCode, string says, params string[] settings)
        {
            var (code, output) = await BotProcess.RunAsync(patience, ["forget", "--person", "local:olga", "--by", "local:you", .. settings, "--Data:Folder", bot.Folder]);
            (code, output.Contains(says, StringComparison.Ordinal)).ShouldBe((exitCode, true), output);
        }
    }

    [Fact(Timeout = 600_000)]
    public async Task A_start_deletes_the_files_of_a_forgetting_that_was_cut_short_and_says_what_is_left_to_do()
    {
        var patience = TestContext.Current.CancellationToken;
        await using var bot = BotProcess.Waiting(new Dictionary<string, string>(), "--empty");
        var (_, output) = await BotProcess.RunAsync(patience, "forget", "--person", "local:al", "--by", "local:you", "--Data:Folder", bot.Folder);
        output.ShouldContain("Only \"al\" by itself stays wherever a sentence says it");
        var file = Path.Combine(bot.Folder, "media", "ab", new string('a', 64));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, "their picture", patience);
        await using (var database = new SqliteConnection($"Data Source={Path.Combine(bot.Folder, "campaigns.db")};Pooling=false"))
        {
            await database.OpenAsync(patience);
            await using var command = database.CreateCommand();
            command.CommandText = $"INSERT INTO Settings (Workspace, Name, Body) VALUES ('local', 'forgetting', '{{\"Files\":[\"ab/{new string('a', 64)}\"]}}')";
            await command.ExecuteNonQueryAsync(patience);
        }

        await bot.StartAgainAsync(patience);

        File.Exists(file).ShouldBeFalse();
        bot.Output.ShouldContain("A forgetting was cut short; its files are deleted.");
    }

    private static async Task ForgottenAsync(string[] database, CancellationToken patience)
    {
        await using var bot = BotProcess.Waiting(new Dictionary<string, string>(), database);
        await bot.StartAgainAsync(patience, $"--People:Roles:local:{Name}:0", "Marketer");
        using (var theirs = await ChatClient.OpenAsync(bot.Address, Name, patience))
        {
            await theirs.SayAsync($"pause c1 {Reason}", patience);
            await theirs.SeesAsync("paused, confirmed by the network", patience);
            await theirs.SayAsync("new campaign", patience);
            await theirs.SayAsync("facebook", patience);
            await theirs.SeesAsync("Step 2 of 7", patience);
        }

        using (var other = await ChatClient.OpenAsync(bot.Address, "you", patience))
        {
            await other.SayAsync($"drafts of {Name}", patience);
            await other.SayAsync("feed", patience);
            await other.SeesAsync(Name, patience);
        }

        await bot.StopAsync(patience);
        IsLeft(bot.Folder, Reason).ShouldBe(database.Length == 0);

        await SaysAsync(1, "It cannot be undone", "forget", "--person", $"local:{Name}", "--by", "local:you");
        await SaysAsync(0, "Forgotten: ", "forget", "--person", $"local:{Name}", "--by", "local:you", "--yes");

        IsLeft(bot.Folder, Name).ShouldBeFalse();
        IsLeft(bot.Folder, Reason).ShouldBeFalse();
        await SaysAsync(0, "from which a person was taken out on request", "audit", "verify");
        await SaysAsync(0, "\"kind\":\"forgotten\"", "audit", "export");

        await bot.StartAgainAsync(patience);
        using var again = await ChatClient.OpenAsync(bot.Address, "you", patience);
        await again.SayAsync("audit verify", patience);
        await again.SeesAsync("Intact", patience);
        await again.SayAsync("feed", patience);
        await again.SeesAsync("person-", patience);
        await again.SayAsync("status c1", patience);
        await again.SeesAsync("c1", patience);
        (await bot.StopAsync(patience)).ShouldBe(0);
        IsLeft(bot.Folder, Name).ShouldBeFalse();

        async Task SaysAsync(int exitCode, string says, params string[] arguments)
        {
            var (code, output) = await BotProcess.RunAsync(patience, [.. arguments, .. database, "--Data:Folder", bot.Folder]);
            (code, output.Contains(says, StringComparison.Ordinal)).ShouldBe((exitCode, true), output);
        }
    }

    private static bool IsLeft(string folder, string text)
    {
        var sought = Encoding.UTF8.GetBytes(text);
        return Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Any(file => File.ReadAllBytes(file).AsSpan().IndexOf(sought) >= 0);
    }
}
