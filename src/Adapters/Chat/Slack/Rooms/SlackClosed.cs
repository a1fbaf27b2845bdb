namespace ChatOpsCampaigns.Adapters.Chat.Slack.Rooms;

/// <summary>Why a channel takes nothing from us, by Slack's own word for it, and what puts it right.</summary>
internal static class SlackClosed
{
    public const string Left = "not_in_channel";
    public const string Archived = "is_archived";

    /// <summary>An event's name: a call is answered that there is no such channel.</summary>
    public const string Deleted = "channel_deleted";

    public static string Why(string error) => error switch
    {
        Archived => "it is archived; unarchive it",
        Left => "I am not in it; say \"/invite @campaigns\" there",
        Deleted => "it was deleted",
        "channel_not_found" => "it is gone, or private and I am not in it; if it is private, say \"/invite @campaigns\" there",
        "user_not_found" or "user_disabled" => "they are not in the workspace any more",
        _ => $"Slack says {error}",
    };
}
