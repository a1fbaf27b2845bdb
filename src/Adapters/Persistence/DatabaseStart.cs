namespace ChatOpsCampaigns.Adapters.Persistence;

/// <summary>Makes the data folder, brings the database up to date and looks whether it is whole, before anything else uses it.</summary>
/// <param name="hold">What keeps other processes away from a server's database; null where the data folder's own lock does.</param>
internal sealed class DatabaseStart(Database database, DataFolder folder, PostgresHold? hold = null)
{
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder.Path);
        await HoldAsync(cancellationToken);
        try
        {
            if ((await new DatabaseStanding(database).MigrationsAsync(cancellationToken)).OfANewer is { } newer)
                throw new InvalidOperationException($"{(hold is null ? Path.GetFileName(folder.Database) : "The PostgreSQL database")} {newer}. {MigrationStanding.RunTheNewer}");

            await using var db = database.Open();
            await db.PrepareAsync(cancellationToken);
        }
        catch (Exception fault) when (FileFault.SentenceOf(fault, folder.Database) is { } sentence)
        {
            throw new InvalidOperationException(sentence, fault);
        }
    }

    /// <summary>Keeps other processes away from a server's database and changes nothing in it.</summary>
    public Task HoldAsync(CancellationToken cancellationToken) => hold is null ? Task.CompletedTask : hold.TakeAsync(cancellationToken);
}
