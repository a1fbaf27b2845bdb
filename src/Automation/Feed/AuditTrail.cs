using System.Text.Json.Nodes;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Feed;

/// <summary>One line of proof: intents, outcomes, approvals, stops, settings.</summary>
/// <param name="Kind">What happened: <c>intent</c>, <c>outcome</c>, <c>approval</c>, <c>stop</c>, <c>resume</c>, <c>setting</c> …</param>
/// <param name="Facts">The particulars, as JSON; never a secret.</param>
public sealed record AuditEntry(
    WorkspaceId Workspace, AdAccountId? Account, CampaignId? Campaign, PersonId Actor, string Kind, string Says, JsonObject Facts);

/// <summary>Finds what was written although its writer was told that it was not.</summary>
public static class Written
{
    /// <summary>How far back is looked, in entries of the campaign.</summary>
    private const int Looked = 500;

    public static async Task<bool> HasAsync(this IAuditTrail trail, AuditEntry entry, CancellationToken cancellationToken) =>
        (await trail.LatestAsync(entry.Campaign, Looked, cancellationToken)).Any(stored =>
            stored.Entry.Kind == entry.Kind && stored.Entry.Says == entry.Says && stored.Entry.Actor == entry.Actor && JsonNode.DeepEquals(stored.Entry.Facts, entry.Facts));
}

/// <summary>An entry as it stands in the chain.</summary>
public sealed record StoredAuditEntry(long Number, DateTimeOffset At, AuditEntry Entry, string PreviousHash, string Hash);

/// <summary>What walking the chain found.</summary>
/// <param name="FirstBad">Number of the first entry that does not fit, or null when all do.</param>
/// <param name="CannotSee">Kinds of tampering that this run could not have seen, for example without checkpoints.</param>
public sealed record AuditVerdict(long Entries, long? FirstBad, string Says, IReadOnlyList<string> CannotSee)
{
    public bool Intact => FirstBad is null;

    /// <summary>What was told in the chat of the last days, in the same words and the newest first: for whoever compares by hand.</summary>
    public IReadOnlyList<string> Checkpoints { get; init; } = [];

    /// <summary>Entries from which a person was taken out on request, as an entry of its own says.</summary>
    public long Removed { get; init; }
}

/// <summary>Append-only, chained with a keyed hash. Writing here comes before the effect it speaks of.</summary>
public interface IAuditTrail
{
    Task<long> AppendAsync(AuditEntry entry, CancellationToken cancellationToken);

    Task<AuditVerdict> VerifyAsync(CancellationToken cancellationToken);

    /// <summary>The newest entries first.</summary>
    Task<IReadOnlyList<StoredAuditEntry>> LatestAsync(CampaignId? campaign, int count, CancellationToken cancellationToken);
}
