using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Wire;

/// <summary>Section <c>Slack</c>. Without tokens there is no Slack.</summary>
public sealed partial record SlackSettings
{
    public const string VendorApi = "https://slack.com/api/";

    /// <summary>The bot's token, <c>xoxb-…</c>.</summary>
    public string? BotToken { get; init; }

    /// <summary>The app's token, <c>xapp-…</c>: with it we connect to Slack (Socket Mode) and need no public address.</summary>
    public string? AppToken { get; init; }

    /// <summary>What Slack signs its requests with, when it connects to us.</summary>
    public string? SigningSecret { get; init; }

    /// <summary>With both, other workspaces may install the app: its <c>Client ID</c> and <c>Client Secret</c>.</summary>
    public string? ClientId { get; init; }

    public string? ClientSecret { get; init; }

    /// <summary>The ids of the workspaces that may.</summary>
    public ImmutableHashSet<string> AllowedWorkspaces { get; init; } = [];

    /// <value>The prefix up to and including <c>/api/</c>; Slack's own by default.</value>
    public string ApiBaseUrl { get; init; } = VendorApi;

    /// <summary>Slack draws charts itself instead of showing our pictures of them. Not every workspace can yet.</summary>
    public bool NativeCharts { get; init; }

    /// <summary>The browser chat, where people find the rest of what does not fit into a message; null where its address is not known.</summary>
    public Uri? Page { get; init; }

    public bool IsSetUp => !string.IsNullOrEmpty(BotToken) || Installs;

    /// <summary>Other workspaces may install the app.</summary>
    public bool Installs => !string.IsNullOrEmpty(ClientId);

    public bool UsesSocket => !string.IsNullOrEmpty(AppToken);

    /// <summary>Files come from Slack's own host only; from a stand-in when the API is one.</summary>
    public Uri FileOrigin => ApiBaseUrl == VendorApi ? new Uri("https://files.slack.com/") : new Uri(new Uri(ApiBaseUrl), "/");

    /// <summary>Why these settings cannot be used, in a sentence that says what would be right; null when they can.</summary>
    public string? Problem()
    {
        if (!Uri.TryCreate(ApiBaseUrl, UriKind.Absolute, out var address) || !ApiBaseUrl.EndsWith("/api/", StringComparison.Ordinal) || (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback))
            return $"Slack:ApiBaseUrl is \"{ApiBaseUrl}\"; write an https address that ends in /api/, or leave it out for Slack's own.";

        if (BotToken is { Length: > 0 } bot && !bot.StartsWith("xoxb-", StringComparison.Ordinal) && !bot.StartsWith("xoxe.xoxb-", StringComparison.Ordinal))
            return $"Slack:BotToken does not begin with xoxb-{Kind(bot)}; copy the Bot User OAuth Token from the app's OAuth & Permissions page.";

        if (AppToken is { Length: > 0 } app && !app.StartsWith("xapp-", StringComparison.Ordinal))
            return $"Slack:AppToken does not begin with xapp-{Kind(app)}; make one with the scope connections:write under Basic Information, App-Level Tokens.";

        if (InstallingProblem() is { } problem)
            return problem;

        if (!IsSetUp)
            return AppToken is { Length: > 0 } || SigningSecret is { Length: > 0 } ? "Slack:BotToken is not set and others of Slack are; set it too, or leave them all out." : null;

        return UsesSocket || SigningSecret is { Length: > 0 }
            ? null
            : $"Slack:AppToken is needed beside {(string.IsNullOrEmpty(BotToken) ? "Slack:ClientId" : "Slack:BotToken")}: make one with the scope connections:write under Basic Information, App-Level Tokens. Or Slack:SigningSecret, when Slack is to connect to Public:Urls.";
    }

    private string? InstallingProblem()
    {
        if (Installs == string.IsNullOrEmpty(ClientSecret))
            return "Slack:ClientId and Slack:ClientSecret belong together: copy both from Basic Information, App Credentials, or leave both out.";

        if (AllowedWorkspaces.FirstOrDefault(workspace => !Workspace().IsMatch(workspace)) is { } wrong)
            return $"Slack:AllowedWorkspaces holds \"{wrong}\"; write a workspace by its id, such as T0123456789: it stands in the address of the workspace in a browser.";

        return Installs == !AllowedWorkspaces.IsEmpty
            ? null
            : Installs
                ? "Slack:AllowedWorkspaces is empty and Slack:ClientId is set: name each workspace that may install the bot, such as Slack:AllowedWorkspaces=T0123456789; several with a comma between them."
                : "Slack:AllowedWorkspaces is set and Slack:ClientId is not: set Slack:ClientId and Slack:ClientSecret too, or leave it out.";
    }

    [GeneratedRegex("^T[A-Z0-9]{2,}$")]
    private static partial Regex Workspace();

    private static string Kind(string token) => token.Split('-')[0] switch
    {
        "xoxb" => " (it looks like a bot token)",
        "xoxp" => " (it looks like a user token)",
        "xapp" => " (it looks like an app-level token)",
        _ => "",
    };
}
