using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Kit;

public sealed class MemoryReadings : IReadingStore
{
    private readonly Lock _lock = new();
    private readonly List<KeptReading> _readings = [];
    private readonly Dictionary<(CampaignId, AccountDay), DayFigures> _days = [];

    public bool Locked { get; set; }

    /// <summary>How often something was kept: each is a commit.</summary>
    public int Commits { get; private set; }

    public IReadOnlyList<KeptReading> All
    {
        get
        {
            lock (_lock)
                return [.. _readings];
        }
    }

    /// <summary>What a write waits for before it counts.</summary>
    public Func<Task> Takes { get; set; } = () => Task.CompletedTask;

    public async Task KeepAsync(AdAccount account, IReadOnlyList<KeptReading> readings, CancellationToken cancellationToken)
    {
        if (Locked)
            throw new IOException("database is locked");

        await Takes().WaitAsync(cancellationToken);
        lock (_lock)
        {
            Commits++;
            _readings.AddRange(readings);
            foreach (var kept in readings)
            {
                _days[(kept.Campaign, kept.Reading.Today.Day)] = kept.Reading.Today;
                if (kept.Reading.Yesterday is { } yesterday)
                    _days[(kept.Campaign, yesterday.Day)] = yesterday;
            }
        }
    }

    public Task<IReadOnlyList<KeptReading>> SinceAsync(CampaignId campaign, DateTimeOffset since, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<KeptReading>>([.. All.Where(kept => kept.Campaign == campaign && kept.ReadAt >= since).OrderBy(kept => kept.ReadAt)]);

    public Task<IReadOnlyDictionary<CampaignId, KeptReading>> NewestAsync(IReadOnlyCollection<CampaignId> campaigns, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<CampaignId, KeptReading>>(All
            .Where(kept => campaigns.Contains(kept.Campaign))
            .GroupBy(kept => kept.Campaign)
            .ToDictionary(group => group.Key, group => group.MaxBy(kept => kept.ReadAt)!));

    public Task KeepDayAsync(AdAccount account, CampaignId campaign, DayFigures figures, CancellationToken cancellationToken)
    {
        lock (_lock)
            _days[(campaign, figures.Day)] = figures;

        return Task.CompletedTask;
    }

    public async Task KeepDaysAsync(AdAccount account, CampaignId campaign, IReadOnlyList<DayFigures> figures, CancellationToken cancellationToken)
    {
        foreach (var day in figures)
            await KeepDayAsync(account, campaign, day, cancellationToken);
    }

    public Task<IReadOnlyList<DayFigures>> DaysAsync(CampaignId campaign, AccountDay from, CancellationToken cancellationToken)
    {
        lock (_lock)
            return Task.FromResult<IReadOnlyList<DayFigures>>([.. _days
                .Where(day => day.Key.Item1 == campaign && day.Key.Item2 >= from)
                .Select(day => day.Value)
                .OrderBy(day => day.Day)]);
    }
}
