namespace ChatOpsCampaigns.Adapters.Chat.Slack;

/// <summary>A person of Slack, and the workspace that they belong to.</summary>
/// <param name="Workspace">As a <see cref="SlackPlace"/> names it: null is the workspace of the configured token.</param>
internal sealed record SlackPerson(string Id, string? Workspace);

/// <summary>Who we are in a workspace, as <c>auth.test</c> says.</summary>
/// <param name="IsOwn">It is the workspace of the configured token.</param>
internal sealed record SlackSelf(string Workspace, string User, string Bot, bool IsOwn = true)
{
    /// <summary>The workspace as a <see cref="SlackPlace"/> names it.</summary>
    public string? Named => IsOwn ? null : Workspace;
}
