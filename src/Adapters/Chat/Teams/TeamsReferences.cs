using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Chat.Teams;

/// <summary>
/// What has to be known of a conversation, or of a person, to say something there first. Every activity brings it anew, since addresses change.
/// </summary>
/// <param name="Place">A conversation without its thread, or <c>teams/@…</c> for a person.</param>
/// <param name="Service">The address of the Connector there.</param>
/// <param name="Bot">Our own id there, and what people call us.</param>
internal sealed record TeamsReference(ConversationId Place, Uri Service, string Tenant, string Bot, string BotName)
{
    /// <summary>Of a person: their id as this bot knows it, <c>29:…</c>.</summary>
    public string? User { get; init; }

    /// <summary>Of a person: the conversation that they have with us alone.</summary>
    public ConversationId? Direct { get; init; }

    /// <summary>Of a person: where they spoke last, which is where Teams is asked who they are.</summary>
    public ConversationId? Seen { get; init; }

    /// <summary>Of a channel: the team that it belongs to.</summary>
    public string? Team { get; init; }

    /// <summary>Teams shows us there what does not name us too: something of that kind came. Null: nothing is known anew; false: the app was added or removed, and it has to show again.</summary>
    public bool? HearsAll { get; init; }

    /// <summary>Why nothing is taken there, and what puts it right; null while something is.</summary>
    public string? Closed { get; init; }
}

/// <summary>Conversations and people of Teams that the bot has met.</summary>
internal interface ITeamsReferenceStore
{
    /// <summary>Keeps what is known now; what it does not say of a person stays as it was.</summary>
    Task KeepAsync(TeamsReference reference, CancellationToken cancellationToken);

    Task<TeamsReference?> FindAsync(ConversationId place, CancellationToken cancellationToken);

    /// <summary>The one that was heard of last in the whole tenant; null before anybody wrote.</summary>
    Task<TeamsReference?> LatestAsync(CancellationToken cancellationToken);

    /// <summary>Of every team that something was heard of, what was heard last; no more than a hundred.</summary>
    Task<IReadOnlyList<TeamsReference>> TeamsAsync(CancellationToken cancellationToken);

    /// <summary>Nothing is taken there until something comes from there again.</summary>
    Task CloseAsync(ConversationId place, string why, CancellationToken cancellationToken);

    /// <summary>The same of every channel of a team.</summary>
    Task CloseTeamAsync(string team, string why, CancellationToken cancellationToken);
}
