using System.Text.Json.Nodes;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Chat.WebChat;

/// <summary>One activity as it was logged. <paramref name="Number"/> grows in the order of logging, edits included: it is the watermark.</summary>
internal sealed record LoggedActivity(long Number, string Id, JsonObject Activity);

/// <summary>The append-only list of activities of each browser conversation. Whoever listens to its <see cref="ConversationHub"/> is told in its order.</summary>
internal interface IActivityLog
{
    /// <summary>Appends; an activity with a client id that is known in the conversation is not appended again, and the first is returned.</summary>
    Task<LoggedActivity> AppendAsync(ConversationId conversation, string id, string? clientId, JsonObject activity, CancellationToken cancellationToken);

    /// <summary>Replaces what an activity shows: the old row goes, a new one with the same id is appended. Null when there is none.</summary>
    Task<LoggedActivity?> ReplaceAsync(ConversationId conversation, string id, Func<JsonObject, JsonObject> change, CancellationToken cancellationToken);

    /// <summary>The newest activities of a conversation, in order: what a page that opens shows.</summary>
    Task<IReadOnlyList<LoggedActivity>> LatestAsync(ConversationId conversation, int count, CancellationToken cancellationToken);

    /// <summary>Everything after a watermark, 0 for all, in order.</summary>
    Task<IReadOnlyList<LoggedActivity>> SinceAsync(ConversationId conversation, long watermark, CancellationToken cancellationToken);
}
