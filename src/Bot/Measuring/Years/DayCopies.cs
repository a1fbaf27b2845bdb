using System.Globalization;
using ChatOpsCampaigns.Adapters;
using ChatOpsCampaigns.Adapters.Persistence;
using ChatOpsCampaigns.Automation.Alerts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Bot.Measuring.Years;

/// <summary>The records of one day, kept in a file beside the database, and written again for another day. For SQLite.</summary>
internal sealed class DayCopies : IAsyncDisposable
{
    /// <summary>Messages of the chat for each campaign and day, of some 5 KB each as cards are.</summary>
    private const int Messages = 10;

    /// <summary>One campaign of so many is stopped on a day.</summary>
    private const int CampaignsForAnIncident = 20;

    private const int AuditWriters = 200;
    private const long DayInMilliseconds = 86_400_000;

    private readonly BenchHost _host;
    private readonly IReadOnlyList<Campaign> _campaigns;
    private readonly CampaignsDb _db;
    private readonly IReadOnlyList<AuditEntry> _audit;
    private readonly long _begin;

    private DayCopies(BenchHost host, IReadOnlyList<Campaign> campaigns, CampaignsDb db, IReadOnlyList<AuditEntry> audit) =>
        (_host, _campaigns, _db, _audit, _begin) = (host, campaigns, db, audit, host.Clock.GetUtcNow().ToUnixTimeMilliseconds() - DayInMilliseconds);

    public static async Task<DayCopies> OfAsync(BenchHost host, IReadOnlyList<Campaign> campaigns, CancellationToken cancellationToken)
    {
        var db = host.Get<Database>().Open();
        await db.Database.OpenConnectionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"ATTACH {Path.Combine(host.Get<DataFolder>().Path, "day.db")} AS day", cancellationToken);
        await db.Database.ExecuteSqlRawAsync(
            """
            CREATE TABLE day.Readings AS SELECT * FROM main.Readings;
            CREATE TABLE day.Hourly AS SELECT * FROM main.Readings WHERE Number IN (SELECT MAX(Number) FROM main.Readings GROUP BY Campaign, ReadAt / 3600000);
            CREATE TABLE day.Loud AS SELECT * FROM main.Decisions WHERE NOT Quiet;
            CREATE TABLE day.Quiet AS SELECT * FROM main.Decisions AS one WHERE Id = (SELECT Id FROM main.Decisions WHERE Quiet AND Campaign = one.Campaign ORDER BY length(Body) DESC LIMIT 1);
            CREATE TABLE day.Forecasts AS SELECT * FROM main.Forecasts;
            CREATE TABLE day.Feed AS SELECT * FROM main.Feed;
            CREATE TABLE day.Intents AS SELECT * FROM main.Intents;
            CREATE TABLE day.Days AS SELECT * FROM main.Days WHERE (Campaign, Day) IN (SELECT Campaign, MAX(Day) FROM main.Days GROUP BY Campaign);
            """,
            cancellationToken);
        var audit = await host.Get<IAuditTrail>().LatestAsync(null, int.MaxValue, cancellationToken);
        return new DayCopies(host, campaigns, db, [.. audit.Select(stored => stored.Entry)]);
    }

    /// <summary>Rows of each table that grows, by its name.</summary>
    public static async Task<IReadOnlyList<(string Name, string What, long Count)>> RowsAsync(BenchHost host, CancellationToken cancellationToken)
    {
        await using var db = host.Get<Database>().Open();
        return
        [
            ("readings", "readings", await db.Set<ReadingRow>().LongCountAsync(cancellationToken)),
            ("decisions", "decisions", await db.Set<DecisionRow>().LongCountAsync(cancellationToken)),
            ("turnsKept", "turns that these stand for", await db.Set<DecisionRow>().SumAsync(row => (long)row.Turns, cancellationToken)),
            ("forecasts", "forecasts", await db.Set<ForecastRow>().LongCountAsync(cancellationToken)),
            ("feed", "events of the feed", await db.Set<FeedRow>().LongCountAsync(cancellationToken)),
            ("commands", "commands", await db.Set<IntentRow>().LongCountAsync(cancellationToken)),
            ("incidents", "incidents", await db.Set<IncidentRow>().LongCountAsync(cancellationToken)),
            ("messages", "messages of the chat", await db.Set<ActivityRow>().LongCountAsync(cancellationToken)),
            ("dailyTotals", "totals of a day", await db.Set<DayRow>().LongCountAsync(cancellationToken)),
        ];
    }

    /// <param name="day">Days after the one that was lived.</param>
    /// <param name="inFull">Every turn and reading, and not one an hour.</param>
    public async Task WriteAsync(int day, bool inFull, CancellationToken cancellationToken)
    {
        var later = day * DayInMilliseconds;
        await using (var all = await _db.Database.BeginTransactionAsync(cancellationToken))
        {
            await WriteRowsAsync(day, later, inFull, cancellationToken);
            await all.CommitAsync(cancellationToken);
        }

        await Parallel.ForEachAsync(
            _audit, new ParallelOptions { MaxDegreeOfParallelism = AuditWriters, CancellationToken = cancellationToken },
            async (entry, token) => await _host.Get<IAuditTrail>().AppendAsync(entry, token));
        for (var number = day % CampaignsForAnIncident; number < _campaigns.Count; number += CampaignsForAnIncident)
            await StopAsync(_campaigns[number], cancellationToken);
    }

    private async Task WriteRowsAsync(int day, long later, bool inFull, CancellationToken cancellationToken)
    {
        var (turns, apart, begin) = inFull ? (288, 300_000L, _begin + later) : (24, 3_600_000L, _begin + later);
        var stoodFor = 288 / turns;
        var dayLater = $"+{day.ToString(CultureInfo.InvariantCulture)} days";
        await _db.Database.ExecuteSqlAsync(
            $"""
            WITH RECURSIVE turns(number) AS (SELECT 0 UNION ALL SELECT number + 1 FROM turns WHERE number < {turns} - 1)
            INSERT INTO main.Decisions (Id, Version, Workspace, AdAccount, Person, Campaign, At, Body, Quiet, Turns)
            SELECT lower(hex(randomblob(16))), Version, Workspace, AdAccount, Person, Campaign, {begin} + number * {apart}, Body, 1, {stoodFor} FROM turns, day.Quiet
            """,
            cancellationToken);
        await _db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO main.Decisions (Id, Version, Workspace, AdAccount, Person, Campaign, At, Body, Quiet, Turns)
            SELECT lower(hex(randomblob(16))), Version, Workspace, AdAccount, Person, Campaign, At + {later}, Body, 0, 1 FROM day.Loud
            """,
            cancellationToken);
        await _db.Database.ExecuteSqlAsync(
            inFull
                ? (FormattableString)$"INSERT INTO main.Readings (Workspace, AdAccount, Person, Campaign, ReadAt, Body) SELECT Workspace, AdAccount, Person, Campaign, ReadAt + {later}, Body FROM day.Readings ORDER BY ReadAt"
                : $"INSERT INTO main.Readings (Workspace, AdAccount, Person, Campaign, ReadAt, Body) SELECT Workspace, AdAccount, Person, Campaign, ReadAt + {later}, Body FROM day.Hourly ORDER BY ReadAt",
            cancellationToken);
        await _db.Database.ExecuteSqlAsync(
            $"""
            INSERT OR IGNORE INTO main.Forecasts (Workspace, AdAccount, Person, Campaign, Span, At, Body)
            SELECT Workspace, AdAccount, Person, Campaign, Span, At + {later}, Body FROM day.Forecasts
            """,
            cancellationToken);
        await _db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO main.Feed (Workspace, AdAccount, Person, Campaign, At, Body)
            SELECT Workspace, AdAccount, Person, Campaign, At + {later}, Body FROM day.Feed ORDER BY At
            """,
            cancellationToken);
        await _db.Database.ExecuteSqlAsync(
            $"""
            INSERT OR IGNORE INTO main.Intents (Id, Version, Workspace, AdAccount, Person, Campaign, At, State, SettledAt, Body)
            SELECT Id || '/' || {day}, Version, Workspace, AdAccount, Person, Campaign, At + {later}, State, SettledAt + {later}, Body FROM day.Intents
            """,
            cancellationToken);
        await _db.Database.ExecuteSqlAsync(
            $"""
            INSERT OR IGNORE INTO main.Days (Workspace, AdAccount, Person, Campaign, Day, Currency, Spend, Impressions, Clicks, Conversions, Revenue)
            SELECT Workspace, AdAccount, Person, Campaign, date(Day, {dayLater}), Currency, Spend, Impressions, Clicks, Conversions, Revenue FROM day.Days
            """,
            cancellationToken);
        await _db.Database.ExecuteSqlAsync(
            $"""
            WITH RECURSIVE messages(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM messages WHERE number < {Messages * _campaigns.Count})
            INSERT INTO main.Activities (Workspace, Conversation, Id, At, Body)
            SELECT 'local', 'local/you', lower(hex(randomblob(16))), {begin}, json_object('type', 'message', 'text', hex(randomblob(2500))) FROM messages
            """,
            cancellationToken);
    }

    /// <summary>A stop from the incident to its end, with three alerts.</summary>
    private async Task StopAsync(Campaign campaign, CancellationToken cancellationToken)
    {
        var (incidents, now) = (_host.Get<IIncidentStore>(), _host.Clock.GetUtcNow());
        var (opened, _) = await incidents.OpenAsync(
            new Incident(
                IncidentId.New(), campaign.Workspace, campaign.Account, campaign.Id, campaign.Name, new RuleId("daily-spend-cap"), Remedy.PauseCampaign, Severity.Critical,
                new Evidence("spend today", "$750.40", "$750"), now, IncidentState.Open),
            cancellationToken);
        await _host.Get<IAlertStore>().AddAsync(
            new Alert($"{opened.Id}/told", campaign.Workspace, campaign.Account, Severity.Critical, $"{campaign.Name} was stopped", opened.Evidence.Words, opened.Id, now),
            ["email", "sms", "push"],
            cancellationToken);
        await incidents.ChangeAsync(
            opened.Id, open => open with { State = IncidentState.Closed, ClosedAt = now, Resolution = "resumed", Notes = [new IncidentNote(now, PersonId.System, "resumed")] }, cancellationToken);
    }

    public async ValueTask DisposeAsync() => await _db.DisposeAsync();
}
