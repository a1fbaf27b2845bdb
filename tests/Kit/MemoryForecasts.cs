using ChatOpsCampaigns.Automation.Agent.Foresight;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Kit;

public sealed class MemoryForecasts : IForecastStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(CampaignId, ForecastSpan, DateTimeOffset), RunningForecast> _all = [];

    public bool Locked { get; set; }

    /// <summary>How often something was kept: each is a commit.</summary>
    public int Commits { get; private set; }

    public IReadOnlyList<RunningForecast> All
    {
        get
        {
            lock (_lock)
                return [.. _all.Values.OrderBy(forecast => forecast.Foreseen.From)];
        }
    }

    public Task KeepAsync(IReadOnlyList<RunningForecast> forecasts, CancellationToken cancellationToken)
    {
        if (Locked)
            throw new IOException("database is locked");

        lock (_lock)
        {
            Commits++;
            foreach (var forecast in forecasts)
                _all[(forecast.Campaign, forecast.Foreseen.Span, forecast.Foreseen.From)] = forecast;
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<RunningForecast>> LatestAsync(CampaignId campaign, ForecastSpan span, int count, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RunningForecast>>([.. All
            .Where(forecast => forecast.Campaign == campaign && forecast.Foreseen.Span == span)
            .OrderByDescending(forecast => forecast.Foreseen.From)
            .Take(count)]);
}
