using ChatOpsCampaigns.Adapters.Persistence;
using ChatOpsCampaigns.Kit;
using Npgsql;

namespace ChatOpsCampaigns.Bot.Tests.Start;

/// <summary>The whole program on a PostgreSQL server of its own.</summary>
public sealed class PostgresTests
{
    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_conversation_goes_on_after_the_process_was_killed()
    {
        var connection = await PostgresServer.Shared.NewDatabaseAsync(Patience);
        await using var bot = await BotProcess.StartAloneAsync(Patience, "--empty", "--Database:Provider", "Postgres", "--Database:ConnectionString", connection);
        using var chat = await ChatClient.OpenAsync(bot.Address, "ana", Patience);
        await chat.SayAsync("new campaign", Patience);
        await chat.WaitForAsync(activity => activity.ToJsonString().Contains("Step 1 of 7"), Patience);

        await bot.KillAsync();
        await bot.StartAgainAsync(Patience);

        using var again = await ChatClient.OpenAsync(bot.Address, "ana", Patience);
        await again.SayAsync("facebook", Patience);
        await again.WaitForAsync(activity => activity.ToJsonString().Contains("Step 2 of 7"), Patience);
        File.Exists(Path.Combine(bot.Folder, "campaigns.db")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_second_process_on_the_same_database_is_told_so()
    {
        var connection = await PostgresServer.Shared.NewDatabaseAsync(Patience);
        await using var bot = await BotProcess.StartAsync(Patience, "--empty", "--Database:Provider", "Postgres", "--Database:ConnectionString", connection);

        var (exitCode, output) = await BotProcess.RunAsync(Patience, "--Database:Provider", "Postgres", "--Database:ConnectionString", connection);

        exitCode.ShouldBe(1);
        output.ShouldContain("Another process works on the database");
    }

    [Fact]
    public async Task A_hold_that_the_server_ended_is_named_to_whoever_asks_whether_it_is_ready()
    {
        var connection = await PostgresServer.Shared.NewDatabaseAsync(Patience);
        await using var hold = new PostgresHold(connection, TimeProvider.System);
        await hold.TakeAsync(Patience);
        (await hold.IsHeldAsync(Patience)).ShouldBeTrue();

        await using (var server = new NpgsqlConnection(connection))
        {
            await server.OpenAsync(Patience);
            await using var end = new NpgsqlCommand("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())", server);
            await end.ExecuteNonQueryAsync(Patience);
        }

        (await hold.IsHeldAsync(Patience)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_said_without_the_password()
    {
        var (exitCode, output) = await BotProcess.RunAsync(
            Patience, "--Database:Provider", "Postgres", "--Database:ConnectionString", "Host=127.0.0.1;Port=1;Username=me;Password=canary-7;Database=x");

        exitCode.ShouldBe(1);
        output.ShouldContain("PostgreSQL at 127.0.0.1:1 cannot be used");
        output.ShouldNotContain("canary-7");
        output.ShouldNotContain("   at ");
    }
}
