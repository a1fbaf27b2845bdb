using ChatOpsCampaigns.Automation.Feed;

namespace ChatOpsCampaigns.Automation.Safety.Auditing;

/// <summary>Something that should be so at every moment and is not.</summary>
/// <param name="Says">For people; names what is concerned.</param>
public sealed record SelfFinding(string Check, Severity Severity, string Says)
{
    /// <summary>People hear of it by another incident already; it still keeps the heartbeat from being sent.</summary>
    public bool IsToldElsewhere { get; init; }
}

/// <summary>One thing that the program asks itself every minute.</summary>
public interface ISelfCheck
{
    /// <summary>One word for a metric.</summary>
    string Name { get; }

    /// <summary>What is not as it should be.</summary>
    Task<IReadOnlyList<SelfFinding>> LookAsync(CancellationToken cancellationToken);
}
