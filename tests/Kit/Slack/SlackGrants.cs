using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace ChatOpsCampaigns.Kit.Slack;

/// <summary>What Slack gives an app that is installed: a code and a refresh token count once, tokens end when Slack says so.</summary>
public sealed class SlackGrants
{
    public const string ClientId = "11.22";
    public const string ClientSecret = "stand-in-client-secret";

    /// <summary>What the app's manifest asks for, as Slack writes it.</summary>
    public const string Scopes =
        "app_mentions:read,channels:history,channels:read,chat:write,commands,files:read,files:write,groups:history,groups:read,im:history,im:write,users:read,users:read.email";

    private readonly ConcurrentDictionary<string, SlackStandIn> _codes = new();
    private readonly ConcurrentDictionary<string, SlackStandIn> _refresh = new();
    private readonly ConcurrentDictionary<string, SlackStandIn> _tokens = new();
    private readonly ConcurrentDictionary<string, string> _refused = new();
    private int _given;

    /// <summary>How long a token counts, in seconds; null where tokens do not rotate.</summary>
    public int? ExpiresIn { get; set; }

    /// <summary>Every token that was given, of both kinds.</summary>
    public ConcurrentQueue<string> Given { get; } = new();

    /// <summary>Somebody of a workspace allows the app: the code that their browser brings back.</summary>
    public string Allow(SlackStandIn team)
    {
        var code = $"code-{Guid.NewGuid():N}";
        _codes[code] = team;
        return code;
    }

    /// <summary>From now on every token that a workspace gave is refused so.</summary>
    public void Refuse(SlackStandIn team, string error)
    {
        foreach (var (token, _) in _tokens.Where(one => one.Value == team))
            _refused[token] = error;

        if (error == "token_expired")
            return;

        foreach (var (token, _) in _refresh.Where(one => one.Value == team))
            _refresh.TryRemove(token, out _);
    }

    internal SlackStandIn? Find(string token, out string error)
    {
        error = _refused.GetValueOrDefault(token, "invalid_auth");
        return _refused.ContainsKey(token) ? null : _tokens.GetValueOrDefault(token);
    }

    internal JsonObject Revoke(string token)
    {
        _refused[token] = "token_revoked";
        return new JsonObject { ["ok"] = true, ["revoked"] = true };
    }

    internal JsonObject Access(JsonObject call)
    {
        if ((string?)call["client_id"] != ClientId || (string?)call["client_secret"] != ClientSecret)
            return Refusal("bad_client_secret");

        if ((string?)call["grant_type"] == "refresh_token")
            return _refresh.TryRemove((string?)call["refresh_token"] ?? "", out var team) ? Pair(team) : Refusal("invalid_refresh_token");

        return _codes.TryRemove((string?)call["code"] ?? "", out var allowed) ? Pair(allowed) : Refusal("invalid_code");
    }

    private JsonObject Pair(SlackStandIn team)
    {
        var number = Interlocked.Increment(ref _given);
        var token = $"{(ExpiresIn is null ? "" : "xoxe.")}xoxb-given-{team.Team}-{number}";
        _tokens[token] = team;
        Given.Enqueue(token);
        var pair = new JsonObject
        {
            ["ok"] = true, ["app_id"] = "A0CAMP", ["token_type"] = "bot", ["access_token"] = token, ["bot_user_id"] = SlackDesk.Bot,
            ["scope"] = team.Scopes,
            ["team"] = new JsonObject { ["id"] = team.Team, ["name"] = team.Name }, ["enterprise"] = null, ["is_enterprise_install"] = false,
            ["authed_user"] = new JsonObject { ["id"] = "U0EVA" },
        };
        if (ExpiresIn is not { } seconds)
            return pair;

        var refresh = $"xoxe-1-given-{team.Team}-{number}";
        _refresh[refresh] = team;
        Given.Enqueue(refresh);
        pair["refresh_token"] = refresh;
        pair["expires_in"] = seconds;
        return pair;
    }

    private static JsonObject Refusal(string error) => new() { ["ok"] = false, ["error"] = error };
}
