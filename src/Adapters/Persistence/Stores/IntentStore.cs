using ChatOpsCampaigns.Adapters.Persistence.Audit;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Persistence.Stores;

/// <summary>The journal of commands. <see cref="NetworkGate"/> is its only writer and takes one turn for each key.</summary>
internal sealed class IntentStore(Database database, AuditChain audit) : IIntentStore
{
    private static readonly string[] Open = [nameof(IntentState.Planned), nameof(IntentState.Sent), nameof(IntentState.Unknown)];

    public Task<CommandIntent?> FindAsync(CommandKey key, CancellationToken cancellationToken) =>
        database.FindAsync<IntentRow, CommandIntent>(key.Value, cancellationToken);

    public Task<CommandIntent> AddAsync(CommandIntent intent, CancellationToken cancellationToken) => audit.SaveAsync<CommandIntent>(
        async db =>
        {
            if (await FindAsync(db, intent.Key) is { } present)
                return new(Database.Read<CommandIntent>(present.Body), []);

            db.Add(New(intent));
            return new(intent, IntentEntry.OfNew(intent));
        },
        cancellationToken);

    public Task SaveAsync(CommandIntent intent, CancellationToken cancellationToken) => audit.SaveAsync<CommandIntent>(
        async db =>
        {
            if (await FindAsync(db, intent.Key) is not { } row)
            {
                db.Add(New(intent));
                return new(intent, IntentEntry.OfNew(intent));
            }

            if (row.Body == Database.Write(intent))
                return new(intent, []);

            Fill(row, intent).Version++;
            return new(intent, IntentEntry.OfChange(intent));
        },
        cancellationToken);

    public Task<IReadOnlyList<CommandIntent>> OpenAsync(CancellationToken cancellationToken) =>
        database.ListAsync<IntentRow, CommandIntent>(rows => rows.Where(row => Open.Contains(row.State)).OrderBy(row => row.At), cancellationToken);

    public Task<IReadOnlyList<CommandIntent>> FailedAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        database.ListAsync<IntentRow, CommandIntent>(
            rows => rows.Where(row => row.State == nameof(IntentState.Failed) && row.SettledAt >= since).OrderBy(row => row.SettledAt), cancellationToken);

    /// <summary>A column keeps milliseconds, the record itself more: put in order there.</summary>
    public async Task<IReadOnlyList<CommandIntent>> ConfirmedAsync(CampaignId campaign, DateTimeOffset since, CancellationToken cancellationToken) =>
        CommandIntent.NewestFirst(await database.ListAsync<IntentRow, CommandIntent>(
            rows => rows.Where(row => row.Campaign == campaign.Value && row.State == nameof(IntentState.Confirmed) && row.SettledAt >= since), cancellationToken));

    private static Task<IntentRow?> FindAsync(CampaignsDb db, CommandKey key) =>
        db.Set<IntentRow>().SingleOrDefaultAsync(known => known.Id == key.Value, CancellationToken.None);

    private static IntentRow New(CommandIntent intent) => Fill(new IntentRow { Id = intent.Key.Value, At = intent.PlannedAt }, intent);

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
