using System.Reflection;

namespace ChatOpsCampaigns.Automation.Agent;

/// <summary>The version of the program, and so of the rules, rails and optimisers in it: what it is told by its settings is on record in entries of its own.</summary>
public static class RulesVersion
{
    /// <summary>As many characters of the source's own name tell it from every other.</summary>
    private const int Enough = 12;

    /// <summary>In full, for the audit trail.</summary>
    public static string Full { get; } =
        typeof(RulesVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "not known";

    /// <summary>For people, and for a decision: "1.0.0+9ca7f3d2b1e0".</summary>
    public static string Present { get; } = Full.IndexOf('+', StringComparison.Ordinal) is > 0 and var plus && Full.Length > plus + 1 + Enough ? Full[..(plus + 1 + Enough)] : Full;
}
