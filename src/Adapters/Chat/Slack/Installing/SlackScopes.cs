namespace ChatOpsCampaigns.Adapters.Chat.Slack.Installing;

/// <summary>What we ask a workspace for, whether by the manifest or by the install page: no more than what is called and read, which tests hold.</summary>
internal static class SlackScopes
{
    public static readonly IReadOnlyList<string> All =
    [
        "app_mentions:read", "channels:history", "channels:read", "chat:write", "commands", "files:read", "files:write", "groups:history", "groups:read", "im:history", "im:write", "users:read", "users:read.email",
    ];

    /// <summary>Scopes as Slack writes them one after another.</summary>
    public static IReadOnlyList<string> Of(string? written) => written?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
