using ChatOpsCampaigns.Automation.Feed;

namespace ChatOpsCampaigns.Adapters.Persistence.Audit;

/// <summary>What came of a change, and the entries that it leaves in the audit trail; none: it is not one for the trail, or nothing changed.</summary>
internal sealed record Recorded<T>(T Result, IReadOnlyList<AuditEntry> Entries);
