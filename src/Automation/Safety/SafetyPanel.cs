using ChatOpsCampaigns.Automation.Safety.Observing;

namespace ChatOpsCampaigns.Automation.Safety;

/// <summary>Lets every rule speak about the same observation. A rule that throws is heard as "unknown".</summary>
public sealed class SafetyPanel(IReadOnlyList<ISafetyRule> rules)
{
    public SafetyPanel() : this(SafetyRules.All)
    {
    }

    public IReadOnlyList<SafetyVerdict> Judge(Observation now) => [.. rules.Select(rule => Hear(rule, now))];

    private static SafetyVerdict Hear(ISafetyRule rule, Observation now)
    {
        try
        {
            return rule.Judge(now);
        }
        catch (Exception fault)
        {
            return new SafetyVerdict.Unknown(rule.Id, $"the rule failed: {fault.Message}");
        }
    }
}
