using System.Net;
using ChatOpsCampaigns.Adapters;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Bot.Jobs.Sweeping;
using ChatOpsCampaigns.Kit;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOpsCampaigns.Bot.Tests.Operating;

/// <summary>What an orchestrator is told by the real host.</summary>
public sealed class ReadinessTests
{
    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_bot_that_sweeps_and_can_write_is_ready()
    {
        await using var bot = await SweptAsync();

        var (status, says) = await AskAsync(bot);

        (status, says).ShouldBe((HttpStatusCode.OK, "ready, last sweep 0 s of campaign time ago, 0/0"));
    }

    [Fact]
    public async Task A_sweep_that_stays_away_is_named()
    {
        await using var bot = await SweptAsync();
        bot.Machine.Advance(TimeSpan.FromSeconds(61));

        var (status, says) = await AskAsync(bot);

        (status, says).ShouldBe((HttpStatusCode.ServiceUnavailable, "not ready: the last emergency sweep is 61 s of campaign time old"));
    }

    [Fact]
    public async Task A_database_that_somebody_has_locked_is_named_within_a_second_however_often_strangers_ask()
    {
        await using var bot = await SweptAsync();
        await using var other = await OpenAsync(bot);
        (await AskAsync(bot)).Status.ShouldBe(HttpStatusCode.OK);
        await DoAsync(other, "BEGIN IMMEDIATE");
        (await AskAsync(bot)).Status.ShouldBe(HttpStatusCode.OK);
        bot.Machine.Advance(TimeSpan.FromSeconds(1));

        var (status, says) = await AskAsync(bot);

        (status, says).ShouldBe((HttpStatusCode.ServiceUnavailable, "not ready: the database cannot be written; the log says why"));
        await DoAsync(other, "ROLLBACK");
        bot.Machine.Advance(TimeSpan.FromSeconds(1));
        (await AskAsync(bot)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_database_of_an_older_version_is_named()
    {
        await using var bot = await SweptAsync();
        await using var other = await OpenAsync(bot);
        await DoAsync(other, "DELETE FROM __EFMigrationsHistory WHERE MigrationId = (SELECT MAX(MigrationId) FROM __EFMigrationsHistory)");

        var (status, says) = await AskAsync(bot);

        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        says.ShouldContain("not as this version needs it");
    }

    [Fact]
    public async Task A_database_that_a_newer_version_brought_up_to_date_meanwhile_is_named_and_sweeps_go_on()
    {
        await using var bot = await SweptAsync();
        await using var other = await OpenAsync(bot);
        await DoAsync(other, "INSERT INTO __EFMigrationsHistory VALUES ('20990101000000_Later', '99')");

        var (status, says) = await AskAsync(bot);

        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        says.ShouldBe(
            "not ready: the database was brought up to date by a newer version (20990101000000_Later) while this one runs; sweeps and stops go on. "
            + "Run that version, or restore the copy from before the upgrade.");
        (await bot.Get<EmergencyMonitor>().SweepAsync(Patience)).Failed.ShouldBe(0);
    }

    [Fact]
    public async Task Accounts_that_are_silent_are_counted_in_the_line_and_the_program_is_ready_all_the_same()
    {
        await using var bot = NotSweeping(services => services.AddSingleton<INetworkLine, SilentLine>());
        var account = (await bot.Get<IAdAccounts>().AllAsync(Patience))[0];
        var campaign = A.Campaign();
        await bot.Get<ICampaignStore>().AddAsync(campaign with { Spec = campaign.Spec with { Account = account.Id } }, Patience);
        await bot.Get<EmergencyMonitor>().SweepAsync(Patience);

        var (status, says) = await AskAsync(bot);

        (status, says).ShouldBe((HttpStatusCode.OK, "ready, last sweep 0 s of campaign time ago, 1/1, 1 of 1 accounts silent"));
    }

    [Theory]
    [InlineData("lock")]
    [InlineData("lock.holder")]
    public async Task A_hold_on_the_data_folder_that_was_taken_away_is_named(string file)
    {
        await using var bot = await SweptAsync();
        File.Delete(Path.Combine(bot.Get<DataFolder>().Path, file));

        var (status, says) = await AskAsync(bot);

        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        says.ShouldContain("the data folder is no longer held by this process");
    }

    [Fact]
    public async Task Everything_that_is_missing_is_named_at_once_and_alive_is_said_all_the_same()
    {
        await using var bot = await SweptAsync();
        File.Delete(Path.Combine(bot.Get<DataFolder>().Path, "lock"));
        await using var other = await OpenAsync(bot);
        await DoAsync(other, "BEGIN IMMEDIATE");

        (await AskAsync(bot)).Says.Split('\n').Length.ShouldBe(2);
        using var http = new HttpClient { BaseAddress = bot.Address };
        (await http.GetStringAsync("/health/live", Patience)).ShouldBe("alive");
    }

    /// <summary>Swept once, and not again by itself.</summary>
    private static async Task<InProcessBot> SweptAsync()
    {
        var bot = NotSweeping(_ => { });
        await bot.Get<EmergencyMonitor>().SweepAsync(Patience);
        return bot;
    }

    private static InProcessBot NotSweeping(Action<IServiceCollection> more) => InProcessBot.Start(services =>
    {
        services.Remove(services.Single(service => service.ImplementationType == typeof(EmergencySweep)));
        more(services);
    });

    private static async Task<(HttpStatusCode Status, string Says)> AskAsync(InProcessBot bot)
    {
        using var http = new HttpClient { BaseAddress = bot.Address };
        using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), Patience);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Patience));
    }

    private static async Task<SqliteConnection> OpenAsync(InProcessBot bot)
    {
        var connection = new SqliteConnection($"Data Source={bot.Get<DataFolder>().Database};Pooling=False");
        await connection.OpenAsync(Patience);
        return connection;
    }

    private static async Task DoAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Patience);
    }

    private sealed class SilentLine : INetworkLine
    {
        public Task<TAnswer> CarryAsync<TAnswer>(NetworkCall call, Func<TAnswer> ask, CancellationToken cancellationToken) =>
            throw new AdNetworkException(FaultKind.Unavailable, "no answer");
    }
}
