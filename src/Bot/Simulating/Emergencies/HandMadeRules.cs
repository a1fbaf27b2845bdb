using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Stepping;

namespace ChatOpsCampaigns.Bot.Simulating.Emergencies;

/// <summary>Rules such as networks offer, every half hour: above the cap, three targets spent without a result, or twice the target.</summary>
internal sealed class HalfHourRules(SteppedTraits traits) : IEmergencyPolicy
{
    private const int Every = SteppedMarket.StepsAnHour / 2;
    private const double LeastTargets = 3;
    private const double CostFactor = 2;

    public EmergencyCall? See(in ReportedView view, bool isStopped)
    {
        if (view.Step % Every != 0 || view.Failures > 0)
            return null;

        if (view.Spend > traits.Cap)
            return new EmergencyCall("spend", Stops: true);

        if (view.Spend <= LeastTargets * traits.TargetCpa)
            return null;

        if (view.Results == 0)
            return new EmergencyCall("no-result", Stops: true);

        return view.Spend / view.Results > CostFactor * traits.TargetCpa ? new EmergencyCall("cost", Stops: true) : null;
    }

    public int LooksAgainAt(int step) => ((step / Every) + 1) * Every;

    public void Resumed(int step)
    {
    }
}

/// <summary>Somebody who looks at yesterday and today at nine in the morning.</summary>
internal sealed class DailyHuman(SteppedTraits traits) : IEmergencyPolicy
{
    private const int Nine = 9 * SteppedMarket.StepsAnHour;
    private const double LeastTargets = 5;
    private const double CostFactor = 2;
    private const double MorningShareOfCap = 0.75;

    public EmergencyCall? See(in ReportedView view, bool isStopped)
    {
        if (view.StepOfDay != Nine || view.Failures > 0)
            return null;

        if (view.SpendYesterday > traits.Cap || view.Spend > MorningShareOfCap * traits.Cap)
            return new EmergencyCall("spend", Stops: true);

        var isEnough = view.SpendYesterday > LeastTargets * traits.TargetCpa;
        return isEnough && view.SpendYesterday > CostFactor * traits.TargetCpa * view.ResultsYesterday ? new EmergencyCall("cost", Stops: true) : null;
    }

    public int LooksAgainAt(int step)
    {
        var nine = (step / SteppedMarket.StepsADay * SteppedMarket.StepsADay) + Nine;
        return nine > step ? nine : nine + SteppedMarket.StepsADay;
    }

    public void Resumed(int step)
    {
    }
}
