using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Installing;

/// <summary>
/// The workspaces that installed us, with a token that counts: renewed before it ends, or when Slack refuses it; and given up once Slack says twice, by a
/// call or an event and by <c>auth.test</c>, that it is worth nothing any more.
/// </summary>
internal sealed partial class SlackInstalled(SlackOAuth oauth, ISlackInstallations store, ActRecorder acts, TimeProvider machine, ILogger<SlackInstalled> log)
{
    /// <summary>How long before its end a token is renewed, as the vendor's own clients do; each a little earlier, so that they do not all come at once.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromHours(2);
    private static readonly TimeSpan Spread = TimeSpan.FromMinutes(30);

    /// <summary>What another node changed is seen after this.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    /// <summary>One who began to renew and fell is waited for no longer.</summary>
    private static readonly TimeSpan Renewing = TimeSpan.FromMinutes(1);

    /// <summary>How long after its end every Admin is still to be told, over a restart too.</summary>
    private static readonly TimeSpan Told = TimeSpan.FromHours(1);

    private readonly Turnstile _renewing = new();
    private readonly Lock _gate = new();
    private Task? _reading;
    private Read _read = new([], DateTimeOffset.MinValue) { IsRead = false };

    private sealed record Read(IReadOnlyList<KeptInstallation> All, DateTimeOffset At)
    {
        public bool IsRead { get; init; } = true;
    }

    /// <summary>Whole workspaces that we were taken out of a short while ago, and why.</summary>
    public IReadOnlyDictionary<ConversationId, string> Gone => Volatile.Read(ref _read).All
        .Where(kept => kept.Is.Ended is { } end && machine.GetUtcNow() - end.At < Told)
        .ToDictionary(kept => SlackPlace.Whole(kept.Is.Workspace), WhyNot);

    /// <summary>The same as far as the database says so in time; else as it was when it last did. Nothing is renewed: a call that is refused is.</summary>
    /// <exception cref="TimeoutException">The database has not said it once.</exception>
    public async Task<SlackAccess?> KnownAsync(string workspace, TimeSpan soon, CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync().WaitAsync(soon, machine, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException && Volatile.Read(ref _read).IsRead)
        {
            Stale(fault.Message);
        }

        return Volatile.Read(ref _read).All.FirstOrDefault(kept => kept.Is.Workspace == workspace) is { Tokens: not null } kept ? Access(kept) : null;
    }

    /// <summary>One look for all who wait for it.</summary>
    private Task ReadAsync()
    {
        lock (_gate)
        {
            if (_reading is null or { IsCompleted: true })
                _reading = AllAsync(CancellationToken.None);

            return _reading;
        }
    }

    public async Task<IReadOnlyList<KeptInstallation>> AllAsync(CancellationToken cancellationToken)
    {
        var now = machine.GetUtcNow();
        if (Volatile.Read(ref _read) is var known && now - known.At < Fresh)
            return known.All;

        var read = new Read([.. (await store.AllAsync(cancellationToken)).Where(kept => oauth.Allows(kept.Is.Workspace))], now);
        Volatile.Write(ref _read, read);
        return read.All;
    }

    /// <summary>Null where we are not installed.</summary>
    public async Task<SlackAccess?> FindAsync(string workspace, CancellationToken cancellationToken)
    {
        if (await KeptAsync(workspace, cancellationToken) is not { Tokens: { } tokens } kept)
            return null;

        // One that has ended already is of no use; when it cannot be renewed just now, its calls say so.
        if (tokens.Expires <= machine.GetUtcNow())
            kept = await RenewAsync(kept, cancellationToken) ?? kept;

        return Access(kept);
    }

    /// <exception cref="ClosedPlaceException">We are not installed there any more, or never were.</exception>
    public async Task<SlackAccess> AccessAsync(string workspace, CancellationToken cancellationToken) =>
        await FindAsync(workspace, cancellationToken) ?? throw new ClosedPlaceException(
            SlackPlace.Whole(workspace),
            await KeptAsync(workspace, cancellationToken) is { } kept ? WhyNot(kept) : "I am not installed in that workspace; open /slack/install there",
            new SlackException("auth.test", "not_authed", $"we are not installed in the workspace {workspace}"));

    public async Task InstallAsync(SlackGrant grant, CancellationToken cancellationToken)
    {
        await store.KeepAsync(grant, cancellationToken);
        Forget();
        await RecordAsync(grant.Installation, grant.Installation.By, $"installed the bot in the Slack workspace {grant.Installation.Said}", cancellationToken);
        Installed(grant.Installation.Said);
    }

    /// <summary>Slack told that we were taken out of a workspace. An event may come late, after we were installed again: a token that works is kept.</summary>
    /// <exception cref="SlackException">Slack does not say whether it works; to be told again.</exception>
    public async Task LostAsync(string workspace, string why, CancellationToken cancellationToken)
    {
        using var turn = await _renewing.EnterAsync(workspace, cancellationToken);
        if (await NewestAsync(workspace, cancellationToken) is { } kept)
            await EndUnlessItWorksAsync(kept, why, cancellationToken);
    }

    /// <summary>Renews every token that ends soon.</summary>
    public async Task RenewDueAsync(CancellationToken cancellationToken)
    {
        foreach (var kept in (await AllAsync(cancellationToken)).Where(IsDue))
            await RenewAsync(kept, cancellationToken);
    }

    private bool IsDue(KeptInstallation kept) =>
        kept is { Is.Ended: null, Tokens: { Refresh: not null, Expires: { } ends } } && machine.GetUtcNow() >= ends - Early - Spread * Share(kept);

    /// <summary>From 0 to 1, and for the same tokens always the same.</summary>
    private static double Share(KeptInstallation kept) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{kept.Is.Workspace}/{kept.Generation}"))) / (double)uint.MaxValue;

    private async Task<KeptInstallation?> RenewAsync(KeptInstallation used, CancellationToken cancellationToken)
    {
        using var turn = await _renewing.EnterAsync(used.Is.Workspace, cancellationToken);
        if (await NewestAsync(used.Is.Workspace, cancellationToken) is not { } kept)
            return null;

        return kept.Generation != used.Generation ? kept : (await TryRenewAsync(kept, cancellationToken)).Kept;
    }

    /// <summary>Another token in the place of one that was refused; null when there is none, or when it was not the token that was refused.</summary>
    private async Task<string?> InsteadAsync(KeptInstallation used, SlackException fault, CancellationToken cancellationToken)
    {
        if (!fault.IsAboutToken)
            return null;

        using var turn = await _renewing.EnterAsync(used.Is.Workspace, cancellationToken);
        if (await NewestAsync(used.Is.Workspace, cancellationToken) is not { } kept)
            return null;

        if (kept.Generation != used.Generation)
            return kept.Tokens!.Access;

        var (renewed, isRefused) = await TryRenewAsync(kept, cancellationToken);
        if (renewed is not null)
            return renewed.Tokens!.Access;

        if (kept.Tokens!.Refresh is not null && !isRefused)
            return null;

        try
        {
            await EndUnlessItWorksAsync(kept, fault.Error, cancellationToken);
        }
        catch (SlackException)
        {
            // Slack does not say: it is as it was, and the call tells its own fault.
        }

        return null;
    }

    /// <summary>What was is lost by no fault: until its end the old token counts.</summary>
    /// <returns>The renewed installation; and whether Slack refuses to renew it for good.</returns>
    private async Task<(KeptInstallation? Kept, bool IsRefused)> TryRenewAsync(KeptInstallation kept, CancellationToken cancellationToken)
    {
        var now = machine.GetUtcNow();
        if (kept.Tokens?.Refresh is not { } refresh || !await store.TryHoldAsync(kept, now, now + Renewing, cancellationToken))
            return (null, false);

        try
        {
            // Kept before it is used: whoever reads it next has it.
            var tokens = await oauth.RefreshAsync(refresh, cancellationToken);
            if (!await store.TryRenewAsync(kept, tokens, cancellationToken))
                return (null, false);

            Forget();
            Renewed(kept.Is.Said);
            return (kept with { Tokens = tokens, Generation = kept.Generation + 1 }, false);
        }
        catch (SlackException fault)
        {
            NotRenewed(kept.Is.Said, fault);
            return (null, fault.Error is "invalid_refresh_token" or "invalid_grant" or "token_revoked" or "token_expired" or "account_inactive");
        }
    }

    private async Task EndUnlessItWorksAsync(KeptInstallation kept, string why, CancellationToken cancellationToken)
    {
        try
        {
            await oauth.TestAsync(kept.Tokens!.Access, cancellationToken);
            StillWorks(kept.Is.Said, why);
            return;
        }
        catch (SlackException fault) when (fault.IsAboutToken)
        {
            // It is worth nothing, as was told.
        }

        if (!await store.TryEndAsync(kept, new SlackEnd(why, machine.GetUtcNow()), cancellationToken))
            return;

        Forget();
        await RecordAsync(kept.Is, PersonId.System, $"the Slack workspace {kept.Is.Said} took the bot out ({why})", cancellationToken);
        Ended(kept.Is.Said, why);
        await AllAsync(cancellationToken);
    }

    private Task RecordAsync(SlackInstallation installation, PersonId by, string says, CancellationToken cancellationToken) =>
        acts.RecordAsync(new AuditEntry(WorkspaceId.Local, null, null, by, "slack", says, new JsonObject { ["workspace"] = installation.Workspace }), cancellationToken);

    private async Task<KeptInstallation?> KeptAsync(string workspace, CancellationToken cancellationToken) =>
        (await AllAsync(cancellationToken)).FirstOrDefault(kept => kept.Is.Workspace == workspace);

    /// <summary>As it stands in the database now; null when it has ended or its tokens cannot be read.</summary>
    private async Task<KeptInstallation?> NewestAsync(string workspace, CancellationToken cancellationToken) =>
        (await store.AllAsync(cancellationToken)).FirstOrDefault(kept => kept.Is.Workspace == workspace && kept is { Is.Ended: null, Tokens: not null });

    private SlackAccess Access(KeptInstallation kept) => new(new SlackSelf(kept.Is.Workspace, kept.Is.User, kept.Is.Bot, IsOwn: false), kept.Tokens!.Access)
    {
        Instead = (fault, cancellationToken) => InsteadAsync(kept, fault, cancellationToken),
    };

    private void Forget() => Volatile.Write(ref _read, Volatile.Read(ref _read) with { At = DateTimeOffset.MinValue });

    private static string WhyNot(KeptInstallation kept) => kept.Is.Ended is { } end
        ? $"{kept.Is.Name} took me out of its workspace ({end.Why}); to have me back, open /slack/install there"
        : $"my token for {kept.Is.Name} cannot be read, as after a change of Audit:Key; open /slack/install there once more";

    [LoggerMessage(EventId = 601, Level = LogLevel.Warning, Message = "Which Slack workspaces installed us was not read in time; those that were known are served: {Says}")]
    private partial void Stale(string says);

    [LoggerMessage(EventId = 430, Level = LogLevel.Information, Message = "Installed in the Slack workspace {Workspace}.")]
    private partial void Installed(string workspace);

    [LoggerMessage(EventId = 431, Level = LogLevel.Information, Message = "The token for the Slack workspace {Workspace} was renewed.")]
    private partial void Renewed(string workspace);

    [LoggerMessage(EventId = 432, Level = LogLevel.Error, Message = "The token for the Slack workspace {Workspace} was not renewed; the old one counts until its end, and it is tried again.")]
    private partial void NotRenewed(string workspace, Exception fault);

    [LoggerMessage(EventId = 433, Level = LogLevel.Warning, Message = "Slack said {Why} of the workspace {Workspace}, and its token works: nothing was changed.")]
    private partial void StillWorks(string workspace, string why);

    [LoggerMessage(EventId = 434, Level = LogLevel.Error, Message = "The Slack workspace {Workspace} took us out ({Why}); its tokens were erased, and nothing can be said there.")]
    private partial void Ended(string workspace, string why);
}
