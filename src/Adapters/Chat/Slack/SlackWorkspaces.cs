using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Installing;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Chat.Slack;

/// <summary>The workspaces that we are in, with what speaks for us there: that of the configured token, and those that installed us.</summary>
/// <param name="installed">Null where nobody may install us.</param>
/// <param name="log">Null where nobody reads it.</param>
internal sealed class SlackWorkspaces(SlackApi api, SlackSettings settings, SlackInstalled? installed = null, ILogger<SlackWorkspaces>? log = null)
{
    /// <summary>Slack waits three seconds to be told that what it sent arrived.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    private static readonly ConversationId Own = new(SlackPlace.Prefix);

    private readonly Lock _gate = new();
    private Task<SlackAccess>? _signingIn;
    private volatile SlackAccess? _own;
    private volatile string? _ownLost;

    /// <summary>Whole workspaces that we were taken out of a short while ago, and why.</summary>
    public IReadOnlyDictionary<ConversationId, string> Gone
    {
        get
        {
            var closed = (installed?.Gone ?? new Dictionary<ConversationId, string>()).ToDictionary();
            if (_ownLost is { } why)
                closed[Own] = WhyLost(why);

            return closed;
        }
    }

    /// <summary>The workspace of the configured token; asked once, by whoever comes first for all who wait.</summary>
    /// <exception cref="SlackException">The token is refused, there is none, or Slack cannot be reached.</exception>
    public Task<SlackAccess> OwnAsync(CancellationToken cancellationToken)
    {
        if (_own is { } known)
            return Task.FromResult(known);

        lock (_gate)
        {
            if (_signingIn is null or { IsCompleted: true })
                _signingIn = SignInAsync();

            return _signingIn.WaitAsync(cancellationToken);
        }
    }

    private async Task<SlackAccess> SignInAsync()
    {
        if (settings.BotToken is not { Length: > 0 } token)
            throw new SlackException("auth.test", "not_authed", "there is no Slack:BotToken; a workspace that installed the app stands before what is in it, such as slack/T0123456789.C0123456789");

        try
        {
            var own = SlackOAuth.AccessOf(token, await api.CallAsync(new SlackCall("auth.test", token, "", []), CancellationToken.None), isOwn: true);
            _ownLost = null;
            if (log is not null)
                SlackScopes.Tell(log, own.Self.Workspace, own.Lacks);

            return _own = own;
        }
        catch (SlackException fault) when (fault.IsAboutToken)
        {
            _ownLost = fault.Error;
            throw;
        }
    }

    /// <param name="workspace">The team's id; null for the configured token's.</param>
    /// <exception cref="SlackException">There is no configured token, or Slack cannot be reached.</exception>
    /// <exception cref="ClosedPlaceException">We are not installed there, or the configured token is refused.</exception>
    public async Task<SlackAccess> AccessAsync(string? workspace, CancellationToken cancellationToken) =>
        workspace is null ? await OwnOrClosedAsync(cancellationToken)
        : _own is { } known && known.Self.Workspace == workspace ? known
        : installed is not null && await installed.FindAsync(workspace, cancellationToken) is { } access ? access
        : settings.BotToken is { Length: > 0 } && await OwnOrClosedAsync(cancellationToken) is { } own && own.Self.Workspace == workspace ? own
        : installed is null ? throw new SlackException("auth.test", "not_authed", $"we are not installed in the workspace {workspace}")
        : await installed.AccessAsync(workspace, cancellationToken);

    /// <summary>Who we are where something comes from; null where we are not installed.</summary>
    /// <param name="workspace">The team's id; null when Slack did not say, as of the configured token's.</param>
    /// <exception cref="SlackException">Slack does not say which workspace the configured token is of.</exception>
    /// <exception cref="TimeoutException">Slack or the database does not say it within two seconds.</exception>
    public async Task<SlackAccess?> HeardFromAsync(string? workspace, CancellationToken cancellationToken)
    {
        var own = _own;
        if (own is not null && (workspace is null || own.Self.Workspace == workspace))
            return own;

        // First, so that a configured token that is refused holds up nobody else.
        if (workspace is not null && installed is not null && await installed.KnownAsync(workspace, Soon, cancellationToken) is { } access)
            return access;

        if (settings.BotToken is not { Length: > 0 })
            return null;

        own = await OwnAsync(CancellationToken.None).WaitAsync(Soon, api.Machine, cancellationToken);
        return workspace is null || own.Self.Workspace == workspace ? own : null;
    }

    /// <summary>Who we most likely are in a workspace, while neither Slack nor the database says so; null where we cannot be.</summary>
    public SlackSelf? Presumed(string? workspace, string user) => workspace is null ? null
        : settings.AllowedWorkspaces.Contains(workspace) ? new SlackSelf(workspace, user, "", IsOwn: false)
        : settings.BotToken is { Length: > 0 } && (_own is null || _own.Self.Workspace == workspace) ? new SlackSelf(workspace, user, "")
        : null;

    /// <summary>A workspace in which Slack refuses what speaks for us takes no messages, and whoever can put that right is told elsewhere.</summary>
    public ClosedPlaceException Refused(SlackPlace place, SlackException fault)
    {
        if (!fault.IsAboutToken)
            return new ClosedPlaceException((place with { Thread = null }).Conversation, $"Slack refuses it ({fault.Named}); install the app there again, as its present manifest has it", fault);

        if (place.Workspace is { } workspace)
            return new ClosedPlaceException(SlackPlace.Whole(workspace), $"Slack refuses my token for it ({fault.Error}); open /slack/install there", fault);

        _ownLost = fault.Error;
        _own = null;
        return new ClosedPlaceException(Own, WhyLost(fault.Error), fault);
    }

    private async Task<SlackAccess> OwnOrClosedAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await OwnAsync(cancellationToken);
        }
        catch (SlackException fault) when (fault.IsAboutToken && settings.BotToken is { Length: > 0 })
        {
            throw new ClosedPlaceException(Own, WhyLost(fault.Error), fault);
        }
    }

    private static string WhyLost(string error) => $"Slack refuses the token of Slack:BotToken ({error}); install the app there again and set the token that it gets";

    /// <summary>Slack told that we were taken out of a workspace; it is believed once its token is refused.</summary>
    /// <exception cref="SlackException">Slack does not say; to be told again.</exception>
    public async Task LostAsync(SlackSelf self, string why, CancellationToken cancellationToken)
    {
        if (!self.IsOwn)
        {
            await installed!.LostAsync(self.Workspace, why, cancellationToken);
            return;
        }

        try
        {
            await api.CallAsync(new SlackCall("auth.test", settings.BotToken!, self.Workspace, []), cancellationToken);
        }
        catch (SlackException fault) when (fault.Kind == SlackFault.Workspace)
        {
            _ownLost = why;
            _own = null;
        }
    }
}

/// <summary>Who we are in a workspace and the token that says so.</summary>
internal sealed record SlackAccess(SlackSelf Self, string Token)
{
    /// <summary>What to call with when the token is refused; null where nothing else can be.</summary>
    public Func<SlackException, CancellationToken, Task<string?>>? Instead { get; init; }

    /// <summary>What the token may; null where Slack did not say.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>What it should have and Slack says it has not.</summary>
    public IReadOnlyList<string> Lacks => [.. SlackScopes.All.Except(Scopes ?? SlackScopes.All)];

    public SlackCall Call(string method, JsonObject arguments, bool isForm = false) => new(method, Token, Self.Workspace, arguments, isForm) { Instead = Instead };

    public override string ToString() => $"workspace {Self.Workspace}";
}
