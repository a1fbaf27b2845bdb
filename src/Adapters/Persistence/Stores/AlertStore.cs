using ChatOpsCampaigns.Automation.Alerts;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Persistence.Stores;

internal sealed class AlertStore(Database database) : IAlertStore
{
    public async Task AddAsync(Alert alert, IReadOnlyList<string> channels, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var known = await db.Set<AlertRow>().Where(row => row.Key == alert.Key).Select(row => row.Channel).ToListAsync(cancellationToken);
        foreach (var channel in channels.Except(known))
        {
            db.Add(new AlertRow
            {
                Workspace = alert.Workspace.Value,
                AdAccount = alert.Account?.Value,
                Key = alert.Key,
                Channel = channel,
                Incident = alert.Incident?.Value,
                At = alert.At,
                Body = Database.Write(alert),
            });
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<(Alert Alert, string Channel)>> WaitingAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var rows = await db.Set<AlertRow>().AsNoTracking().Where(row => !row.Settled && row.At > since).OrderBy(row => row.At).ToListAsync(cancellationToken);
        return [.. rows.Select(row => (Database.Read<Alert>(row.Body), row.Channel))];
    }

    public async Task<IReadOnlyList<(Alert Alert, AlertReceipt Receipt)>> AcceptedAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var rows = await db.Set<AlertRow>().AsNoTracking().Where(row => row.Accepted && row.At > since && row.Receipt != null).ToListAsync(cancellationToken);
        return [.. rows.Select(row => (Database.Read<Alert>(row.Body), Database.Read<AlertReceipt>(row.Receipt!)))];
    }

    public async Task KeepAsync(AlertReceipt receipt, CancellationToken cancellationToken)
    {
        var body = Database.Write(receipt);
        await using var db = database.Open();
        await db.InTurnAsync(
            token => db.Set<AlertRow>()
                .Where(row => row.Key == receipt.Key && row.Channel == receipt.Channel)
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(row => row.Accepted, receipt.Accepted)
                        .SetProperty(row => row.Settled, receipt.Accepted || receipt.IsLast)
                        .SetProperty(row => row.Receipt, body),
                    token),
            cancellationToken);
    }

    public async Task<IReadOnlyList<AlertReceipt>> ReceiptsAsync(IncidentId incident, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var receipts = await db.Set<AlertRow>().AsNoTracking()
            .Where(row => row.Incident == incident.Value && row.Receipt != null)
            .OrderBy(row => row.At)
            .Select(row => row.Receipt!)
            .ToListAsync(cancellationToken);
        return [.. receipts.Select(Database.Read<AlertReceipt>)];
    }

    public async Task<IReadOnlyList<string>> KeysAsync(IncidentId incident, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.Set<AlertRow>().AsNoTracking().Where(row => row.Incident == incident.Value).Select(row => row.Key).Distinct().ToListAsync(cancellationToken);
    }
}
