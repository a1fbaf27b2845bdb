using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Installing;

/// <summary>A workspace that installed us, and who we are there. Holds no token.</summary>
/// <param name="Workspace">The team's id.</param>
/// <param name="User">Our user there.</param>
/// <param name="By">Who installed us.</param>
internal sealed record SlackInstallation(string Workspace, string Name, string App, string User, string Bot, PersonId By, DateTimeOffset At)
{
    public string? Enterprise { get; init; }

    public ImmutableArray<string> Scopes { get; init; } = [];

    /// <summary>Null as long as we are there.</summary>
    public SlackEnd? Ended { get; init; }

    /// <summary>For sentences: "Acme (T0CAMP002)".</summary>
    [JsonIgnore]
    public string Said => $"{Name} ({Workspace})";
}

/// <summary>How an installation ended.</summary>
/// <param name="Why">Slack's word for it: <c>app_uninstalled</c>, <c>token_revoked</c>.</param>
internal sealed record SlackEnd(string Why, DateTimeOffset At);

/// <summary>What speaks for us in a workspace.</summary>
/// <param name="Refresh">Gets the next pair, once; null where tokens do not rotate.</param>
/// <param name="Expires">Null where it never does.</param>
internal sealed record SlackTokens(string Access, string? Refresh = null, DateTimeOffset? Expires = null)
{
    public override string ToString() => "tokens";
}

/// <summary>What came of a code that Slack gave a browser.</summary>
internal sealed record SlackGrant(SlackInstallation Installation, SlackTokens Tokens);

/// <summary>An installation as it is kept.</summary>
/// <param name="Tokens">Null once it has ended, and when they cannot be read.</param>
/// <param name="Generation">Rises whenever the tokens change.</param>
internal sealed record KeptInstallation(SlackInstallation Is, SlackTokens? Tokens, int Generation);

/// <summary>The workspaces that installed us. Tokens are encrypted where they are kept.</summary>
internal interface ISlackInstallations
{
    Task<IReadOnlyList<KeptInstallation>> AllAsync(CancellationToken cancellationToken);

    /// <summary>Installed again takes the place of what was.</summary>
    Task KeepAsync(SlackGrant grant, CancellationToken cancellationToken);

    /// <summary>A refresh token counts once: whoever is told true renews the tokens of this generation, alone among all nodes, until then.</summary>
    Task<bool> TryHoldAsync(KeptInstallation kept, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>False when the tokens changed meanwhile: nothing is written.</summary>
    Task<bool> TryRenewAsync(KeptInstallation kept, SlackTokens tokens, CancellationToken cancellationToken);

    /// <summary>Marks it as ended and erases its tokens. False when they changed meanwhile: nothing is written.</summary>
    Task<bool> TryEndAsync(KeptInstallation kept, SlackEnd end, CancellationToken cancellationToken);
}
