using System.Collections.Concurrent;
using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Agent.Foresight;

/// <summary>
/// Keeps what the agent expects of each campaign and what came of it. Written only when a forecast is made or settled; a store that cannot be
/// written delays no turn, and the same is tried again in the next one.
/// </summary>
public sealed partial class ForecastBook(IForecastStore store, ILogger<ForecastBook> logger)
{
    private readonly ConcurrentDictionary<CampaignId, ForecastTrack> _kept = new();

    public async Task<ForecastTrack> OfAsync(CampaignId campaign, CancellationToken cancellationToken)
    {
        if (_kept.TryGetValue(campaign, out var kept))
            return kept;

        var stored = new List<RunningForecast>();
        foreach (var span in Enum.GetValues<ForecastSpan>())
            stored.AddRange(await store.LatestAsync(campaign, span, ForecastTrack.MostOf(span), cancellationToken));

        return _kept.GetOrAdd(campaign, ForecastTrack.Empty.With(stored));
    }

    /// <summary>Settles what can be told by now, expects the next hour and day, and returns what stands of these.</summary>
    public async Task<ImmutableArray<Foreseen>> ForeseeAsync(Observation now, AgentMemory memory, CancellationToken cancellationToken)
    {
        var track = ForecastTrack.Empty;
        try
        {
            track = await OfAsync(now.Campaign.Id, cancellationToken);
            var settled = ForecastSettlement.Due(now, track);
            var after = track.With(settled);
            var made = ForecastMaker.Due(now, memory, after);
            track = after.With(made);
            if (settled.Count + made.Count > 0)
                await store.KeepAsync([.. settled, .. made], cancellationToken);

            _kept[now.Campaign.Id] = track;
            foreach (var day in settled.Where(forecast => forecast is { IsSettled: true, Foreseen.Span: ForecastSpan.Day }))
                DaySettled(now.Campaign.Handle, now.Account.DayAt(day.Foreseen.From), day.Foreseen.Spend, day.Came?.Spend, day.Foreseen.Results, day.Came?.Results);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotKept(now.Campaign.Handle, fault);
        }

        return [.. Enum.GetValues<ForecastSpan>().Select(span => track.Ahead(span, now.Now)).OfType<Foreseen>()];
    }

    [LoggerMessage(EventId = 142, Level = LogLevel.Warning, Message = "What is expected of {Campaign} could not be worked out or kept; tried again in the next turn.")]
    private partial void NotKept(string campaign, Exception fault);

    [LoggerMessage(EventId = 143, Level = LogLevel.Information, Message = "{Campaign} on {Day}: spend expected {Spend}, came {SpendCame}; results expected {Results}, came {ResultsCame}.")]
    private partial void DaySettled(
        string campaign, AccountDay day, Predictions.Estimate spend, decimal? spendCame, Predictions.Estimate? results, decimal? resultsCame);
}
