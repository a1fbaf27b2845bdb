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

    public async Task<T> AddAsync(CampaignsDb db, T record, CancellationToken cancellationToken)
    {
        var stored = withVersion(record, 1);
        var row = new TRow();
        Write(row, stored, 1);
        db.Add(row);
        await db.SaveChangesAsync(cancellationToken);
        return stored;
    }

    public async Task<T> ChangeAsync(string id, Func<T, T> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = database.Open();
            var row = await db.Set<TRow>().SingleAsync(known => known.Id == id, cancellationToken);
            var changed = withVersion(change(withVersion(Database.Read<T>(row.Body), row.Version)), row.Version + 1);
            Write(row, changed, row.Version + 1);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return changed;
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
