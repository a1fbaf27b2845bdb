using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Dialogs.Chat;

/// <summary>A conversation takes no messages until a person does something about it: it was archived, we are not in it, or others read it by now.</summary>
/// <param name="place">What is closed as a whole: the channel, also where it was a thread of it.</param>
/// <param name="why">What is so, and what puts it right: "it is archived; unarchive it".</param>
public sealed class ClosedPlaceException(ConversationId place, string why, Exception? because = null) : Exception($"{place} takes no messages: {why}.", because)
{
    public ConversationId Place => place;

    public string Why => why;
}
