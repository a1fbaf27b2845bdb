using ChatOpsCampaigns.Automation.Alerts;
using ChatOpsCampaigns.Dialogs.Incidents;

namespace ChatOpsCampaigns.Dialogs.Announcing;

/// <summary>An alert in the chat is the incident's own message, edited louder; its receipt says where it stands.</summary>
public sealed class ChatAlertChannel(Lazy<IncidentBoard> board, TimeProvider machine) : IAlertChannel
{
    public string Name => "chat";

    public bool IsSetUp => true;

    public async Task<AlertReceipt> SendAsync(Alert alert, CancellationToken cancellationToken)
    {
        try
        {
            if (alert.Incident is { } incident)
                await board.Value.ShowAsync(incident, cancellationToken);

            return Receipt(true, "shown");
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return Receipt(false, fault.Message);
        }

        AlertReceipt Receipt(bool accepted, string says) => new(alert.Key, Name, accepted, says, null, machine.GetUtcNow());
    }
}
