using ChatOpsCampaigns.Automation.Alerts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Creation;

/// <summary>How a launch ended, on the channels that were chosen for the campaign. A mail that fails never fails a launch.</summary>
public sealed partial class LaunchNotice(IAlertStore alerts, TimeProvider machine, ILogger<LaunchNotice> logger)
{
    public async Task TellAsync(Campaign campaign, Severity severity, string action, string reason, CancellationToken cancellationToken)
    {
        var channels = ChosenChannels.Of(campaign.Spec.Automation.Notify).ToList();
        if (channels.Count == 0)
            return;

        try
        {
            var name = $"{campaign.Name} ({campaign.Handle})";
            await alerts.AddAsync(
                new Alert($"{campaign.Id}/launch/{campaign.Status}", campaign.Workspace, campaign.Account, severity, $"{name}: {action}", reason, null, machine.GetUtcNow()) { Name = name, IsSimulated = campaign.IsSimulated },
                channels, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotTold(campaign.Name, fault.Message);
        }
    }

    [LoggerMessage(EventId = 170, Level = LogLevel.Error, Message = "How the launch of {Campaign} ended could not be told beside the chat: {Says}")]
    private partial void NotTold(string campaign, string says);
}
