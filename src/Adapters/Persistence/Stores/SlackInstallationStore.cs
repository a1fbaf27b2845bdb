using System.Security.Cryptography;
using ChatOpsCampaigns.Adapters.Chat.Slack.Installing;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Persistence.Stores;

/// <summary>Tokens are encrypted for their own workspace: one that is moved to another row does not open there.</summary>
internal sealed partial class SlackInstallationStore(Database database, IDataProtectionProvider protection, ILogger<SlackInstallationStore> log) : ISlackInstallations
{
    private const string Purpose = "Slack tokens";

    public async Task<IReadOnlyList<KeptInstallation>> AllAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var rows = await db.Set<SlackInstallationRow>().AsNoTracking().OrderBy(row => row.Team).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new KeptInstallation(Database.Read<SlackInstallation>(row.Body), Opened(row), row.Generation))];
    }

    public async Task KeepAsync(SlackGrant grant, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var team = grant.Installation.Workspace;
        var row = await db.Set<SlackInstallationRow>().FirstOrDefaultAsync(known => known.Team == team, cancellationToken);
        if (row is null)
            db.Add(row = new SlackInstallationRow { Team = team, Workspace = WorkspaceId.Local.Value });

        row.Person = grant.Installation.By.Value;
        row.Body = Database.Write(grant.Installation);
        row.Tokens = Locked(team, grant.Tokens);
        row.Generation++;
        row.RenewingUntil = DateTimeOffset.UnixEpoch;
        await db.SaveChangesAsync(cancellationToken);
    }

    public async Task<bool> TryHoldAsync(KeptInstallation kept, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.InTurnAsync(
            token => Same(db, kept).Where(row => row.RenewingUntil <= now).ExecuteUpdateAsync(set => set.SetProperty(row => row.RenewingUntil, until), token), cancellationToken) == 1;
    }

    public async Task<bool> TryRenewAsync(KeptInstallation kept, SlackTokens tokens, CancellationToken cancellationToken)
    {
        var locked = Locked(kept.Is.Workspace, tokens);
        await using var db = database.Open();
        return await db.InTurnAsync(
            token => Same(db, kept).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Tokens, locked).SetProperty(row => row.Generation, kept.Generation + 1).SetProperty(row => row.RenewingUntil, DateTimeOffset.UnixEpoch), token),
            cancellationToken) == 1;
    }

    public async Task<bool> TryEndAsync(KeptInstallation kept, SlackEnd end, CancellationToken cancellationToken)
    {
        var body = Database.Write(kept.Is with { Ended = end });
        await using var db = database.Open();
        return await db.InTurnAsync(
            token => Same(db, kept).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Body, body).SetProperty(row => row.Tokens, (string?)null).SetProperty(row => row.Generation, kept.Generation + 1), token),
            cancellationToken) == 1;
    }

    private static IQueryable<SlackInstallationRow> Same(CampaignsDb db, KeptInstallation kept) =>
        db.Set<SlackInstallationRow>().Where(row => row.Team == kept.Is.Workspace && row.Generation == kept.Generation);

    private string Locked(string team, SlackTokens tokens) => Protector(team).Protect(Database.Write(tokens));

    /// <summary>Null also when they cannot be read: a workspace has to install us again then, and everything else goes on.</summary>
    private SlackTokens? Opened(SlackInstallationRow row)
    {
        try
        {
            return row.Tokens is { } locked ? Database.Read<SlackTokens>(Protector(row.Team).Unprotect(locked)) : null;
        }
        catch (CryptographicException fault)
        {
            NotOpened(row.Team, fault);
            return null;
        }
    }

    private IDataProtector Protector(string team) => protection.CreateProtector(Purpose, team);

    [LoggerMessage(EventId = 436, Level = LogLevel.Error, Message = "The tokens for the Slack workspace {Workspace} cannot be read, as after a change of Audit:Key; it has to install the app again.")]
    private partial void NotOpened(string workspace, Exception fault);
}
