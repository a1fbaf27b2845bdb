namespace ChatOpsCampaigns.Automation.Alerts;

/// <summary>Where people reach the chat from an alert.</summary>
public interface IChatPlace
{
    /// <summary>The chat, or the card of one incident in it; null where nobody knows.</summary>
    /// <param name="incident">As people type it: <c>i3</c>.</param>
    Uri? Address(string? incident);
}
