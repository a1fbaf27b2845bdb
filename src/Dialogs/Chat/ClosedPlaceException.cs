using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Dialogs.Chat;

/// <summary>A conversation takes no messages until a person does something about it: it was archived, or we are not in it.</summary>
/// <param name="why">What is so, and what puts it right: "it is archived; unarchive it".</param>
public sealed class ClosedPlaceException(ConversationId place, string why, Exception because) : Exception($"{place} takes no messages: {why}.", because)
{
    public string Why => why;
}
