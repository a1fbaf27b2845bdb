using System.Collections.Concurrent;

namespace ChatOpsCampaigns.Bot.Tests.Crashing;

/// <summary>Goes one way undisturbed, noting its points, and then once for each chosen point: killed there with SIGKILL and started again.</summary>
internal static class CrashRun
{
    private const int AtOnce = 2;

    /// <summary>Lines that are said within one life that ends at random.</summary>
    private const int MostSaid = 4;

    /// <summary>Such a life, after its start or within it.</summary>
    private static readonly TimeSpan LongestLife = TimeSpan.FromSeconds(3);

    /// <summary>
    /// What workers do beside every way, before it ends or after: sweeps and turns at their own time (readings, forecasts, decisions, what is remembered in
    /// settings), and news that are told and messages that are edited once what they tell of is done.
    /// </summary>
    private static readonly string[] ByWorkers =
        ["ActivityFeed.", "ActivityLog.", "ConversationStore.", "DecisionStore.", "ForecastStore.", "ReadingStore.", "SettingsStore."];

    private const string Untaken = "SELECT COUNT(*) FROM Turns WHERE Done = 0";
    private const string Open = "SELECT group_concat(Id, char(10)) FROM Intents WHERE State IN ('Planned', 'Unknown')";
    private const string Sent = "SELECT group_concat(Id, char(10)) FROM Intents WHERE State = 'Sent'";

    /// <summary>What has not exactly the entries in the audit trail that it should have; what is told of an incident later names no remedy.</summary>
    private static readonly string[] Unrecorded =
    [
        $"SELECT group_concat(Id) FROM Intents WHERE {Entries("intent", "key", "Intents.Id")} <> 1",
        $"SELECT group_concat(Id) FROM Intents WHERE State NOT IN ('Planned', 'Sent', 'Unknown') AND {Entries("outcome", "key", "Intents.Id")} - {Entries("outcome", "key", "Intents.Id", "AND json_extract(Audit.Body, '$.Facts.state') <> Intents.State")} <> 1",
        $"SELECT group_concat(Id) FROM Incidents WHERE json_extract(Body, '$.Demo') = 0 AND {Entries("incident", "incident", "Incidents.Id", "AND json_extract(Audit.Body, '$.Facts.remedy') IS NOT NULL")} <> 1",
        $"SELECT group_concat(Id) FROM Approvals WHERE {Entries("approval", "approval", "Approvals.Id")} <> 1 + (State <> 'Waiting') + (State = 'Approved' AND CarriedOut)",
    ];

    /// <summary>
    /// Kills it at each of these points in turn on one way: the life that goes on with what the one before left is killed at the next point, that it
    /// has to pass too. Numbers count within a life. Workers beside it pass points in an order of their own: where one was not passed, all are tried once more.
    /// </summary>
    public static async Task AtAsync(CrashWay way, IReadOnlyList<string> points, CancellationToken patience)
    {
        await using var ready = await ReadyAsync(way, patience);
        if (way.EndStateAsync is not null)
            (_, way) = await UndisturbedAsync(way, ready, patience);

        var died = await DiedAtAsync(way, ready, points, patience);
        if (died.Count < points.Count)
            died = await DiedAtAsync(way, ready, points, patience);

        died.ShouldBe(points);
    }

    /// <summary>
    /// Kills it everywhere: at every point when it is passed first, the second time, and last. What lies between is the same for one campaign more.
    /// A point before an effect that comes right after another effect is left out: to end there is to end after that one.
    /// </summary>
    public static async Task EverywhereAsync(CrashWay way, CancellationToken patience)
    {
        await using var ready = await ReadyAsync(way, patience);
        (var passed, way) = await UndisturbedAsync(way, ready, patience);
        var points = Different(passed);
        points.ShouldNotBeEmpty();
        var missed = await MissedAsync(way, ready, points, patience);

        // Workers beside it pass points of the same name in an order of their own: what was not passed is tried again.
        var again = await MissedAsync(way, ready, missed, patience);
        again.Where(point => !MayBePassedOver(way, point)).ShouldBeEmpty();
        TestContext.Current.SendDiagnosticMessage(
            "\"{0}\": killed at {1} points, {2} of them at the second try; not passed: {3}", way.Says, points.Count, missed.Count - again.Count, string.Join(", ", again));
    }

    /// <summary>
    /// Kills it at instants that a seed draws, while somebody says now this and now that, and now and then before it has started; then goes the way to its end.
    /// The same seed says the same and waits as long; what the program was at in that instant is the machine's affair.
    /// </summary>
    /// <param name="beside">What is said, in any order.</param>
    public static async Task AtRandomAsync(CrashWay way, IReadOnlyList<string> beside, int kills, int seed, CancellationToken patience)
    {
        var random = new Random(seed);
        await using var gateway = new CountingGateway();
        await using var bot = new CrashingBot([.. way.Arguments, .. gateway.Arguments]);
        await bot.StartAsync(patience);
        await way.PrepareAsync(bot, patience);
        var before = bot.AtTheNetworks().Count;
        for (var kill = 0; kill < kills; kill++)
        {
            string[] says = [.. Enumerable.Range(0, 1 + random.Next(MostSaid)).Select(_ => beside[random.Next(beside.Count)])];
            var talking = TalkAsync(bot, way.Person, says, patience);
            await Task.Delay(LongestLife * random.NextDouble(), TimeProvider.System, patience);
            await bot.EndAsync();
            await talking;
            if (random.Next(MostSaid) == 0)
                await DiesAtTheStartAsync(bot, LongestLife * random.NextDouble(), patience);

            await bot.StartAsync(patience);
        }

        // Then what was cut short is gone on with before the last word.
        var life = new CrashLife([$"{kills} random instants of seed {seed}"], bot, gateway, before);
        await bot.UntilAsync(async () => await bot.CountAsync(Untaken, patience) == 0, $"{life.Point}: everything said is answered", patience);
        await SayAsync(bot, way, patience);
        await EndedAsync(bot, way, life.Point, patience);
        await CheckAsync(way, life, patience);
    }

    private static async Task TalkAsync(CrashingBot bot, string person, IReadOnlyList<string> says, CancellationToken patience)
    {
        try
        {
            using var client = await ChatClient.OpenAsync(bot.Address, person, patience);
            foreach (var line in says)
                await client.SayAsync(line, patience);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException && !patience.IsCancellationRequested)
        {
            // Whoever talks to it finds it gone.
        }
    }

    private static async Task DiesAtTheStartAsync(CrashingBot bot, TimeSpan after, CancellationToken patience)
    {
        var starting = bot.StartAsync(patience);
        await Task.Delay(after, TimeProvider.System, patience);
        await bot.EndAsync();
        await starting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>What reaches a network is passed in every life, and so is the first of each name but of those that workers draw. How often a name comes again differs.</summary>
    private static bool MayBePassedOver(CrashWay way, string point) =>
        !point.StartsWith("network.", StringComparison.Ordinal)
        && (!point.EndsWith("#1", StringComparison.Ordinal) || ByWorkers.Concat(way.MayBePassedOver).Any(beside => point.StartsWith(beside, StringComparison.Ordinal)));

    private static async Task<CrashingBot> ReadyAsync(CrashWay way, CancellationToken patience)
    {
        var ready = new CrashingBot(way.Arguments);
        await ready.StartAsync(patience);
        await way.PrepareAsync(ready, patience);
        await ready.EndAsync();
        return ready;
    }

    private static async Task<IReadOnlyCollection<string>> MissedAsync(CrashWay way, CrashingBot ready, IEnumerable<string> points, CancellationToken patience)
    {
        var missed = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(points, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = patience }, async (point, token) =>
        {
            if (await DiedAtAsync(way, ready, [point], token) is [])
                missed.Add(point);
        });
        return missed;
    }

    private static async Task<IReadOnlyList<string>> DiedAtAsync(CrashWay way, CrashingBot ready, IReadOnlyList<string> points, CancellationToken patience)
    {
        await using var gateway = new CountingGateway();
        await using var bot = Copied(way, ready, gateway);
        await bot.StartAsync(patience);
        return await DiedAtAsync(way, bot, gateway, points, patience);
    }

    private static List<string> Different(IReadOnlyList<string> points) =>
        [.. points
            .Where((point, at) => at == 0 || !point.Contains(".before#", StringComparison.Ordinal) || !points[at - 1].Contains(".after#", StringComparison.Ordinal))
            .GroupBy(point => point[..point.IndexOf('#', StringComparison.Ordinal)])
            .SelectMany(passed => passed.Take(2).Append(passed.Last()).Distinct())];

    /// <summary>What one life passes that nobody ends, and the way that all others have to come to the same end on.</summary>
    private static async Task<(IReadOnlyList<string> Points, CrashWay Way)> UndisturbedAsync(CrashWay way, CrashingBot ready, CancellationToken patience)
    {
        await using var gateway = new CountingGateway();
        await using var undisturbed = Copied(way, ready, gateway);
        await undisturbed.StartAsync(patience);
        var before = undisturbed.AtTheNetworks().Count;
        var points = await undisturbed.RecordAsync(async () =>
        {
            await SayAsync(undisturbed, way, patience);
            await EndedAsync(undisturbed, way, "no point", patience);
        });
        var life = new CrashLife([], undisturbed, gateway, before);
        await CheckAsync(way, life, patience);
        var state = way.EndStateAsync is { } stateAsync ? await stateAsync(life, patience) : "";
        var checking = way.EndStateAsync is null ? way : way with
        {
            CheckAsync = async (killed, token) =>
            {
                await way.CheckAsync(killed, token);
                (await way.EndStateAsync(killed, token)).ShouldBe(state, killed.Point);
            },
        };
        return ([.. points.Where(point => way.Ports.Length == 0 ? !point.StartsWith("row.", StringComparison.Ordinal) : way.Ports.Any(port => point.StartsWith(port, StringComparison.Ordinal)))], checking);
    }

    /// <summary>Those of the points at which it died; where it never came it was killed later.</summary>
    private static async Task<IReadOnlyList<string>> DiedAtAsync(CrashWay way, CrashingBot bot, CountingGateway gateway, IReadOnlyList<string> points, CancellationToken patience)
    {
        var before = bot.AtTheNetworks().Count;
        var isAcknowledged = false;
        var died = await bot.DiesAtAsync(
            points,
            async () =>
            {
                if (isAcknowledged && !way.IsCutShort)
                    return;

                await SayAsync(bot, way, patience);
                isAcknowledged = true;
            },
            () => IsEndedAsync(bot, way, patience),
            patience);
        if (!isAcknowledged || way.IsCutShort)
            await SayAsync(bot, way, patience);

        var life = new CrashLife(points, bot, gateway, before);
        await EndedAsync(bot, way, life.Point, patience);
        await CheckAsync(way, life, patience);
        return died;
    }

    private static CrashingBot Copied(CrashWay way, CrashingBot ready, CountingGateway gateway) =>
        new(ready, [.. way.Arguments, .. gateway.Arguments]);

    private static async Task SayAsync(CrashingBot bot, CrashWay way, CancellationToken patience)
    {
        using var client = await ChatClient.OpenAsync(bot.Address, way.Person, patience);
        await (way.SayAsync?.Invoke(client, patience) ?? client.SayAsync(way.Says, patience));
    }

    private static Task EndedAsync(CrashingBot bot, CrashWay way, string point, CancellationToken patience) =>
        bot.UntilAsync(() => IsEndedAsync(bot, way, patience), $"\"{way.Says}\" is done, killed at {point}", patience);

    private static async Task<bool> IsEndedAsync(CrashingBot bot, CrashWay way, CancellationToken patience) =>
        await bot.CountAsync(Untaken, patience) == 0 && await IsSettledAsync(bot, patience) && await way.DoneAsync(bot, patience);

    /// <summary>What was sent and never came to its network stays open for a quarter of an hour by rule, and is not waited for: it might still come.</summary>
    private static async Task<bool> IsSettledAsync(CrashingBot bot, CancellationToken patience)
    {
        if ((await bot.TextAsync(Open, patience)).Length > 0)
            return false;

        var sent = (await bot.TextAsync(Sent, patience)).Split('\n');
        return !bot.AtTheNetworks().Any(change => change.Key is { } key && sent.Contains(key.Value));
    }

    private static async Task CheckAsync(CrashWay way, CrashLife life, CancellationToken patience)
    {
        await way.CheckAsync(life, patience);
        foreach (var sql in Unrecorded)
        {
            if (await life.Bot.TextAsync(sql, patience) is { Length: > 0 } wrong)
                throw new InvalidOperationException($"{life.Point}: {sql}: {wrong}\n{await life.Bot.StandingAsync(patience)}");
        }

        using var client = await ChatClient.OpenAsync(life.Bot.Address, "you", patience);
        await client.SayAsync("audit verify", patience);
        await client.SeesAsync("Intact", patience);
    }

    private static string Entries(string kind, string fact, string of, string more = "") =>
        $"(SELECT COUNT(*) FROM Audit WHERE json_extract(Audit.Body, '$.Kind') = '{kind}' AND json_extract(Audit.Body, '$.Facts.{fact}') = {of} {more})";
}
