using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Stepping;

namespace ChatOpsCampaigns.Bot.Simulating.Emergencies;

/// <summary>The policies of the emergency experiment by their names.</summary>
internal static class NamedPolicies
{
    public const string Agent = "agent";
    public const string None = "none";

    public static readonly IReadOnlyList<string> All = [Agent, "brief", "brief-hour", "brief-day", "rules30", "human", None];

    public static IEmergencyPolicy Of(string name, SteppedTraits traits) => name switch
    {
        Agent => new MonitorPolicy(traits),
        "brief" => new BriefRules(traits, SpendRate.SinceLastLook),
        "brief-hour" => new BriefRules(traits, SpendRate.LastHour),
        "brief-day" => new BriefRules(traits, SpendRate.Today),
        "rules30" => new HalfHourRules(traits),
        "human" => new DailyHuman(traits),
        _ => new Nobody(),
    };

    private sealed class Nobody : IEmergencyPolicy
    {
        public EmergencyCall? See(in ReportedView view, bool isStopped) => null;

        public int LooksAgainAt(int step) => int.MaxValue;

        public void Resumed(int step)
        {
        }
    }
}
