using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Dialogs.Setup;

/// <summary>What the set-up asks about, in its order.</summary>
public enum SetupStep
{
    Account,
    Channels,
    OnCall,
    Caps,
    Test,
}

/// <summary>Where the set-up of a conversation stands. What was answered is kept apart from it and holds at once.</summary>
/// <param name="Account">The account that it is about; null: every one.</param>
/// <param name="Revision">Grows with every card: an older one has no effect.</param>
/// <param name="By">Whose answers count.</param>
public sealed record SetupStanding(SetupStep Step, AdAccountId? Account, int Revision, PersonId By)
{
    /// <summary>It was put aside: answers no longer go to it, and "setup" goes on with it.</summary>
    public bool Left { get; init; }
}
