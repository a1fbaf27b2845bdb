// Long because everything that may become of a request, one decision at a time, is told in one place.
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Approvals;

/// <summary>The answer to somebody who approved or rejected.</summary>
public abstract record ApprovalAnswer
{
    /// <summary>It counts. <paramref name="Says"/> tells what came of it.</summary>
    public sealed record Decided(PendingApproval Approval, string Says) : ApprovalAnswer;

    public sealed record Refused(string Says) : ApprovalAnswer;
}

/// <summary>
/// Requests that wait for a second person: never decided by their requester, bound to the digest of what was shown, the first
/// decision counts and is on record before it does, checked again before the effect, and carried out once also when the process
/// dies or something fails in between.
/// </summary>
public sealed class ApprovalDesk(IApprovalStore approvals, IEnumerable<IApprovalEffect> effects, ApprovalVoice voice, IPeople people, ApprovalClock clock)
{
    private readonly Turnstile _turns = new();
    private readonly Dictionary<ApprovalKind, IApprovalEffect> _effects = effects.ToDictionary(effect => effect.Kind);

    /// <summary>By people's clock.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Keeps the request and announces it. A request about the same subject that still waits becomes void.</summary>
    public async Task<PendingApproval> RequestAsync(PendingApproval request, CancellationToken cancellationToken)
    {
        var superseded = (await approvals.WaitingAsync(request.Workspace, cancellationToken))
            .Where(waiting => waiting.Kind == request.Kind && waiting.Subject == request.Subject);
        foreach (var old in superseded)
        {
            if (old.Shown == request.Shown && old.Says == request.Says && old.RequestedBy == request.RequestedBy)
                return old;

            await VoidAsync(old, "a newer request took its place", cancellationToken);
        }

        var kept = await AddAsync(request, cancellationToken);
        await voice.AnnounceAsync(kept, kept.RequestedBy, $"{kept.Says} — waits for a second person", "asked", cancellationToken);
        return kept;
    }

    /// <param name="shown">The digest of the card that was pressed, or of what is stored when it was typed.</param>
    public Task<ApprovalAnswer> DecideAsync(ApprovalId id, Person by, bool approve, Digest shown, string? why, CancellationToken cancellationToken) =>
        DecideAsync(id, by, approve, shown, why, null, cancellationToken);

    /// <summary>Approves less than was asked for, or something calmer: a digest of its own, in the same commit as the decision.</summary>
    public Task<ApprovalAnswer> ApproveWithAsync(ApprovalId id, Person by, ApprovalChanges changes, Digest shown, CancellationToken cancellationToken) =>
        DecideAsync(id, by, approve: true, shown, why: null, changes, cancellationToken);

    private async Task<ApprovalAnswer> DecideAsync(
        ApprovalId id, Person by, bool approve, Digest shown, string? why, ApprovalChanges? changes, CancellationToken cancellationToken)
    {
        using var turn = await _turns.EnterAsync(id.Value, cancellationToken);
        if (await approvals.FindAsync(id, cancellationToken) is not { } approval)
            return new ApprovalAnswer.Refused("There is no such request any more.");

        if (await RefusalAsync(approval, by, approve, shown, cancellationToken) is { } refusal)
            return new ApprovalAnswer.Refused(refusal);

        var wanted = approval;
        switch (changes is null ? null : await _effects[approval.Kind].ChangedAsync(approval, changes, cancellationToken))
        {
            case ChangedRequest.Not not:
                return new ApprovalAnswer.Refused(not.Says);
            case ChangedRequest.Changed changed:
                wanted = changed.Approval;
                break;
        }

        var decided = await approvals.ChangeAsync(
            id,
            now => now.State != ApprovalState.Waiting ? now : now with
            {
                State = approve ? ApprovalState.Approved : ApprovalState.Rejected,
                DecidedBy = by.Id,
                DecidedAt = clock.GetUtcNow(),
                Why = why,
                CarriedOut = !approve,
                Details = wanted.Details,
                Shown = wanted.Shown,
                Says = wanted.Says,
                Changes = wanted.Changes,
                AskedShown = wanted.Changes is null ? null : approval.Shown,
            },
            Entry(wanted with { Why = why }, by.Id, $"{(approve ? "approved" : "rejected")}{(wanted.Changes is { } less ? $" with changes ({less})" : "")}: {wanted.Says}"),
            cancellationToken);

        // A newer request took its place a moment earlier.
        if (decided.DecidedBy != by.Id || decided.State != (approve ? ApprovalState.Approved : ApprovalState.Rejected))
            return new ApprovalAnswer.Refused(await voice.AlreadyDecidedAsync(decided, cancellationToken));

        if (!approve)
        {
            await voice.AnnounceAsync(decided, by.Id, $"rejected: {decided.Says}", why ?? "no reason given", cancellationToken);
            return new ApprovalAnswer.Decided(decided, $"Rejected{(why is null ? "" : $": {why}")}.");
        }

        var came = await CarryOutAsync(decided, isLate: false, cancellationToken);
        return new ApprovalAnswer.Decided(decided with { CarriedOut = came.Fault is null }, decided.Changes is { } said ? $"Approved with changes: {said}. {came.Says}" : came.Says);
    }

    /// <summary>
    /// Finishes what was approved and could not be carried out at once, before a crash or since, and withdraws what need not be decided any more. What still
    /// cannot, for example because its account is no longer configured, keeps no other waiting; people are told of it once, and it is returned to be tried again.
    /// </summary>
    public async Task<IReadOnlyList<(PendingApproval Approval, Exception Fault)>> FinishAsync(CancellationToken cancellationToken)
    {
        var failed = new List<(PendingApproval, Exception)>();
        foreach (var approval in await approvals.UnfinishedAsync(cancellationToken))
        {
            using var turn = await _turns.EnterAsync(approval.Id.Value, cancellationToken);
            if (await approvals.FindAsync(approval.Id, cancellationToken) is { State: ApprovalState.Approved, CarriedOut: false } present
                && (await CarryOutAsync(present, isLate: true, cancellationToken)).Fault is { } fault)
                failed.Add((present, fault));
        }

        foreach (var waiting in await approvals.WaitingAsync(null, cancellationToken))
        {
            if (await LookAfterAsync(waiting.Id, cancellationToken) is { } fault)
                failed.Add((waiting, fault));
        }

        return failed;
    }

    /// <summary>
    /// What nobody has to decide any more, as when its incident is over, waits for nobody; what waits long is reminded of, then told to Admins, and runs out.
    /// Why that could not be done; null when it could.
    /// </summary>
    private async Task<Exception?> LookAfterAsync(ApprovalId id, CancellationToken cancellationToken)
    {
        using var turn = await _turns.EnterAsync(id.Value, cancellationToken);
        try
        {
            if (await approvals.FindAsync(id, cancellationToken) is not { State: ApprovalState.Waiting } waiting)
                return null;

            if (clock.IsOver(waiting))
                await ExpireAsync(waiting, $"nobody decided within {clock.Allowed}", cancellationToken);
            else if (await _effects[waiting.Kind].PointlessAsync(waiting, cancellationToken) is { } says)
                await VoidAsync(waiting, says.TrimEnd('.'), cancellationToken);
            else if (clock.IsToEscalate(waiting))
                await NudgeAsync(waiting, now => now with { EscalatedAt = clock.GetUtcNow() }, "Admins are told", cancellationToken);
            else if (clock.IsToRemind(waiting))
                await NudgeAsync(waiting, now => now with { RemindedAt = clock.GetUtcNow() }, "whoever may decide is reminded", cancellationToken);

            return null;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return fault;
        }
    }

    private async Task<string?> RefusalAsync(PendingApproval approval, Person by, bool approve, Digest shown, CancellationToken cancellationToken)
    {
        if (approval.State != ApprovalState.Waiting)
            return await voice.AlreadyDecidedAsync(approval, cancellationToken);

        if (clock.IsOver(approval))
        {
            await ExpireAsync(approval, $"nobody decided within {clock.Allowed}", cancellationToken);
            return await voice.AlreadyDecidedAsync(await approvals.FindAsync(approval.Id, cancellationToken) ?? approval, cancellationToken);
        }

        if (!by.May(Permission.Approve, approval.Account))
            return RoleTable.Refusal(Permission.Approve, "decide this", by);

        // A role that was given to somebody who left counts for nothing here: to approve is no emergency, so that it waits for the chat.
        if (approve && (await people.OutsideAsync(by.Id, cancellationToken) ?? await OwnRequestAsync(approval, by, cancellationToken)) is { } refused)
            return refused;

        if (shown != approval.Shown)
            return "What you saw is no longer what was asked for; look at the present card first.";

        if (!approve)
            return null;

        var effect = _effects[approval.Kind];
        if ((await AskerObjectionAsync(effect, approval, cancellationToken) ?? await effect.ObjectionAsync(approval, cancellationToken)) is not { } objection)
            return null;

        if (!objection.KeepsWaiting)
            await VoidAsync(approval, objection.Says, cancellationToken);

        return objection.Says;
    }

    /// <summary>Whoever asked may have lost the role since that asking needs.</summary>
    private async Task<ApprovalObjection?> AskerObjectionAsync(IApprovalEffect effect, PendingApproval approval, CancellationToken cancellationToken) =>
        effect.AskedWith is { } needed && !(await people.GetAsync(approval.RequestedBy, cancellationToken)).May(needed, approval.Account)
            ? new ApprovalObjection($"{approval.RequestedBy} asked for this and is not allowed to any more, so that it is withdrawn.")
            : null;

    /// <summary>Nobody approves what they asked for, whichever chat they speak from; who could be the same person is not let through.</summary>
    private async Task<string?> OwnRequestAsync(PendingApproval approval, Person by, CancellationToken cancellationToken) => await people.CompareAsync(by, approval.RequestedBy, cancellationToken) switch
    {
        Sameness.Different => null,
        Sameness.Same => "You asked for this yourself; a second person has to approve it.",
        _ => $"A chat does not say just now whether you and {approval.RequestedBy.Value}, who asked for this, are two people. Nothing was changed; say it again in a minute.",
    };

    /// <param name="isLate">It was decided earlier: what spoke against it then may have changed, and is asked about again.</param>
    private async Task<(string Says, Exception? Fault)> CarryOutAsync(PendingApproval approval, bool isLate, CancellationToken cancellationToken)
    {
        var by = approval.DecidedBy ?? PersonId.System;
        string says;
        try
        {
            // What took effect in part is brought to its end; what did not is not begun when nobody expects it any more.
            if (clock.IsOver(approval) && !await _effects[approval.Kind].HasBegunAsync(approval, cancellationToken))
            {
                const string TooLate = "it was approved, and could not be carried out in time";
                await ExpireAsync(approval, TooLate, cancellationToken);
                return ($"Not done: {TooLate}. If it is still wanted, it has to be asked for anew.", null);
            }

            if (isLate && await LateObjectionAsync(approval, cancellationToken) is { } objection)
            {
                await VoidAsync(approval, objection.TrimEnd('.'), cancellationToken);
                return ($"Not done: {objection}", null);
            }

            says = await _effects[approval.Kind].CarryOutAsync(approval, cancellationToken);
            await approvals.ChangeAsync(
                approval.Id, now => now.CarriedOut ? now : now with { CarriedOut = true }, Entry(approval, by, $"carried out: {says}"), cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            await voice.TellOnceAsync(approval, fault, cancellationToken);
            return ($"Approved, but not carried out yet: {fault.Message.TrimEnd('.')}. It is tried again every minute.", fault);
        }

        await voice.AnnounceAsync(approval, by, $"approved: {approval.Says}", says, cancellationToken);
        return (says, null);
    }

    /// <summary>Why what was approved earlier is not begun any more; null when it may be, or has begun.</summary>
    /// <exception cref="NotCarriedOutYetException">It may be possible again later.</exception>
    private async Task<string?> LateObjectionAsync(PendingApproval approval, CancellationToken cancellationToken)
    {
        if (await _effects[approval.Kind].HasBegunAsync(approval, cancellationToken) || await _effects[approval.Kind].ObjectionAsync(approval, cancellationToken) is not { } objection)
            return null;

        return objection.KeepsWaiting ? throw new NotCarriedOutYetException(objection.Why) : objection.Why;
    }

    /// <summary>Also of what was approved and has not begun.</summary>
    private async Task VoidAsync(PendingApproval approval, string because, CancellationToken cancellationToken)
    {
        await approvals.ChangeAsync(
            approval.Id,
            now => now.State == approval.State && IsOpen(now) ? now with { State = ApprovalState.Void, DecidedAt = clock.GetUtcNow(), Why = because, CarriedOut = true } : now,
            Entry(approval, PersonId.System, $"void: {approval.Says}, because {because}"),
            cancellationToken);
        await voice.AnnounceAsync(approval, PersonId.System, $"no longer asked for: {approval.Says}", because, cancellationToken);
    }

    private async Task ExpireAsync(PendingApproval approval, string because, CancellationToken cancellationToken)
    {
        await approvals.ChangeAsync(
            approval.Id,
            now => IsOpen(now) ? now with { State = ApprovalState.Expired, DecidedAt = clock.GetUtcNow(), Why = because, CarriedOut = true } : now,
            Entry(approval, PersonId.System, $"ran out: {approval.Says}, because {because}"),
            cancellationToken);
        await voice.AnnounceAsync(approval, PersonId.System, $"ran out: {approval.Says}", because, cancellationToken);
    }

    private static bool IsOpen(PendingApproval approval) => approval.State is ApprovalState.Waiting || approval is { State: ApprovalState.Approved, CarriedOut: false };

    /// <summary>On record first, so that nobody is told twice.</summary>
    private async Task NudgeAsync(PendingApproval approval, Func<PendingApproval, PendingApproval> mark, string what, CancellationToken cancellationToken)
    {
        await approvals.ChangeAsync(
            approval.Id, now => now.State == ApprovalState.Waiting ? mark(now) : now, Entry(approval, PersonId.System, $"still waits: {approval.Says}; {what}"), cancellationToken);
        await voice.AnnounceAsync(approval, PersonId.System, $"still waits: {approval.Says}", $"nobody decided for {clock.Waited(approval)}; {what}", cancellationToken);
    }

    /// <summary>A request that is told not to have been kept may stand there all the same: then others are told of it.</summary>
    private async Task<PendingApproval> AddAsync(PendingApproval request, CancellationToken cancellationToken)
    {
        try
        {
            return await approvals.AddAsync(request, Entry(request, request.RequestedBy, $"asked: {request.Says}"), cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            if (await approvals.FindAsync(request.Id, cancellationToken) is not { } kept)
                throw;

            return kept;
        }
    }

    private static AuditEntry Entry(PendingApproval approval, PersonId by, string says)
    {
        var facts = new JsonObject
        {
            ["approval"] = approval.Id.Value,
            ["kind"] = approval.Kind.ToString(),
            ["subject"] = approval.Subject,
            ["shown"] = approval.Shown.Value,
            ["why"] = approval.Why,
        };
        if (approval.Changes is { } changes)
            facts["changes"] = changes;

        return new AuditEntry(approval.Workspace, approval.Account, null, by, "approval", says, facts);
    }
}
