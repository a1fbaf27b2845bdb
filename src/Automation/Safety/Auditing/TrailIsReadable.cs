using ChatOpsCampaigns.Automation.Feed;

namespace ChatOpsCampaigns.Automation.Safety.Auditing;

/// <summary>The audit trail's newest entry can be read. Whether all of it is as it was written, <c>audit verify</c> tells.</summary>
public sealed class TrailIsReadable(IAuditTrail audit) : ISelfCheck
{
    public string Name => "audit_trail";

    public async Task<IReadOnlyList<SelfFinding>> LookAsync(CancellationToken cancellationToken)
    {
        await audit.LatestAsync(null, 1, cancellationToken);
        return [];
    }
}
