using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Persistence.Stores;

internal sealed class SettingsStore(Database database) : ISettingsStore
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
        var row = await db.Set<SettingRow>().SingleOrDefaultAsync(known => known.Workspace == workspace.Value && known.Name == name, cancellationToken);
        if (row is null)
            db.Add(row = new SettingRow { Workspace = workspace.Value, Name = name });

        row.Body = Database.Write(value);
        await db.SaveChangesAsync(cancellationToken);
    }
}
