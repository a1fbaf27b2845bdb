using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Stepping;

namespace ChatOpsCampaigns.Bot.Simulating.Emergencies;

/// <summary>What a look at the network shows of one campaign.</summary>
/// <param name="Step">Now, in steps of 30 seconds since the start.</param>
/// <param name="IsNew">A renewed report, or a new day.</param>
/// <param name="Failures">Looks in a row that the network did not answer; the figures are then those of before.</param>
internal readonly record struct ReportedView(
    int Step, bool IsNew, int Failures, double Spend, double SpendYesterday, int Results, int ResultsYesterday,
    double Clicks, double ClicksYesterday, double Impressions, double ImpressionsYesterday)
{
    public int Day => Step / SteppedMarket.StepsADay;

    public int StepOfDay => Step % SteppedMarket.StepsADay;
}

/// <summary>What a policy calls for.</summary>
/// <param name="Stops">It pauses the campaign; otherwise people are told.</param>
internal readonly record struct EmergencyCall(string Rule, bool Stops);

/// <summary>Somebody who watches one campaign and may stop it. What was stopped runs again at the next midnight of its account.</summary>
internal interface IEmergencyPolicy
{
    /// <summary>Shown whenever something is new and whenever it asked to look again.</summary>
    /// <param name="isStopped">It stands still: only to be remembered.</param>
    EmergencyCall? See(in ReportedView view, bool isStopped);

    /// <summary>The next step at which it looks although nothing is new.</summary>
    int LooksAgainAt(int step);

    /// <summary>A person lets the campaign run again.</summary>
    void Resumed(int step);
}
