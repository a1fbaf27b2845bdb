namespace ChatOpsCampaigns.Adapters.Chat.Slack.Wire;

/// <summary>What to do about a fault of Slack.</summary>
internal enum SlackFault
{
    /// <summary>Again after a while: the fault is on the way or in Slack.</summary>
    Passing,

    /// <summary>Again after the time that Slack named.</summary>
    Limited,

    /// <summary>The workspace: a token that is revoked or lacks a scope.</summary>
    Workspace,

    /// <summary>This channel alone: archived, gone, or we are not in it.</summary>
    Channel,

    /// <summary>What a race leaves behind: the message is gone, the click is too old, the view was changed meanwhile.</summary>
    Race,

    /// <summary>What we sent is wrong.</summary>
    Ours,
}

/// <summary>Slack refused a call or could not be reached. Never holds a token.</summary>
/// <param name="method">The Web API method: <c>chat.postMessage</c>.</param>
/// <param name="error">Slack's own word for it: <c>is_archived</c>; or what happened on the way.</param>
internal sealed class SlackException(string method, string error, string? details = null, TimeSpan? retryAfter = null, Exception? inner = null)
    : Exception($"Slack refused {method}: {error}{(details is null ? "" : $" ({details})")}", inner)
{
    public const string Unreachable = "unreachable";

    public string Method => method;

    public string Error => error;

    /// <summary>The same with the scope that is missing, for whoever can add it.</summary>
    public string Named => error == "missing_scope" && details is not null ? $"{error}, {details}" : error;

    public TimeSpan? RetryAfter => retryAfter;

    /// <summary>It may have arrived all the same: there was a connection, and no answer came.</summary>
    public bool MayHaveArrived => InnerException is not null
        and not HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError };

    /// <summary>The token is worth nothing there any more, or never was.</summary>
    public bool IsAboutToken => error is "invalid_auth" or "not_authed" or "token_revoked" or "token_expired" or "account_inactive" or "user_removed_from_team" or "team_disabled" or "not_allowed_token_type";

    public SlackFault Kind => error switch
    {
        "ratelimited" or "rate_limited" => SlackFault.Limited,
        Unreachable or "internal_error" or "fatal_error" or "service_unavailable" or "request_timeout" or "update_failed" or "messaging_processing_failed"
            or "team_added_to_org" or "external_channel_migrating" => SlackFault.Passing,
        "invalid_auth" or "not_authed" or "token_revoked" or "token_expired" or "account_inactive" or "missing_scope" or "app_access_restricted"
            or "team_access_not_granted" or "not_allowed_token_type" or "user_removed_from_team" or "team_disabled" => SlackFault.Workspace,
        "channel_not_found" or "not_in_channel" or "is_archived" or "messages_tab_disabled" or "cannot_reply_to_message" or "user_not_in_channel"
            or "user_not_found" or "user_disabled" or "cannot_dm_bot" or "posting_to_channel_denied" => SlackFault.Channel,
        "hash_conflict" or "message_not_found" or "expired_trigger_id" or "exchanged_trigger_id" or "invalid_trigger_id" or "already_reacted" or "duplicate_external_id" or "not_found"
            or "cant_update_message" or "edit_window_closed" or "thread_not_found" or "used_url" or "expired_url" => SlackFault.Race,
        var other when other.StartsWith("restricted_action", StringComparison.Ordinal) => SlackFault.Channel,
        _ => SlackFault.Ours,
    };
}
