using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Commands.Looking;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Commands;

/// <summary>
/// The only way to change anything at a network: intent, gate, call, read back, record. A key that was confirmed before gives
/// its first answer again; one whose outcome is unknown is settled by reading and never sent blindly a second time.
/// </summary>
public sealed class NetworkGate(IIntentStore intents, IntentJournal journal, RiskGate risk, NetworkDoor networks, CampaignClock clock)
{
    private const string BackMark = "/back/";

    private readonly Turnstile _keys = new();

    /// <summary>Whether a command took back a raise that must not stand.</summary>
    public static bool TakesBack(CommandKey key) => key.Value.Contains(BackMark, StringComparison.Ordinal);

    public Task<CommandOutcome> SendAsync(GateRequest request, CancellationToken cancellationToken) => SendAsync(request, null, cancellationToken);

    /// <param name="keep">
    /// Writes a confirmed change to the campaign. A raise of the same account is judged only after it, so that two never count on the same room.
    /// </param>
    public async Task<CommandOutcome> SendAsync(GateRequest request, Func<CommandOutcome.Confirmed, CancellationToken, Task>? keep, CancellationToken cancellationToken)
    {
        using var turn = await _keys.EnterAsync(request.Key.Value, cancellationToken);
        if (request.Command.Direction != Direction.Raises)
            return await SendAndKeepAsync(request, keep, cancellationToken);

        using var alone = await risk.EnterAsync(request.Command.Account, cancellationToken);
        return alone is null
            ? new CommandOutcome.Failed(FaultKind.TimedOut, "Another raise of this account is still under way, and they go out one at a time: say it again in a moment.")
            : await SendAndKeepAsync(request, keep, cancellationToken);
    }

    /// <summary>What was decided to be sent under a key, whatever became of it; null when nothing was.</summary>
    public Task<CommandIntent?> FindAsync(CommandKey key, CancellationToken cancellationToken) => intents.FindAsync(key, cancellationToken);

    /// <summary>Why a command would be refused now, in a sentence; nothing is written or sent.</summary>
    public Task<string?> ObjectionAsync(GateRequest request, CancellationToken cancellationToken) => risk.RefusalAsync(request, cancellationToken);

    /// <summary>
    /// A resume that ends this incident, sent and not settled yet, or confirmed since an instant and perhaps not taken into our record: a crash came
    /// between. Null: there is none.
    /// </summary>
    public async Task<CommandIntent?> FindResumeAsync(IncidentId incident, CampaignId campaign, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var recently = clock.GetUtcNow() - SafetyLimits.SettleWithin;
        var confirmed = await intents.ConfirmedAsync(campaign, since > recently ? since : recently, cancellationToken);
        return (await intents.OpenAsync(cancellationToken)).Concat(confirmed)
            .FirstOrDefault(intent => intent.Resumes == incident && intent.Command is NetworkCommand.Activate);
    }

    /// <summary>
    /// Settles by reading, never by sending again, what a crash or a lost answer left open, and takes back a raise that failed and took effect
    /// late. The intent as it stands after; null when somebody is carrying it out now or may be about to, and while what came of it waits beside the database.
    /// </summary>
    /// <param name="keep">Takes over into our record what was confirmed, before anybody else has a turn.</param>
    public async Task<CommandIntent?> SettleAsync(
        CommandIntent open, Func<CommandIntent, CommandOutcome.Confirmed, CancellationToken, Task> keep, CancellationToken cancellationToken)
    {
        using var turn = _keys.TryEnter(open.Key.Value);
        if (turn is null)
            return null;

        using var alone = open.Command.Direction == Direction.Raises ? await risk.EnterAsync(open.Command.Account, cancellationToken) : turn;
        if (alone is null || await journal.IsNotedAsync(open.Key, cancellationToken) || await intents.FindAsync(open.Key, cancellationToken) is not { } intent)
            return null;

        var isPlanned = intent.State == IntentState.Planned;
        if (isPlanned && clock.GetUtcNow() - intent.PlannedAt < SafetyLimits.UnsentWithin)
            return null;

        if (isPlanned)
            await journal.RefusedAsync(intent, "It was never sent: what came before it failed, or the program ended.", cancellationToken);
        else if (intent.IsOpen)
            await SettleOpenAsync(intent, keep, cancellationToken);
        else if (intent.State == IntentState.Failed)
            await UndoLateAsync(intent, cancellationToken);

        return await intents.FindAsync(open.Key, cancellationToken);
    }

    private async Task SettleOpenAsync(
        CommandIntent intent, Func<CommandIntent, CommandOutcome.Confirmed, CancellationToken, Task> keep, CancellationToken cancellationToken)
    {
        try
        {
            if (await FoundAsync(intent, intent.Resumes, cancellationToken) is CommandOutcome.Confirmed confirmed)
                await keep(intent, confirmed, cancellationToken);
            else if (await intents.FindAsync(intent.Key, cancellationToken) is { IsOpen: true } && clock.GetUtcNow() - intent.PlannedAt >= SafetyLimits.SettleWithin)
                await journal.FailedAsync(intent, intent.Fault ?? FaultKind.TimedOut, "Reading back shows that it did not happen.", cancellationToken);
        }
        catch (AdNetworkException fault) when (intent.State == IntentState.Sent)
        {
            await journal.UnknownAsync(intent, fault.Kind, fault.Message, cancellationToken);
        }
        catch (AdNetworkException)
        {
            // Still nobody knows; the next round reads again.
        }
    }

    /// <summary>People were told that it did not happen, so it must not stand.</summary>
    private async Task UndoLateAsync(CommandIntent intent, CancellationToken cancellationToken)
    {
        var (network, account) = await networks.OpenAsync(intent.Command, intent.Mode, cancellationToken);
        if (Reversal.Of(intent.Command) is { } back && await ReadBack.FindAsync(network, account, intent.Command, intent.Key, cancellationToken) is not null)
            await TakeBackAsync(intent, back, "It had failed, and took effect late.", IntentState.Failed, cancellationToken);
    }

    private async Task<CommandOutcome?> FoundAsync(CommandIntent intent, IncidentId? resumes, CancellationToken cancellationToken)
    {
        var (network, account) = await networks.OpenAsync(intent.Command, intent.Mode, cancellationToken);
        if (await ReadBack.FindAsync(network, account, intent.Command, intent.Key, cancellationToken) is not { } found)
            return null;

        return await ConfirmedAsync(intent, found, resumes, cancellationToken);
    }

    private async Task<CommandOutcome> SendAndKeepAsync(GateRequest request, Func<CommandOutcome.Confirmed, CancellationToken, Task>? keep, CancellationToken cancellationToken)
    {
        var outcome = await SendOnceAsync(request, cancellationToken);
        if (outcome is CommandOutcome.Confirmed confirmed && keep is not null)
            await keep(confirmed, cancellationToken);

        return outcome;
    }

    private async Task<CommandOutcome> SendOnceAsync(GateRequest request, CancellationToken cancellationToken)
    {
        var planned = new CommandIntent(
            request.Key, request.Workspace, request.Mode, request.Command, request.By, request.Because, clock.GetUtcNow(), IntentState.Planned)
        {
            Resumes = request.Resumes,
            Before = risk.LastSeen(request.Command.Campaign) is { } seen ? SeenBefore.In(seen) : null,
        };
        var reduces = request.Command.Direction == Direction.Reduces;

        var intent = await journal.PlanAsync(planned, cancellationToken);
        if (intent.Command.GetType() != request.Command.GetType())
            throw new InvalidOperationException($"{request.Key} already names another command.");

        if (intent is { State: IntentState.Confirmed, Result: { } first })
            return await TakenBackAsync(intent, request.Resumes, cancellationToken) ?? new CommandOutcome.Confirmed(first);

        if (MayStand(intent) && await SettledAsync(intent, request.Resumes, cancellationToken) is { } settled)
            return settled;

        if (!reduces && await risk.RefusalAsync(request, cancellationToken) is { } refusal)
            return await journal.RefusedAsync(intent, refusal, cancellationToken);

        return await CallAsync(intent with { Command = request.Command }, reduces, request.Resumes, cancellationToken);
    }

    /// <summary>A creation whose answer was lost may have taken effect late: it is looked for before it is sent again, however sure a network is to know its key.</summary>
    private static bool MayStand(CommandIntent intent) => intent.State is IntentState.Sent or IntentState.Unknown
        || intent is { State: IntentState.Failed, Fault: { } fault, Command.Creates: true } && AdNetworkException.MayHaveTakenEffect(fault);

    private async Task<CommandOutcome> CallAsync(CommandIntent intent, bool reduces, IncidentId? resumes, CancellationToken cancellationToken)
    {
        await journal.SentAsync(intent, cancellationToken);

        try
        {
            var (network, account) = await networks.OpenAsync(intent.Command, intent.Mode, cancellationToken);
            if (await MovedMeanwhile.FindAsync(network, account, intent.Command, cancellationToken) is { } moved)
                return await journal.RefusedAsync(intent, moved, cancellationToken);

            // Writing and looking took their time: a freeze of this moment counts.
            if (!reduces && await risk.FreezeAsync(cancellationToken) is { } frozen)
                return await journal.RefusedAsync(intent, frozen, cancellationToken);

            await network.ExecuteAsync(account, intent.Command, intent.Key, cancellationToken);

            // It took it: a look that fails now says nothing about what came of it.
            return await SettledAsync(intent, resumes, cancellationToken)
                ?? await journal.FailedAsync(intent, FaultKind.Malformed, "The network said yes, but a second look shows no change.", cancellationToken);
        }
        catch (AdNetworkException fault) when (fault.OutcomeIsUnknown)
        {
            return await SettledAsync(intent, resumes, cancellationToken)
                ?? await journal.FailedAsync(intent, fault.Kind, fault.Message, cancellationToken);
        }
        catch (AdNetworkException fault)
        {
            return await journal.FailedAsync(intent, fault.Kind, fault.Message, cancellationToken);
        }
    }

    /// <summary>Confirmed when the network shows it, unknown when it cannot be asked, null when it shows that nothing happened.</summary>
    private async Task<CommandOutcome?> SettledAsync(CommandIntent intent, IncidentId? resumes, CancellationToken cancellationToken)
    {
        try
        {
            return await FoundAsync(intent, resumes, cancellationToken);
        }
        catch (AdNetworkException fault)
        {
            return await journal.UnknownAsync(
                intent, fault.Kind, $"Nobody knows yet whether \"{intent.Command.Words}\" happened: {fault.Message}", cancellationToken);
        }
    }

    private async Task<CommandOutcome> ConfirmedAsync(CommandIntent intent, CommandOutcome.Confirmed shown, IncidentId? resumes, CancellationToken cancellationToken) =>
        await TakenBackAsync(intent, resumes, cancellationToken) ?? await journal.ConfirmedAsync(intent, shown, cancellationToken);

    /// <summary>What took effect stands only when nothing was frozen or stopped while it was under way; null when it stands, else it is taken back at once.</summary>
    private async Task<CommandOutcome?> TakenBackAsync(CommandIntent intent, IncidentId? resumes, CancellationToken cancellationToken)
    {
        return Reversal.Of(intent.Command) is { } back && await risk.ObjectionAfterAsync(intent.Command, resumes, cancellationToken) is { } objection
            ? await TakeBackAsync(intent, back, objection, IntentState.Unknown, cancellationToken)
            : null;
    }

    /// <param name="unsettled">How the intent stands while taking it back is not confirmed.</param>
    private async Task<CommandOutcome> TakeBackAsync(
        CommandIntent intent, NetworkCommand back, string objection, IntentState unsettled, CancellationToken cancellationToken)
    {
        // Each time under a key of its own: an effect may come late, after an earlier taking back was confirmed.
        var key = new CommandKey($"{intent.Key}{BackMark}{Guid.CreateVersion7():N}");
        var sent = await SendOnceAsync(new GateRequest(back, key, intent.Workspace, intent.Mode, PersonId.Monitor, objection), cancellationToken);
        return sent is CommandOutcome.Confirmed
            ? await journal.TakenBackAsync(intent, $"{objection} It had gone out already and was taken back.", cancellationToken)
            : await journal.NotTakenBackAsync(
                intent, unsettled, $"{objection} It had gone out already, and taking it back is not confirmed: {sent.Words()}", cancellationToken);
    }
}
