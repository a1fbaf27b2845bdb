using ChatOpsCampaigns.Automation.Campaigns;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Persistence;

/// <summary>Read, change and save a versioned record; somebody else's save in between means reading and changing again.</summary>
/// <param name="fill">Copies what is asked for from the record into the row's columns.</param>
/// <param name="withVersion">The record with a version.</param>
internal sealed class Documents<TRow, T>(Database database, string what, Action<TRow, T> fill, Func<T, int, T> withVersion)
    where TRow : DocumentRow, new()
    where T : class
{
    private const int Attempts = 10;

    /// <summary>Stands there once the unit of work is saved.</summary>
    public T Add(CampaignsDb db, T record)
    {
        var stored = withVersion(record, 1);
        var row = new TRow();
        Write(row, stored, 1);
        db.Add(row);
        return stored;
    }

    /// <summary>The record as it was and as it stands once the unit of work is saved; unchanged: there is nothing to save.</summary>
    public async Task<(T Before, T After)> ChangeAsync(CampaignsDb db, string id, Func<T, T> change, CancellationToken cancellationToken)
    {
        var row = await db.Set<TRow>().SingleAsync(known => known.Id == id, cancellationToken);
        var before = withVersion(Database.Read<T>(row.Body), row.Version);
        var after = change(before);
        if (ReferenceEquals(before, after))
            return (before, before);

        after = withVersion(after, row.Version + 1);
        Write(row, after, row.Version + 1);
        return (before, after);
    }

    public async Task<T> ChangeAsync(string id, Func<T, T> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = database.Open();
            var (_, after) = await ChangeAsync(db, id, change, cancellationToken);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return after;
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                // Read again: the change is a function of what stands there.
            }
            catch (DbUpdateConcurrencyException)
            {
                throw new StaleException(what);
            }
        }
    }

    public void Write(TRow row, T record, int version)
    {
        fill(row, record);
        row.Version = version;
        row.Body = Database.Write(record);
    }
}
