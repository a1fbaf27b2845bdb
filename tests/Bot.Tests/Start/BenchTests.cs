using System.Text.Json.Nodes;
using ChatOpsCampaigns.Bot.Measuring;
using ChatOpsCampaigns.Bot.Measuring.Chat;
using ChatOpsCampaigns.Bot.Measuring.Years;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Bot.Tests.Start;

/// <summary>What the measurements count, over few campaigns and networks that answer at once; never how long it took.</summary>
public sealed class BenchTests
{
    private static readonly BenchPlan Few = new()
    {
        Campaigns = 8,
        AccountsPerNetwork = 2,
        Rounds = 2,
        BreachesAtOnce = 4,
        SweepEvery = TimeSpan.FromSeconds(30),
        Speed = 60,
        Line = LineQuality.Perfect,
    };

    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sweep_asks_each_account_once_and_every_breach_is_stopped_and_read_back()
    {
        var measured = Written(await SweepBench.RunAsync(Few, Patience));

        Shape(measured, "sweep", campaigns: 8, accounts: 8);
        Number(measured, "requests").ShouldBe(2 * 8);
        Number(measured, "accountsNotRead").ShouldBe(0);
        Number(measured, "judged").ShouldBe(2 * 8);
        Number(measured, "stops").ShouldBe(8);
        Number(measured, "stopsReadBack").ShouldBe(8);
        Number(measured, "incidentsConfirmed").ShouldBe(8);
        foreach (var part in new[] { "stop", "stopWait", "stopFetch", "stopDecide", "stopPause", "stopReadBack", "readsAlone" })
            Percentiles(measured[part]!);
    }

    [Fact]
    public async Task Accounts_that_fail_are_counted_and_still_every_breach_is_stopped_in_the_end()
    {
        var measured = Written(await SweepBench.RunAsync(Few with { Line = LineQuality.Perfect with { FailedShare = 0.2 } }, Patience));

        Number(measured, "accountsNotRead").ShouldBeGreaterThan(0);
        Number(measured, "stopsReadBack").ShouldBe(Number(measured, "stops"));
    }

    [Fact]
    [Trait("Length", "Long")]
    public async Task Every_entry_of_one_writer_and_of_many_stands_in_the_chain()
    {
        var measured = Written(await LedgerBench.RunAsync(Few, Patience));

        Number(measured, "verified").ShouldBeGreaterThanOrEqualTo(2 * 2000);
        Number(measured, "aloneEachSecond").ShouldBeGreaterThan(0);
        Percentiles(measured["together"]!);
    }

    [Fact]
    public async Task Walking_the_trail_sees_every_entry()
    {
        var measured = Written(await VerifyBench.RunAsync(Few with { Campaigns = 1 }, Patience));

        Number(measured, "entries").ShouldBeGreaterThanOrEqualTo(1000);
    }

    [Fact]
    [Trait("Length", "Long")]
    public async Task A_year_is_written_day_by_day_and_what_is_past_its_time_goes()
    {
        var measured = Written(await YearBench.RunAsync(Few with { Days = 45, TurnsADay = 13 }, Patience));

        Shape(measured, "year", campaigns: 8, accounts: 8);
        Number(measured, "databaseMb").ShouldBeGreaterThan(0);
        Number(measured, "dailyTotals").ShouldBeGreaterThanOrEqualTo(8 * 45);
        Number(measured, "messages").ShouldBeInRange(8 * 10 * 34, 8 * 10 * 36);
        Number(measured, "turnsKept").ShouldBeInRange(8 * 288 * 33, 8 * 288 * 37);
        Number(measured, "auditEntries").ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_round_of_the_agent_takes_a_turn_over_every_campaign()
    {
        var measured = Written(await TurnBench.RunAsync(Few, Patience));

        Shape(measured, "turn", campaigns: 8, accounts: 8);
        Number(measured, "turns").ShouldBe(2 * 8);
        Number(measured, "failed").ShouldBe(0);
        Number(measured, "requests").ShouldBeGreaterThanOrEqualTo(2 * 8);
    }

    [Proves(59)]
    [Fact]
    [Trait("Length", "Long")]
    public async Task Launches_become_active_on_every_network_that_takes_such_campaigns()
    {
        var result = await LaunchBench.RunAsync(Few with { Campaigns = 6 }, Patience);

        result.Notes.ShouldBeEmpty();
        Shape(Written(result), "launch", campaigns: 6, accounts: 6);
        Number(Written(result), "notActive").ShouldBe(0);
    }

    [Fact]
    public async Task Every_line_that_is_said_gets_a_reply()
    {
        var measured = Written(await ReplyBench.RunAsync(Few with { Rounds = 1 }, Patience));

        Shape(measured, "reply", campaigns: 8, accounts: 8);
        Number(measured, "turns").ShouldBe(13);
        Percentiles(measured["said"]!);
    }

    [Proves(18)]
    [Fact]
    [Trait("Length", "Long")]
    public async Task Three_dropped_files_are_each_acknowledged()
    {
        var measured = Written(await FilesBench.RunAsync(Few with { Rounds = 1 }, Patience));

        Shape(measured, "files", campaigns: 8, accounts: 8);
        Number(measured, "files").ShouldBe(3);
        Percentiles(measured["posted"]!);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("many")]
    public async Task A_number_of_campaigns_that_cannot_be_is_refused(string campaigns)
    {
        var (exitCode, output) = await BotProcess.RunAsync(Patience, "bench", "turn", "--campaigns", campaigns);

        exitCode.ShouldBe(1);
        output.ShouldContain("from 1 to 10000");
    }

    [Fact]
    public async Task The_figures_are_printed_and_written_to_the_file_that_is_named()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("campaigns-").FullName, "turn.json");

        var (exitCode, output) = await BotProcess.RunAsync(Patience, "bench", "turn", "--campaigns", "1", "--json", file);

        exitCode.ShouldBe(0);
        output.ShouldContain("bench turn: 1 campaigns");
        Shape(JsonNode.Parse(await File.ReadAllTextAsync(file, Patience))!.AsObject(), "turn", campaigns: 1, accounts: 1);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    private static JsonObject Written(BenchResult result) => JsonNode.Parse(result.ToJson().ToJsonString())!.AsObject();

    private static void Shape(JsonObject measured, string bench, int campaigns, int accounts)
    {
        ((string)measured["bench"]!).ShouldBe(bench);
        Number(measured, "campaigns").ShouldBe(campaigns);
        Number(measured, "accounts").ShouldBe(accounts);
        Percentiles(measured["seconds"]!);
        ((double)measured["peakMemoryMb"]!).ShouldBeGreaterThan(0);
    }

    private static void Percentiles(JsonNode spread)
    {
        var (median, p95, p99) = ((double)spread["median"]!, (double)spread["p95"]!, (double)spread["p99"]!);
        median.ShouldBeLessThanOrEqualTo(p95);
        p95.ShouldBeLessThanOrEqualTo(p99);
    }

    private static long Number(JsonObject measured, string name) => (long)measured[name]!;
}
