using System.Runtime.CompilerServices;
using ChatOpsCampaigns.Automation.Feed;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Persistence.Audit;

/// <summary>Reads the audit trail from its beginning to its end without holding it in memory.</summary>
internal sealed class AuditRange(Database database)
{
    /// <summary>Entries from an instant on and before another, in their order.</summary>
    public async IAsyncEnumerable<StoredAuditEntry> ReadAsync(DateTimeOffset from, DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var rows = db.Set<AuditRow>().AsNoTracking().Where(row => row.At >= from && row.At < before).OrderBy(row => row.Number);
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
            yield return new StoredAuditEntry(row.Number, row.At, Database.Read<AuditEntry>(row.Body), row.PreviousHash, row.Hash);
    }
}
