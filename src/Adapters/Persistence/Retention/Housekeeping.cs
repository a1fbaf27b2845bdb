namespace ChatOpsCampaigns.Adapters.Persistence.Retention;

/// <summary>Rolls up, then deletes, then gives room back: a small part with each call.</summary>
internal sealed class Housekeeping(Database database, RollUp rollUp, OldRecords old, OldFiles files)
{
    /// <param name="campaignNow">What readings, decisions, forecasts, feed, commands and incidents go by.</param>
    /// <param name="machineNow">What turns, activities, alerts and files go by.</param>
    /// <returns>Whether there was something to do.</returns>
    public async Task<bool> DoSomeAsync(DateTimeOffset campaignNow, DateTimeOffset machineNow, CancellationToken cancellationToken)
    {
        if (await rollUp.RollSomeAsync(campaignNow, cancellationToken) > 0 || await old.DeleteSomeAsync(campaignNow, machineNow, cancellationToken) > 0 || await files.DeleteAsync(machineNow, cancellationToken) > 0)
            return true;

        await using var db = database.OpenToWait();
        return await db.GiveSpaceBackAsync(cancellationToken);
    }
}
