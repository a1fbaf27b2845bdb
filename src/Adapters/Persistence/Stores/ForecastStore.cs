using ChatOpsCampaigns.Automation.Agent.Foresight;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Persistence.Stores;

internal sealed class ForecastStore(Database database) : IForecastStore
{
    public async Task KeepAsync(IReadOnlyList<RunningForecast> forecasts, CancellationToken cancellationToken)
    {
        if (forecasts.Count == 0)
            return;

        var campaign = forecasts[0].Campaign.Value;
        var begins = forecasts.Select(forecast => forecast.Foreseen.From).Distinct().ToArray();
        await using var db = database.Open();
        var known = await db.Set<ForecastRow>()
            .Where(row => row.Campaign == campaign && begins.Contains(row.At))
            .ToDictionaryAsync(row => (row.Span, row.At), cancellationToken);
        foreach (var forecast in forecasts)
        {
            var (span, from) = (forecast.Foreseen.Span.ToString(), forecast.Foreseen.From);
            if (!known.TryGetValue((span, from), out var row))
            {
                db.Add(row = new ForecastRow
                {
                    Workspace = forecast.Workspace.Value,
                    AdAccount = forecast.Account.Value,
                    Campaign = forecast.Campaign.Value,
                    Span = span,
                    At = from,
                });
            }

            row.Body = Database.Write(forecast);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<RunningForecast>> LatestAsync(CampaignId campaign, ForecastSpan span, int count, CancellationToken cancellationToken)
    {
        var kind = span.ToString();
        await using var db = database.Open();
        var bodies = await db.Set<ForecastRow>().AsNoTracking()
            .Where(row => row.Campaign == campaign.Value && row.Span == kind)
            .OrderByDescending(row => row.At)
            .Take(count)
            .Select(row => row.Body)
            .ToListAsync(cancellationToken);
        return [.. bodies.Select(Database.Read<RunningForecast>)];
    }
}
