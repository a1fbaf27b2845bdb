namespace ChatOpsCampaigns.Adapters.Chat.Slack;

/// <summary>A person of Slack, and the workspace that they belong to.</summary>
internal sealed record SlackPerson(string Id, string Workspace);

/// <summary>Who we are in a workspace, as <c>auth.test</c> says.</summary>
internal sealed record SlackSelf(string Workspace, string User, string Bot)
{
    /// <summary>The workspace as a <see cref="SlackPlace"/> names it: null when it is this one.</summary>
    public string? Foreign(string workspace) => workspace == Workspace ? null : workspace;
}
