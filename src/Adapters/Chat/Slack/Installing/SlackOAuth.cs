using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Installing;

/// <summary>OAuth v2 with Slack: where a browser is sent, and what its code and a refresh token are worth.</summary>
internal sealed class SlackOAuth(SlackApi api, SlackSettings settings, TimeProvider machine)
{
    /// <summary>The name of a limit's lane: these calls belong to no workspace.</summary>
    private const string App = "app";

    private const string Access = "oauth.v2.access";

    /// <summary>Whether a workspace may have us: whoever is not named in <c>Slack:AllowedWorkspaces</c> stays outside, also after it installed us.</summary>
    public bool Allows(string workspace) => settings.AllowedWorkspaces.Contains(workspace);

    /// <summary>
    /// No <c>redirect_uri</c> is named, so that Slack sends the browser to the address in the app's own settings: the manifest has it, and no setting of
    /// ours can disagree with it.
    /// </summary>
    public Uri AuthorizeAddress(string state) => new(
        $"{new Uri(new Uri(settings.ApiBaseUrl), "/oauth/v2/authorize")}?client_id={Uri.EscapeDataString(settings.ClientId!)}&scope={Uri.EscapeDataString(string.Join(',', SlackScopes.All))}&state={state}");

    /// <exception cref="SlackException">The code is not worth anything, or Slack cannot be reached.</exception>
    public async Task<SlackGrant> ExchangeAsync(string code, CancellationToken cancellationToken)
    {
        var said = await api.CallAsync(Call(new JsonObject { ["code"] = code }), cancellationToken);
        if (said.Flag("is_enterprise_install") || said.Word("team", "id") is not { } workspace)
            throw new SlackException(Access, "is_enterprise_install", "an installation for a whole organisation is not supported; choose one workspace of it");

        var tokens = TokensOf(said);
        var self = (await TestAsync(tokens.Access, cancellationToken)).Self;
        if (self.Workspace != workspace)
            throw new SlackException(Access, "internal_error", "the token is of another workspace than the answer");

        var by = SlackPeople.PersonOf(new SlackPerson(said.Word("authed_user", "id") ?? "", workspace));
        var installation = new SlackInstallation(workspace, said.Word("team", "name") ?? workspace, said.Word("app_id") ?? "", self.User, self.Bot, by, machine.GetUtcNow())
        {
            Enterprise = said.Word("enterprise", "id"),
            Scopes = [.. SlackScopes.Of(said.Word("scope"))],
        };
        return new SlackGrant(installation, tokens);
    }

    /// <exception cref="SlackException">It was used before, or Slack cannot be reached.</exception>
    public async Task<SlackTokens> RefreshAsync(string refresh, CancellationToken cancellationToken) =>
        TokensOf(await api.CallAsync(Call(new JsonObject { ["grant_type"] = "refresh_token", ["refresh_token"] = refresh }), cancellationToken));

    /// <summary>Who a token speaks as, and what it may.</summary>
    /// <exception cref="SlackException">It is refused, or Slack cannot be reached.</exception>
    public async Task<SlackAccess> TestAsync(string token, CancellationToken cancellationToken) => AccessOf(token, await api.CallAsync(new SlackCall("auth.test", token, App, []), cancellationToken), isOwn: false);

    /// <summary>Gives a token back that must not be used.</summary>
    public Task RevokeAsync(SlackTokens tokens, CancellationToken cancellationToken) => api.CallAsync(new SlackCall("auth.revoke", tokens.Access, App, [], IsForm: true), cancellationToken);

    /// <param name="said">What auth.test answers.</param>
    public static SlackAccess AccessOf(string token, JsonObject said, bool isOwn)
    {
        var self = new SlackSelf(said.Word("team_id") ?? throw Incomplete("team_id"), said.Word("user_id") ?? throw Incomplete("user_id"), said.Word("bot_id") ?? throw Incomplete("bot_id"), isOwn);
        return new SlackAccess(self, token) { Scopes = said.Word(SlackApi.Scopes) is { } scopes ? SlackScopes.Of(scopes) : null };
    }

    private SlackCall Call(JsonObject arguments)
    {
        arguments["client_id"] = settings.ClientId;
        arguments["client_secret"] = settings.ClientSecret;
        return new SlackCall(Access, "", App, arguments, IsForm: true);
    }

    private SlackTokens TokensOf(JsonObject said) => new(
        said.Word("access_token") ?? throw new SlackException(Access, "internal_error", "the answer has no access_token"),
        said.Word("refresh_token"),
        said.Number("expires_in") is { } seconds ? machine.GetUtcNow().AddSeconds(seconds) : null);

    private static SlackException Incomplete(string field) => new("auth.test", "invalid_auth", $"the answer has no {field}; the token has to be a bot's");
}
