using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Safety.Standing;

/// <summary>
/// What runs under our mark and has no campaign here, as after an older copy of the database was put back. Nobody can judge it without
/// its limits, so people are told until somebody has it; it is paused only while everything is stopped.
/// </summary>
public sealed class Orphans(
    IncidentBook book, IncidentVoice voice, IncidentReminders reminders, NetworkGate gate, GlobalSwitch everything, CampaignClock clock, TimeProvider machine)
{
    public async Task TellAsync(AdAccount account, NetworkMode mode, NetworkCampaign shown, CancellationToken cancellationToken)
    {
        var (incident, isNew) = await book.OpenAsync(Opened(account, shown), cancellationToken);
        if (isNew)
            await voice.OpenedAsync(incident, "spends at the network, and nobody here manages it", cancellationToken);

        if (await everything.StateAsync(cancellationToken) is { Frozen: true, Stops: true } order && await IsPausedAsync(incident, shown, mode, order, cancellationToken))
            await CloseAsync(incident, "paused with everything else", cancellationToken);
    }

    /// <summary>Closes what does not run any more.</summary>
    public async Task CloseAsync(AdAccount account, IReadOnlyCollection<CampaignId> running, CancellationToken cancellationToken)
    {
        foreach (var over in (await book.OpenAsync(cancellationToken))
            .Where(open => open.Cause == SafetyRules.NobodyManages && open.Account == account.Id && !running.Contains(open.Campaign)))
            await CloseAsync(over, "it runs no more at the network", cancellationToken);
    }

    private async Task<bool> IsPausedAsync(Incident incident, NetworkCampaign shown, NetworkMode mode, SwitchState order, CancellationToken cancellationToken)
    {
        var request = new GateRequest(
            new NetworkCommand.Pause(incident.Account, incident.Campaign, shown.Id), StopPause.KeyOf(incident.Id, $"{Guid.CreateVersion7():N}"),
            incident.Workspace, mode, PersonId.Monitor, $"stop everything, asked for by {order.By.Name}");
        return await Bounded.RunAsync(token => gate.SendAsync(request, token), SafetyLimits.PauseTimeout, machine, cancellationToken) is CommandOutcome.Confirmed;
    }

    private async Task CloseAsync(Incident incident, string says, CancellationToken cancellationToken)
    {
        var closed = await book.ChangeAsync(
            incident, open => open with { State = IncidentState.Closed, ClosedAt = clock.GetUtcNow(), Resolution = says }, cancellationToken);
        await voice.NoteAsync(closed, FeedKind.Incident, Severity.Medium, $"incident closed: {says}", IncidentVoice.Because(closed), PersonId.Monitor, cancellationToken);
    }

    private Incident Opened(AdAccount account, NetworkCampaign shown) => reminders.Begun(new Incident(
        IncidentId.New(), account.Workspace, account.Id, shown.Ours!.Value, shown.Name, SafetyRules.NobodyManages, Remedy.Alert, Severity.High,
        new Evidence("at the network", $"{StatusWords.Of(shown.Status)} with {shown.DailyBudget} a day, and no campaign here", ""), clock.GetUtcNow(), IncidentState.Open));
}
