using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Stepping;

namespace ChatOpsCampaigns.Bot.Simulating.Emergencies;

/// <summary>What "spend rate" may mean, which the product document does not say.</summary>
internal enum SpendRate
{
    /// <summary>The change since the look of 30 seconds ago.</summary>
    SinceLastLook,
    LastHour,

    /// <summary>The mean of the day so far.</summary>
    Today,
}

/// <summary>The product document's four conditions to the letter, looked at every 30 seconds.</summary>
internal sealed class BriefRules(SteppedTraits traits, SpendRate rate) : IEmergencyPolicy
{
    private const double OverspendFactor = 1.1;
    private const double ProjectedFactor = 2;
    private const double BlindSpend = 1000;
    private const double CostFactor = 3;
    private const int HistoryDays = 30;

    private readonly Queue<(int Step, double Spend)> _hour = new();
    private readonly Queue<(double Spend, int Results)> _days = new();
    private (int Day, double Spend) _last;

    public EmergencyCall? See(in ReportedView view, bool isStopped)
    {
        if (!view.IsNew || view.Failures > 0)
            return null;

        if (view.Day != _last.Day)
            BeginDay(view);

        var perHour = PerHour(view);
        _last = (view.Day, view.Spend);
        if (view.Spend > traits.Cap * OverspendFactor)
            return new EmergencyCall("overspend", Stops: true);

        if (perHour * 24 > traits.Cap * ProjectedFactor)
            return new EmergencyCall("rapid-acceleration", Stops: true);

        if (view.Spend > BlindSpend && view.Results == 0)
            return new EmergencyCall("zero-conversions", Stops: true);

        var (spend, results) = _days.Aggregate((Spend: 0.0, Results: 0), (sum, day) => (sum.Spend + day.Spend, sum.Results + day.Results));
        return results > 0 && view.Results > 0 && view.Spend / view.Results > CostFactor * spend / results
            ? new EmergencyCall("cpa-spike", Stops: true)
            : null;
    }

    /// <summary>Between two reports nothing changes, and nothing of this can come true.</summary>
    public int LooksAgainAt(int step) => int.MaxValue;

    public void Resumed(int step) => _hour.Clear();

    private void BeginDay(in ReportedView view)
    {
        _days.Enqueue((view.SpendYesterday, view.ResultsYesterday));
        if (_days.Count > HistoryDays)
            _days.Dequeue();

        _hour.Clear();
        _hour.Enqueue((view.Day * SteppedMarket.StepsADay, 0));
        _last = (view.Day, 0);
    }

    private double PerHour(in ReportedView view)
    {
        switch (rate)
        {
            case SpendRate.SinceLastLook:
                return (view.Spend - _last.Spend) * SteppedMarket.StepsAnHour;
            case SpendRate.Today:
                return view.StepOfDay == 0 ? 0 : view.Spend / view.StepOfDay * SteppedMarket.StepsAnHour;
            default:
                _hour.Enqueue((view.Step, view.Spend));
                while (_hour.Count > 1 && _hour.ElementAt(1).Step <= view.Step - SteppedMarket.StepsAnHour)
                    _hour.Dequeue();

                return Math.Max(0, view.Spend - _hour.Peek().Spend);
        }
    }
}
