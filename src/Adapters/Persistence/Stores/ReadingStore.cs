using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Persistence.Stores;

/// <summary>
/// Remembers what it wrote last of each campaign, so that keeping a reading looks nothing up: with every sweep each campaign has one. What was
/// written is forgotten when anything failed, or was written in another way.
/// </summary>
internal sealed class ReadingStore(Database database) : IReadingStore
{
    private readonly ConcurrentDictionary<string, Last> _last = new();

    /// <param name="Digest">Of the newest reading without its time.</param>
    /// <param name="Days">The newest days as they stand in the table.</param>
    private sealed record Last(string Digest, IReadOnlyList<DayFigures> Days);

    public async Task KeepAsync(AdAccount account, IReadOnlyList<KeptReading> readings, CancellationToken cancellationToken)
    {
        if (readings.Count == 0)
            return;

        // Taken out until it is written: whoever fails in between leaves nothing remembered.
        var last = readings.Select(kept => kept.Campaign.Value).Distinct().ToDictionary(campaign => campaign, campaign => _last.TryRemove(campaign, out var known) ? known : null);
        foreach (var (campaign, newest) in await NewestAsync([.. readings.Select(kept => kept.Campaign).Where(campaign => last[campaign.Value] is null)], cancellationToken))
            last[campaign.Value] = new Last(DigestOf(newest.Reading), []);

        await using var db = database.OpenToWait();
        var changed = new List<(CampaignId Campaign, DayFigures Day)>();
        foreach (var kept in readings)
        {
            var (id, digest) = (kept.Campaign.Value, DigestOf(kept.Reading));
            DayFigures[] days = [.. new[] { kept.Reading.Yesterday, kept.Reading.Today }.OfType<DayFigures>()];
            if (last[id]?.Digest != digest)
                db.Add(RowOf(account, kept));

            changed.AddRange(days.Where(day => last[id]?.Days.Contains(day) != true).Select(day => (kept.Campaign, day)));
            last[id] = new Last(digest, days);
        }

        await FillDaysAsync(db, account, changed, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        foreach (var (campaign, written) in last)
            _last[campaign] = written!;
    }

    private static ReadingRow RowOf(AdAccount account, KeptReading kept) => new()
    {
        Workspace = account.Workspace.Value,
        AdAccount = account.Id.Value,
        Campaign = kept.Campaign.Value,
        ReadAt = kept.ReadAt,
        Body = Database.Write(kept),
    };

    /// <param name="seen">Of the same campaign and day the last counts.</param>
    private static async Task FillDaysAsync(
        CampaignsDb db, AdAccount account, IEnumerable<(CampaignId Campaign, DayFigures Day)> seen, CancellationToken cancellationToken)
    {
        var figures = new Dictionary<(string, DateOnly), DayFigures>();
        foreach (var (campaign, day) in seen)
            figures[(campaign.Value, day.Day.Date)] = day;

        var (campaigns, days) = (figures.Keys.Select(key => key.Item1).Distinct().ToArray(), figures.Keys.Select(key => key.Item2).Distinct().ToArray());
        var known = await db.Set<DayRow>()
            .Where(row => campaigns.Contains(row.Campaign) && days.Contains(row.Day))
            .ToDictionaryAsync(row => (row.Campaign, row.Day), cancellationToken);
        foreach (var ((campaign, day), newest) in figures)
        {
            if (!known.TryGetValue((campaign, day), out var row))
                db.Add(row = new DayRow { Campaign = campaign, Day = day });

            Fill(row, account, newest);
        }
    }

    public async Task<IReadOnlyList<KeptReading>> SinceAsync(CampaignId campaign, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var bodies = await db.Set<ReadingRow>().AsNoTracking()
            .Where(row => row.Campaign == campaign.Value && row.ReadAt >= since)
            .OrderBy(row => row.ReadAt)
            .Select(row => row.Body)
            .ToListAsync(cancellationToken);
        return [.. bodies.Select(Database.Read<KeptReading>)];
    }

    public async Task<IReadOnlyDictionary<CampaignId, KeptReading>> NewestAsync(
        IReadOnlyCollection<CampaignId> campaigns, CancellationToken cancellationToken)
    {
        if (campaigns.Count == 0)
            return new Dictionary<CampaignId, KeptReading>();

        var wanted = campaigns.Select(campaign => campaign.Value).ToArray();
        await using var db = database.Open();
        var newest = db.Set<ReadingRow>()
            .Where(row => wanted.Contains(row.Campaign))
            .GroupBy(row => row.Campaign)
            .Select(group => group.Max(row => row.Number));
        var bodies = await db.Set<ReadingRow>().AsNoTracking()
            .Where(row => newest.Contains(row.Number))
            .Select(row => row.Body)
            .ToListAsync(cancellationToken);
        return bodies.Select(Database.Read<KeptReading>).ToDictionary(kept => kept.Campaign);
    }

    public async Task KeepDaysAsync(AdAccount account, CampaignId campaign, IReadOnlyList<DayFigures> figures, CancellationToken cancellationToken)
    {
        _last.TryRemove(campaign.Value, out _);
        await using var db = database.Open();
        await FillDaysAsync(db, account, figures.Select(day => (campaign, day)), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }

    private static void Fill(DayRow row, AdAccount account, DayFigures figures)
    {
        row.Workspace = account.Workspace.Value;
        row.AdAccount = account.Id.Value;
        row.Currency = figures.Spend.Currency.Code;
        row.Spend = figures.Spend.Amount;
        row.Impressions = figures.Impressions;
        row.Clicks = figures.Clicks;
        row.Conversions = figures.Conversions;
        row.Revenue = figures.Revenue?.Amount;
    }

    public async Task<IReadOnlyList<DayFigures>> DaysAsync(CampaignId campaign, AccountDay from, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var rows = await db.Set<DayRow>().AsNoTracking()
            .Where(row => row.Campaign == campaign.Value && row.Day >= from.Date)
            .OrderBy(row => row.Day)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(Figures)];
    }

    private static string DigestOf(PerformanceReading reading) => Digest.Of(Database.Write(reading with { ReadAt = default })).Value;

    private static DayFigures Figures(DayRow row)
    {
        var currency = new Currency(row.Currency);
        return new DayFigures(
            new AccountDay(row.Day), currency.Of(row.Spend), row.Impressions, row.Clicks, row.Conversions, row.Revenue is { } revenue ? currency.Of(revenue) : null);
    }
}
