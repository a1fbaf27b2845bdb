using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Persistence.Stores;

/// <summary>The journal of commands. <see cref="NetworkGate"/> is its only writer and takes one turn for each key.</summary>
internal sealed class IntentStore(Database database) : IIntentStore
{
    private static readonly string[] Open = [nameof(IntentState.Planned), nameof(IntentState.Sent), nameof(IntentState.Unknown)];

    public Task<CommandIntent?> FindAsync(CommandKey key, CancellationToken cancellationToken) =>
        database.FindAsync<IntentRow, CommandIntent>(key.Value, cancellationToken);

    public async Task<CommandIntent> AddAsync(CommandIntent intent, CancellationToken cancellationToken)
    {
        if (await FindAsync(intent.Key, cancellationToken) is { } present)
            return present;

        await using var db = database.Open();
        db.Add(Fill(new IntentRow { Id = intent.Key.Value, At = intent.PlannedAt }, intent));
        await db.SaveChangesAsync(cancellationToken);
        return intent;
    }

    public async Task SaveAsync(CommandIntent intent, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var row = await db.Set<IntentRow>().SingleOrDefaultAsync(known => known.Id == intent.Key.Value, cancellationToken);
        if (row is null)
            db.Add(row = new IntentRow { Id = intent.Key.Value, At = intent.PlannedAt });

        Fill(row, intent).Version++;
        await db.SaveChangesAsync(cancellationToken);
    }

    public Task<IReadOnlyList<CommandIntent>> OpenAsync(CancellationToken cancellationToken) =>
        database.ListAsync<IntentRow, CommandIntent>(rows => rows.Where(row => Open.Contains(row.State)).OrderBy(row => row.At), cancellationToken);

    public Task<IReadOnlyList<CommandIntent>> FailedAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        database.ListAsync<IntentRow, CommandIntent>(
            rows => rows.Where(row => row.State == nameof(IntentState.Failed) && row.SettledAt >= since).OrderBy(row => row.SettledAt), cancellationToken);

    /// <summary>A column keeps milliseconds, the record itself more: put in order there.</summary>
    public async Task<IReadOnlyList<CommandIntent>> ConfirmedAsync(CampaignId campaign, DateTimeOffset since, CancellationToken cancellationToken) =>
        CommandIntent.NewestFirst(await database.ListAsync<IntentRow, CommandIntent>(
            rows => rows.Where(row => row.Campaign == campaign.Value && row.State == nameof(IntentState.Confirmed) && row.SettledAt >= since), cancellationToken));

    private static IntentRow Fill(IntentRow row, CommandIntent intent)
    {
        row.Workspace = intent.Workspace.Value;
        row.AdAccount = intent.Command.Account.Value;
        row.Person = intent.By.Value;
        row.Campaign = intent.Command.Campaign.Value;
        row.State = intent.State.ToString();
        row.SettledAt = intent.SettledAt;
        row.Body = Database.Write(intent);
        return row;
    }
}
