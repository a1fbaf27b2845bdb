using ChatOpsCampaigns.Adapters.Persistence.Audit;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Persistence.Stores;

/// <param name="audit">Asked for when it is needed: the trail goes by the campaign clock, and where that stands is a setting.</param>
internal sealed class SettingsStore(Database database, Lazy<AuditChain> audit) : ISettingsStore
{
    private readonly Turnstile _names = new();

    public async Task<T?> FindAsync<T>(WorkspaceId workspace, string name, CancellationToken cancellationToken) where T : class
    {
        await using var db = database.Open();
        var body = await db.Set<SettingRow>()
            .Where(row => row.Workspace == workspace.Value && row.Name == name)
            .Select(row => row.Body)
            .FirstOrDefaultAsync(cancellationToken);
        return body is null ? null : Database.Read<T>(body);
    }

    public async Task SetAsync<T>(WorkspaceId workspace, string name, T value, CancellationToken cancellationToken) where T : class
    {
        using var turn = await _names.EnterAsync($"{workspace}/{name}", cancellationToken);
        await using var db = database.Open();
        await SetAsync(db, workspace, name, value, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }

    public async Task SetAsync<T>(WorkspaceId workspace, string name, T value, AuditEntry entry, CancellationToken cancellationToken) where T : class
    {
        using var turn = await _names.EnterAsync($"{workspace}/{name}", cancellationToken);
        await audit.Value.SaveAsync<T>(
            async db =>
            {
                await SetAsync(db, workspace, name, value, CancellationToken.None);
                return new(value, [entry]);
            },
            cancellationToken);
    }

    private static async Task SetAsync<T>(CampaignsDb db, WorkspaceId workspace, string name, T value, CancellationToken cancellationToken) where T : class
    {
        var row = await db.Set<SettingRow>().SingleOrDefaultAsync(known => known.Workspace == workspace.Value && known.Name == name, cancellationToken);
        if (row is null)
            db.Add(row = new SettingRow { Workspace = workspace.Value, Name = name });

        row.Body = Database.Write(value);
    }
}
