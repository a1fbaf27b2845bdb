using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;

namespace ChatOpsCampaigns.Bot.Tests.Crashing;

/// <summary>A launch that its network refuses, that a person takes back, or that goes on with what was not refused, killed at points of its way: nothing is left, or the one campaign with the ads that were wanted.</summary>
public sealed class UndoneLaunchCrashTests
{
    /// <summary>Taken back on record and not paused yet, and archived without our knowing.</summary>
    private static readonly string[] DangerousInATakingBack = ["CampaignStore.Change.after#1", "network.Archive.after#1"];

    private static readonly string[] OfALaunch = ["CampaignStore.", "IntentStore.", "IncidentStore.", "network.", "AuditTrail.", "Inbox."];

    [Fact(Timeout = 600_000)]
    public Task A_launch_that_was_taken_back_leaves_nothing_that_runs_when_it_was_killed() => CrashRun.AtAsync(TakenBack, DangerousInATakingBack, TestContext.Current.CancellationToken);

    [Fact(Timeout = 3_600_000)]
    [Trait("Length", "Long")]
    public Task Killed_at_every_point_of_taking_a_launch_back() => CrashRun.EverywhereAsync(TakenBack, TestContext.Current.CancellationToken);

    [Fact(Timeout = 3_600_000)]
    [Trait("Length", "Long")]
    public Task Killed_at_every_point_of_a_launch_that_its_network_refuses() => CrashRun.EverywhereAsync(Refused, TestContext.Current.CancellationToken);

    [Fact(Timeout = 3_600_000)]
    [Trait("Length", "Long")]
    public Task Killed_at_every_point_of_going_on_without_a_refused_ad() => CrashRun.EverywhereAsync(GoesOn, TestContext.Current.CancellationToken);

    private static CrashWay TakenBack => new("you", "undo launch c1", IsUndoneAsync, (life, patience) => NothingIsLeftAsync(life, LaunchCrashTests.Pictures, patience))
    {
        // In review all the while: what is not paused by then would begin to run.
        Arguments = ["--empty", "--Simulator:ReviewTime", "2.00:00:00"],
        Ports = OfALaunch,
        PrepareAsync = async (bot, patience) =>
        {
            await LaunchCrashTests.ReviewAsync(bot, "you", 50, patience);
            await LaunchAsync(bot, patience);
            await bot.UntilAsync(async () => await bot.CountAsync("SELECT COUNT(*) FROM Campaigns WHERE Status = 'InReview'", patience) == 1, "it is in review", patience);
        },
    };

    private static CrashWay Refused => new("you", "launch", IsUndoneAsync, (life, patience) => NothingIsLeftAsync(life, 0, patience))
    {
        Arguments = ["--empty"],
        Ports = OfALaunch,
        EndStateAsync = LaunchCrashTests.StateAsync,
        PrepareAsync = (bot, patience) => LaunchCrashTests.ReviewAsync(bot, "you", 50, patience, "headline: Play [refuse]"),
    };

    private static CrashWay GoesOn => new("you", "go on c1", LaunchCrashTests.IsLaunchedAsync, WithoutTheRefusedAdAsync)
    {
        Arguments = ["--empty"],
        Ports = OfALaunch,
        EndStateAsync = LaunchCrashTests.StateAsync,
        PrepareAsync = async (bot, patience) =>
        {
            await LaunchCrashTests.ReviewAsync(bot, "you", 50, patience, "headline 2: Play [refuse]");
            await LaunchAsync(bot, patience);
            await bot.UntilAsync(async () => await bot.CountAsync("SELECT COUNT(*) FROM Campaigns WHERE json_array_length(Body, '$.RefusedAds') = 1", patience) == 1, "it waits for a choice", patience);
        },
    };

    private static async Task LaunchAsync(CrashingBot bot, CancellationToken patience)
    {
        using var client = await ChatClient.OpenAsync(bot.Address, "you", patience);
        await client.SayAsync("launch", patience);
    }

    private static async Task<bool> IsUndoneAsync(CrashingBot bot, CancellationToken patience) =>
        await bot.CountAsync("SELECT COUNT(*) FROM Campaigns WHERE Status = 'Failed'", patience) == 1;

    private static async Task NothingIsLeftAsync(CrashLife life, int ads, CancellationToken patience)
    {
        var there = life.Bot.AtTheNetworks();
        var made = there.Where(change => change.Created is not null).ShouldHaveSingleItem(life.Point);
        there.Count(change => change.Happened is MarketEvent.Archived && change.Target == made.Answer).ShouldBe(1, life.Point);
        there.Count(LaunchCrashTests.IsAd).ShouldBe(ads, life.Point);
        there.Count(LaunchCrashTests.IsUpload).ShouldBe(LaunchCrashTests.Pictures, life.Point);
        life.Done.ShouldAllBe(change => !(change.Happened is MarketEvent.Activated), life.Point);
        life.Bot.Running().ShouldBeEmpty(life.Point);
        (await life.CountAsync("SELECT COUNT(*) FROM Campaigns", patience)).ShouldBe(1, life.Point);
    }

    private static async Task WithoutTheRefusedAdAsync(CrashLife life, CancellationToken patience)
    {
        var there = life.Bot.AtTheNetworks();
        there.Count(change => change.Created is not null).ShouldBe(1, life.Point);
        there.Count(LaunchCrashTests.IsAd).ShouldBe(LaunchCrashTests.Pictures - 1, life.Point);
        life.DoneOf<MarketEvent.Activated>().ShouldHaveSingleItem(life.Point).Count().ShouldBe(1, life.Point);
        life.Bot.Running().Count.ShouldBe(1, life.Point);
        (await life.CountAsync("SELECT COUNT(*) FROM Campaigns WHERE json_array_length(Body, '$.RefusedAds') = 1", patience)).ShouldBe(1, life.Point);
    }
}
