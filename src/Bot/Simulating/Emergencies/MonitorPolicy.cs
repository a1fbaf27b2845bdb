using System.Collections.Immutable;
using ChatOpsCampaigns.Adapters.AdNetworks;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Stepping;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Bot.Simulating.Emergencies;

/// <summary>
/// The product's own emergency monitor: its reading windows, its observation and every one of its rules, the very classes that stop
/// real campaigns. They are asked when the reports show something new and when a rule could come true by time alone.
/// </summary>
internal sealed class MonitorPolicy : IEmergencyPolicy
{
    /// <summary>While figures are stale, or near the cap, 30 s later; after a quarter of an hour of that every five minutes.</summary>
    private const int LooksOften = SteppedMarket.StepsAnHour / 4;
    private const int Seldom = SteppedMarket.StepsAnHour / 12;

    private readonly SteppedTraits _traits;
    private readonly SafetyPanel _panel = new();
    private readonly ReadingWindows _windows;
    private readonly SteppedTime _time = new();
    private readonly AdAccount _account;
    private readonly NetworkProfile _profile;
    private readonly NetworkCampaign _running;
    private Campaign _campaign;
    private int _watchesSince = int.MaxValue;
    private int _staleAt = int.MaxValue;

    public MonitorPolicy(SteppedTraits traits)
    {
        _traits = traits;
        (_campaign, _account, _profile, _running) = SteppedCampaigns.Of(traits);
        _windows = new ReadingWindows(NoReadings.Instance, new CampaignClock(_time, 1, SteppedTime.Start), NullLogger<ReadingWindows>.Instance);
    }

    /// <summary>What the product knows at this moment; null before the first reading.</summary>
    public Observation Observe(in ReportedView view)
    {
        _time.Step = view.Step;
        if (view.IsNew && view.Failures == 0)
            _windows.Take(_campaign.Id, _account, Reading(view));

        var unseen = view.Failures > 0 ? SteppedTime.At(view.Step - view.Failures + 1) : (DateTimeOffset?)null;
        return Observer.Assemble(_campaign, _account, _profile, SteppedTime.At(view.Step), new ReadStanding(view.Failures, unseen), _windows.Of(_campaign.Id));
    }

    public EmergencyCall? See(in ReportedView view, bool isStopped)
    {
        var now = Observe(view);
        if (isStopped)
            return null;

        WatchTime(view, now);
        EmergencyCall? told = null;
        foreach (var verdict in _panel.Judge(now))
        {
            if (verdict is not SafetyVerdict.Breach breach)
                continue;

            if (breach.Remedy == Remedy.PauseCampaign)
                return new EmergencyCall(breach.Rule.Value, Stops: true);

            told ??= new EmergencyCall(breach.Rule.Value, Stops: false);
        }

        return told;
    }

    public int LooksAgainAt(int step)
    {
        if (_watchesSince == int.MaxValue)
            return _staleAt > step ? _staleAt : int.MaxValue;

        return step + (step - _watchesSince < LooksOften ? 1 : Seldom);
    }

    public void Resumed(int step) => _campaign = _campaign with { LastResumedAt = SteppedTime.At(step) };

    private void WatchTime(in ReportedView view, Observation now)
    {
        var isWatched = view.Failures > 0 || now.State is DataState.Stale or DataState.None or DataState.Impossible || view.Spend > (double)SafetyLimits.CapWarningShare * _traits.Cap;
        _watchesSince = !isWatched ? int.MaxValue : Math.Min(_watchesSince, view.Step);
        var sinceChange = now.Reading is { } reading ? now.Now - reading.ReadAt : TimeSpan.Zero;
        var stale = (_profile.UsualReportAge.Value * SafetyLimits.StaleAges) - sinceChange;
        _staleAt = stale > TimeSpan.Zero ? view.Step + 1 + (int)(stale.TotalSeconds / SteppedMarket.StepSeconds) : int.MaxValue;
    }

    private PerformanceReading Reading(in ReportedView view)
    {
        var today = SteppedTime.DayOf(view.Step);
        return new PerformanceReading(
            _running, SteppedTime.At(view.Step), null,
            Figures(today, view.Spend, view.Impressions, view.Clicks, view.Results),
            view.Day == 0 ? null : Figures(today.Previous, view.SpendYesterday, view.ImpressionsYesterday, view.ClicksYesterday, view.ResultsYesterday),
            []);
    }

    private static DayFigures Figures(AccountDay day, double spend, double impressions, double clicks, int results) => new(
        day, Currency.Usd.Of((decimal)spend).Rounded(), (long)impressions, (long)clicks, results, null);
}
