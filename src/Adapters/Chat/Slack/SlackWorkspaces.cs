using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Adapters.Chat.Slack;

/// <summary>The workspaces that we are installed in, with what speaks for us there. The configured token is one workspace.</summary>
internal sealed class SlackWorkspaces(SlackApi api, SlackSettings settings)
{
    private readonly ConcurrentDictionary<string, SlackAccess> _known = new();
    private readonly Turnstile _asking = new();

    /// <summary>The workspace of the configured token; asked once.</summary>
    /// <exception cref="SlackException">The token is refused, or Slack cannot be reached.</exception>
    public async Task<SlackAccess> OwnAsync(CancellationToken cancellationToken)
    {
        using var turn = await _asking.EnterAsync("", cancellationToken);
        if (_known.Values.FirstOrDefault() is { } known)
            return known;

        var said = await api.CallAsync(new SlackCall("auth.test", settings.BotToken!, "", []), cancellationToken);
        var self = new SlackSelf(
            said.Word("team_id") ?? throw Incomplete("team_id"), said.Word("user_id") ?? throw Incomplete("user_id"), said.Word("bot_id") ?? throw Incomplete("bot_id"));
        return _known[self.Workspace] = new SlackAccess(self, settings.BotToken!);
    }

    /// <param name="workspace">The team's id; null for the configured token's.</param>
    /// <exception cref="SlackException">We are not installed there.</exception>
    public async Task<SlackAccess> AccessAsync(string? workspace, CancellationToken cancellationToken) =>
        workspace is null ? await OwnAsync(cancellationToken)
        : _known.TryGetValue(workspace, out var known) ? known
        : await OwnAsync(cancellationToken) is { } own && own.Self.Workspace == workspace ? own
        : throw new SlackException("auth.test", "not_authed", $"we are not installed in the workspace {workspace}");

    private static SlackException Incomplete(string field) => new("auth.test", "invalid_auth", $"the answer has no {field}; the token has to be a bot's");
}

/// <summary>Who we are in a workspace and the token that says so.</summary>
internal sealed record SlackAccess(SlackSelf Self, string Token)
{
    public SlackCall Call(string method, JsonObject arguments, bool isForm = false) => new(method, Token, Self.Workspace, arguments, isForm);

    public override string ToString() => $"workspace {Self.Workspace}";
}
