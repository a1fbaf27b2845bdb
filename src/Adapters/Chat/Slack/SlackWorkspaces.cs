using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Installing;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Chat.Slack;

/// <summary>The workspaces that we are in, with what speaks for us there: that of the configured token, and those that installed us.</summary>
/// <param name="installed">Null where nobody may install us.</param>
internal sealed class SlackWorkspaces(SlackApi api, SlackSettings settings, SlackInstalled? installed = null)
{
    private readonly Turnstile _asking = new();
    private SlackAccess? _own;
    private string? _ownLost;

    /// <summary>Whole workspaces that we were taken out of a short while ago, and why.</summary>
    public IReadOnlyDictionary<ConversationId, string> Gone
    {
        get
        {
            var closed = (installed?.Gone ?? new Dictionary<ConversationId, string>()).ToDictionary();
            if (_ownLost is { } why)
                closed[new ConversationId(SlackPlace.Prefix)] = $"Slack took the token of Slack:BotToken away ({why}); install the app there again and set the token that it gets";

            return closed;
        }
    }

    /// <summary>The workspace of the configured token; asked once.</summary>
    /// <exception cref="SlackException">The token is refused, there is none, or Slack cannot be reached.</exception>
    public async Task<SlackAccess> OwnAsync(CancellationToken cancellationToken)
    {
        using var turn = await _asking.EnterAsync("", cancellationToken);
        if (_own is { } known)
            return known;

        if (settings.BotToken is not { Length: > 0 } token)
            throw new SlackException("auth.test", "not_authed", "there is no Slack:BotToken; a workspace that installed the app stands before what is in it, such as slack/T0123456789.C0123456789");

        var self = SlackOAuth.SelfOf(await api.CallAsync(new SlackCall("auth.test", token, "", []), cancellationToken), isOwn: true);
        return _own = new SlackAccess(self, token);
    }

    /// <param name="workspace">The team's id; null for the configured token's.</param>
    /// <exception cref="SlackException">The configured token is refused, there is none, or Slack cannot be reached.</exception>
    /// <exception cref="ClosedPlaceException">We are not installed there.</exception>
    public async Task<SlackAccess> AccessAsync(string? workspace, CancellationToken cancellationToken) =>
        workspace is null ? await OwnAsync(cancellationToken)
        : await FindAsync(workspace, cancellationToken) is { } access ? access
        : installed is null ? throw new SlackException("auth.test", "not_authed", $"we are not installed in the workspace {workspace}")
        : await installed.AccessAsync(workspace, cancellationToken);

    /// <summary>Who we are where something comes from; null where we are not installed.</summary>
    /// <param name="workspace">The team's id; null when Slack did not say, as of the configured token's.</param>
    /// <exception cref="SlackException">Slack does not say which workspace the configured token is of.</exception>
    public async Task<SlackAccess?> FindAsync(string? workspace, CancellationToken cancellationToken)
    {
        // First, so that a configured token that is refused holds up nobody else.
        if (workspace is not null && _own?.Self.Workspace != workspace && installed is not null && await installed.FindAsync(workspace, cancellationToken) is { } access)
            return access;

        if (settings.BotToken is not { Length: > 0 })
            return null;

        var own = await OwnAsync(cancellationToken);
        return workspace is null || own.Self.Workspace == workspace ? own : null;
    }

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
        }
    }
}

/// <summary>Who we are in a workspace and the token that says so.</summary>
internal sealed record SlackAccess(SlackSelf Self, string Token)
{
    /// <summary>What to call with when the token is refused; null where nothing else can be.</summary>
    public Func<SlackException, CancellationToken, Task<string?>>? Instead { get; init; }

    public SlackCall Call(string method, JsonObject arguments, bool isForm = false) => new(method, Token, Self.Workspace, arguments, isForm) { Instead = Instead };

    public override string ToString() => $"workspace {Self.Workspace}";
}
