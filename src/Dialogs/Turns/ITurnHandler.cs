using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Turns;

/// <summary>Handles one turn to its end: whatever is to be said is said. Faults stay inside.</summary>
public interface ITurnHandler
{
    Task HandleAsync(ChatTurn turn, CancellationToken cancellationToken);
}
