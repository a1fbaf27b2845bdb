namespace ChatOpsCampaigns.Dialogs.Chat;

/// <summary>What a chat is heard by, where that can be gone while messages can still be posted.</summary>
public interface IEar
{
    /// <summary>As people call the chat: Slack.</summary>
    string Chat { get; }

    /// <summary>Connections that something is heard by now.</summary>
    int Open { get; }

    /// <summary>For how long nothing was heard by any; null while something is.</summary>
    TimeSpan? DeafFor { get; }

    /// <summary>Why, as far as it is known, and what puts it right.</summary>
    string Why { get; }
}
