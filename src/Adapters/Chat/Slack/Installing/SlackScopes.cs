using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Installing;

/// <summary>What we ask a workspace for, whether by the manifest or by the install page: no more than what is called and read, which tests hold.</summary>
internal static partial class SlackScopes
{
    public static readonly IReadOnlyList<string> All =
    [
        "app_mentions:read", "channels:history", "channels:read", "chat:write", "commands", "files:read", "files:write", "groups:history", "groups:read", "im:history", "im:write", "users:read", "users:read.email",
    ];

    /// <summary>Scopes as Slack writes them one after another.</summary>
    public static IReadOnlyList<string> Of(string? written) => written?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>Says in the log which of them Slack says are not given, where any is.</summary>
    public static void Tell(ILogger log, string workspace, IReadOnlyList<string> lacks)
    {
        if (lacks.Count > 0)
            Lacks(log, workspace, string.Join(", ", lacks));
    }

    [LoggerMessage(EventId = 696, Level = LogLevel.Warning, Message = "In the Slack workspace {Workspace} the bot lacks {Scopes}: what needs them does not work there. Give the app the scopes of the present manifest and install it again.")]
    private static partial void Lacks(ILogger log, string workspace, string scopes);
}
