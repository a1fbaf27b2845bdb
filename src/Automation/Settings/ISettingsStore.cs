using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Settings;

/// <summary>Small facts that must survive a restart: switches, heartbeats, the campaign clock. Values are JSON.</summary>
public interface ISettingsStore
{
    Task<T?> FindAsync<T>(WorkspaceId workspace, string name, CancellationToken cancellationToken) where T : class;

    Task SetAsync<T>(WorkspaceId workspace, string name, T value, CancellationToken cancellationToken) where T : class;

    /// <summary>The same in one commit with its entry in the audit trail.</summary>
    Task SetAsync<T>(WorkspaceId workspace, string name, T value, AuditEntry entry, CancellationToken cancellationToken) where T : class;
}
