using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Safety.Auditing;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Telemetry;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Safety;

/// <summary>Lets the rules speak about one campaign of a sweep, and has carried out what they demand.</summary>
public sealed class CampaignJudge(SafetyPanel panel, EmergencyStop stop, StopKeeper keeper, IActivityFeed feed, LastJudged last)
{
    private readonly ConcurrentDictionary<(CampaignId, RuleId), AccountDay> _warned = new();

    /// <summary>Those of some campaigns of which an incident is open.</summary>
    public Task<IReadOnlySet<CampaignId>> HeldAsync(IReadOnlyCollection<CampaignId> campaigns, CancellationToken cancellationToken) => stop.HeldAsync(campaigns, cancellationToken);

    /// <param name="isHeld">An incident of it is open. Without one, and without a breach, nothing is looked up and nothing written.</param>
    public async Task JudgeAsync(Observation now, bool isHeld, CancellationToken cancellationToken)
    {
        if (now.Campaign.Status == CampaignStatus.Stopped)
            await keeper.WatchStoppedAsync(now, cancellationToken);
        else
            await CarryOutAsync(now, isHeld, cancellationToken);

        last.Note(now.Campaign.Id);
        Measure(now);
    }

    private async Task CarryOutAsync(Observation now, bool isHeld, CancellationToken cancellationToken)
    {
        var verdicts = panel.Judge(now);
        if (isHeld || verdicts.Any(verdict => verdict is SafetyVerdict.Breach))
            await stop.CarryOutAsync(now, verdicts, cancellationToken);

        foreach (var warning in verdicts.OfType<SafetyVerdict.Warning>())
            await WarnAsync(now, warning, cancellationToken);
    }

    private static void Measure(Observation now)
    {
        var network = Signals.Tag("network", now.Account.Network.Value);
        Signals.Judged.Add(1, network, Signals.Tag("state", now.State));
        if (now.Reading?.Age(now.Now) is { } age)
            Signals.ReadingAge.Record(age.TotalSeconds, network);
    }

    /// <summary>Said once a day for each campaign and rule. Late figures alone are shown on the card, not told.</summary>
    private async Task WarnAsync(Observation now, SafetyVerdict.Warning warning, CancellationToken cancellationToken)
    {
        var key = (now.Campaign.Id, warning.Rule);
        if (now.State == DataState.Late && warning.Evidence.Measure == "age of the figures" || _warned.GetValueOrDefault(key) == now.Today)
            return;

        _warned[key] = now.Today;
        await feed.PublishAsync(
            new FeedEvent(
                0, now.Now, now.Campaign.Workspace, now.Campaign.Account, now.Campaign.Id, now.Campaign.Name, FeedKind.Note, Severity.Medium,
                $"close to a limit: {RuleWords.Of(warning.Rule, ResultWord.Of(now.Campaign))}", warning.Evidence.Words, PersonId.Monitor,
                Simulated: now.Campaign.IsSimulated),
            cancellationToken);
    }
}
