using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Telemetry;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Safety.Stopping;

/// <summary>One attempt to pause what an incident stops: through the gate, read back, and the campaign marked when confirmed.</summary>
public sealed partial class StopPause(
    NetworkGate gate, IncidentBook book, ICampaignStore campaigns, CampaignClock clock, TimeProvider machine, ILogger<StopPause> logger)
{
    private const string Mark = "/pause/";

    /// <summary>Again, since it runs although its pause was confirmed: another wanted effect, with a key of its own.</summary>
    public async Task<Incident> AgainAsync(Incident held, Campaign campaign, string says, CancellationToken cancellationToken)
    {
        // People have their ten minutes from now on: what was answered or escalated before was another pause.
        var told = machine.GetUtcNow();
        var acting = await book.ChangeAsync(
            held,
            open => open with
            {
                State = IncidentState.Acting, PauseConfirmed = false, PauseRound = open.PauseRound + 1,
                ToldAtMachineTime = told, LastToldAtMachineTime = told, Escalated = false,
                Notes = open.Notes.Add(new IncidentNote(clock.GetUtcNow(), PersonId.Monitor, says)),
            },
            cancellationToken);
        return await TryAsync(acting, campaign, cancellationToken);
    }

    /// <summary>A person let it run again, and what came of that is not in our record yet.</summary>
    public async Task<bool> IsBeingResumedAsync(Incident held, CancellationToken cancellationToken) =>
        await gate.FindResumeAsync(held.Id, held.Campaign, held.ConfirmedAt ?? held.OpenedAt, cancellationToken) is not null;

    public async Task<Incident> TryAsync(Incident incident, Campaign campaign, CancellationToken cancellationToken)
    {
        var outcome = await OutcomeAsync(incident, campaign, cancellationToken);
        var failure = FailureOf(outcome);
        var now = clock.GetUtcNow();
        if (failure is null)
            await MarkAsync(incident, campaign, cancellationToken);

        Measure(incident, failure is null);
        return await book.ChangeAsync(
            incident,
            open => open with
            {
                State = failure is null ? IncidentState.Open : IncidentState.Acting,
                PauseConfirmed = failure is null,
                PauseAttempts = open.PauseAttempts + 1,
                PauseRound = open.PauseRound + (IsWantedAnew(outcome) ? 1 : 0),
                ConfirmedAt = failure is null ? now : open.ConfirmedAt,
                Notes = failure is null || open.Notes.LastOrDefault()?.Says == failure ? open.Notes : open.Notes.Add(new IncidentNote(now, PersonId.Monitor, failure)),
            },
            cancellationToken);
    }

    private void Measure(Incident incident, bool confirmed)
    {
        var rule = Signals.Tag("rule", incident.Cause.Value);
        Signals.Stops.Add(1, rule, Signals.Tag("outcome", confirmed ? "confirmed" : "not_confirmed"));
        if (confirmed && incident.ToldAtMachineTime is { } told)
            Signals.StopTook.Record((machine.GetUtcNow() - told).TotalSeconds, rule);
    }

    /// <summary>
    /// A network may answer a repeated key with its first answer and do nothing: once it said yes and reading back shows otherwise, the next
    /// pause is another wanted effect, with a key of its own.
    /// </summary>
    private static bool IsWantedAnew(CommandOutcome? outcome) => outcome is CommandOutcome.Failed { Kind: FaultKind.Malformed or FaultKind.TimedOut };

    private static string? FailureOf(CommandOutcome? outcome) => outcome switch
    {
        CommandOutcome.Confirmed => null,
        CommandOutcome.Failed failed => failed.Says,
        CommandOutcome.Unknown unknown => unknown.Says,
        CommandOutcome.Refused refused => refused.Says,
        _ => "The network did not answer in time.",
    };

    /// <summary>Under what a pause of an incident goes out.</summary>
    /// <param name="round">The same for the same wanted effect.</param>
    public static CommandKey KeyOf(IncidentId incident, string round) => new($"{incident}{Mark}{round}");

    /// <summary>The incident that a pause went out for; null for any other command.</summary>
    public static IncidentId? IncidentOf(CommandKey key) =>
        key.Value.IndexOf(Mark, StringComparison.Ordinal) is > 0 and var end ? new IncidentId(key.Value[..end]) : null;

    /// <summary>Null when no answer came in time.</summary>
    private async Task<CommandOutcome?> OutcomeAsync(Incident incident, Campaign campaign, CancellationToken cancellationToken)
    {
        if (campaign.Network.Campaign is not { } target)
            return new CommandOutcome.Refused("The campaign has no id at its network yet.");

        var request = new GateRequest(
            new NetworkCommand.Pause(campaign.Account, campaign.Id, target), KeyOf(incident.Id, $"{incident.PauseRound}"), campaign.Workspace,
            campaign.Mode, PersonId.Monitor, IncidentVoice.Because(incident));

        try
        {
            return await Bounded.RunAsync(token => gate.SendAsync(request, token), SafetyLimits.PauseTimeout, machine, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return new CommandOutcome.Refused(fault.Message);
        }
    }

    private async Task MarkAsync(Incident incident, Campaign campaign, CancellationToken cancellationToken)
    {
        try
        {
            await campaigns.ChangeAsync(
                campaign.Id,
                now => now.MaySpend || now.Status is CampaignStatus.Paused or CampaignStatus.Stopped
                    ? now with { Status = CampaignStatus.Stopped, Because = IncidentVoice.Because(incident) }
                    : now,
                cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotMarked(campaign.Id, fault.Message);
        }
    }

    [LoggerMessage(EventId = 232, Level = LogLevel.Critical, Message = "{Campaign} is paused at its network, but cannot be marked as stopped here yet: {Says}")]
    private partial void NotMarked(CampaignId campaign, string says);
}
