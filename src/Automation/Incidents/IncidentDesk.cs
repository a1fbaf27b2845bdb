using System.Text.Json;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Holds;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Hours;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Incidents;

/// <summary>What people do about an incident. The only way by which a stopped campaign runs again.</summary>
public sealed class IncidentDesk(
    IncidentBook book, ICampaignStore campaigns, IAdAccounts accounts, Observer observer, SafetyPanel panel, NetworkGate gate, LeverRollBack levers,
    ApprovalDesk approvals, CampaignHours hours, IncidentVoice voice, CampaignClock clock, TimeProvider machine)
{
    private readonly Turnstile _incidents = new();
    private readonly ResumeAgain _again = new(approvals, clock, machine);

    public async Task<IncidentAnswer> AcknowledgeAsync(IncidentId id, Person by, CancellationToken cancellationToken)
    {
        if (await RefusalAsync(id, by, cancellationToken) is { } refusal)
            return refusal;

        var incident = (await book.FindAsync(id, cancellationToken))!;
        var now = clock.GetUtcNow();
        var isFirst = false;
        incident = await book.ChangeAsync(
            incident,
            open =>
            {
                isFirst = open is { AcknowledgedBy: null, State: not IncidentState.Closed };
                return isFirst
                    ? open with { AcknowledgedBy = by.Id, AcknowledgedAt = now, Notes = open.Notes.Add(new IncidentNote(now, by.Id, "acknowledged")) }
                    : open;
            },
            cancellationToken);
        if (!isFirst)
            return IncidentAnswer.No(incident.AcknowledgedBy is { } first ? $"{first} has it since {await accounts.InAsync(incident.Account, incident.AcknowledgedAt ?? now, cancellationToken)}." : $"{incident.Handle} is closed: {incident.Resolution}.");

        await voice.NoteAsync(incident, FeedKind.Incident, Severity.Medium, $"acknowledged by {by.Name}", IncidentVoice.Because(incident), by.Id, cancellationToken);
        return IncidentAnswer.Yes($"{by.Name} has {incident.Handle}; reminders stop.");
    }

    /// <summary>The incident that holds a stopped campaign; null when none is kept.</summary>
    public Task<Incident?> FindStopAsync(CampaignId campaign, CancellationToken cancellationToken) => book.FindStopAsync(campaign, cancellationToken);

    /// <summary>
    /// Judges again now, on a fresh reading; resumes only when every rule is clear. Also what was left stopped when its incident was closed.
    /// </summary>
    public async Task<IncidentAnswer> ResumeAsync(IncidentId id, Person by, CancellationToken cancellationToken)
    {
        using var turn = await _incidents.EnterAsync(id.Value, cancellationToken);
        if (await RefusalAsync(id, by, cancellationToken) is { } refusal && !(by.May(Permission.Respond) && await IsLeftStoppedAsync(id, cancellationToken)))
            return refusal;

        var incident = (await book.FindAsync(id, cancellationToken))!;
        if (incident.Remedy != Remedy.PauseCampaign)
            return await CloseAsync(incident, by, $"closed by {by.Name}", FeedKind.Incident, cancellationToken);

        if (await campaigns.FindAsync(incident.Campaign, cancellationToken) is not { Network.Campaign: { } target } campaign)
            return IncidentAnswer.No("The campaign is not known any more.");

        if (campaign.Undoing)
            return IncidentAnswer.No($"The launch of {campaign.Name} was taken back, so there is nothing to resume.", "launch it again");

        if (!incident.PauseConfirmed)
            return IncidentAnswer.No("The pause is not confirmed yet, so there is nothing to resume. It is tried again with every check.");

        // Sweeps wait: none of them sees the campaign running and not yet resumed.
        using var alone = await book.EnterAsync(campaign.Id, cancellationToken);
        var others = (await book.OpenOfAsync(campaign.Id, cancellationToken)).Where(open => open.Id != id).ToList();
        var (held, outlook) = await JudgeAsync(campaign, incident, others, cancellationToken);
        if (held is not null)
            return held;

        if (await _again.ObjectionAsync(campaign, incident, by, cancellationToken) is { } again)
            return again;

        var activate = new GateRequest(
            new NetworkCommand.Activate(campaign.Account, campaign.Id, target, campaign.Spec.Schedule.StartAhead(clock.GetUtcNow())),
            await ResumeKeyAsync(incident, cancellationToken), campaign.Workspace, campaign.Mode, by.Id,
            $"{by.Name} resumed {incident.Handle} ({incident.CauseWords})", incident.Id);
        if (await hours.RestWordsAsync(campaign, cancellationToken) is { } rest)
            return await RestAsync(incident, others, campaign, by, activate, rest, cancellationToken);

        var outcome = await gate.SendAsync(
            activate,
            (confirmed, token) => campaigns.ChangeAsync(campaign.Id, now => Resumed(now, confirmed.Runs, null, by, [incident, .. others]), token),
            cancellationToken);
        if (outcome is not CommandOutcome.Confirmed)
            return IncidentAnswer.No($"Not resumed: {outcome.Words()}", "say resume again");

        await CloseWithAsync(incident, others, by, cancellationToken);
        var closed = await CloseAsync(incident, by, $"resumed by {by.Name}", FeedKind.Resume, cancellationToken);
        return closed with { Says = $"{closed.Says}{outlook}" };
    }

    /// <summary>One that a crash left open is gone on with; else it is another wanted effect, with a key of its own.</summary>
    private async Task<CommandKey> ResumeKeyAsync(Incident incident, CancellationToken cancellationToken) =>
        (await gate.FindResumeAsync(incident.Id, incident.Campaign, incident.ConfirmedAt ?? incident.OpenedAt, cancellationToken))?.Key
        ?? new CommandKey($"{incident.Id}/resume/{clock.GetUtcNow().ToUnixTimeMilliseconds()}");

    /// <summary>Resumed outside its hours: it stays paused until they begin, and the schedule lets it run then.</summary>
    private async Task<IncidentAnswer> RestAsync(
        Incident incident, IReadOnlyList<Incident> others, Campaign campaign, Person by, GateRequest activate, string rest, CancellationToken cancellationToken)
    {
        if (await gate.ObjectionAsync(activate, cancellationToken) is { } objection)
            return IncidentAnswer.No($"Not resumed: {objection}", "say resume again");

        await campaigns.ChangeAsync(campaign.Id, now => Resumed(now, CampaignStatus.Resting, rest, by, [incident, .. others]), cancellationToken);
        await CloseWithAsync(incident, others, by, cancellationToken);
        return await CloseAsync(incident, by, $"resumed by {by.Name}, {rest},", FeedKind.Resume, cancellationToken);
    }

    private Campaign Resumed(Campaign campaign, CampaignStatus status, string? because, Person by, IReadOnlyList<Incident> ended)
    {
        var now = clock.GetUtcNow();
        var resumed = campaign with { Status = status, Because = because, LastResumedAt = now, ResumedFrom = new ResumedFrom(now, [.. ended.Select(incident => incident.Cause)]) };
        return resumed.RunningFrom(campaign.Status, now).HeldBy(HeldLever.Running, by.Id, now);
    }

    public Task<RollBackPlan> RollBackPlanAsync(IncidentId id, CancellationToken cancellationToken) => levers.PlanAsync(id, cancellationToken);

    /// <summary>Puts levers back; the campaign stays paused.</summary>
    public async Task<IncidentAnswer> RollBackAsync(IncidentId id, Person by, CancellationToken cancellationToken)
    {
        using var turn = await _incidents.EnterAsync(id.Value, cancellationToken);
        if (await RefusalAsync(id, by, cancellationToken) is { } refusal)
            return refusal;

        var incident = (await book.FindAsync(id, cancellationToken))!;
        var rolled = await levers.PutBackAsync(incident, by, cancellationToken);
        var text = string.Join("; ", rolled.Says);
        if (!rolled.Tried)
        {
            return IncidentAnswer.No(rolled.Says.Count == 0
                ? "Nothing was moved since the last launch or resume within 24 hours, so there is nothing to put back."
                : $"There is nothing to put back: {text}.");
        }

        incident = await book.ChangeAsync(
            incident, open => open with { Notes = open.Notes.Add(new IncidentNote(clock.GetUtcNow(), by.Id, $"rolled back: {text}")) }, cancellationToken);
        await voice.NoteAsync(incident, FeedKind.Incident, Severity.Medium, $"rolled back by {by.Name}: {text}", IncidentVoice.Because(incident), by.Id, cancellationToken);
        return IncidentAnswer.Yes($"Rolled back: {text}. The campaign stays paused; say resume when it should run.");
    }

    /// <summary>Asks a second person for a higher limit: for the whole time when the lifetime budget holds the campaign, else until the account's midnight.</summary>
    public async Task<IncidentAnswer> RequestHigherCapAsync(IncidentId id, Person by, Money cap, CancellationToken cancellationToken)
    {
        if (await RefusalAsync(id, by, cancellationToken) is { } refusal)
            return refusal;

        var incident = (await book.FindAsync(id, cancellationToken))!;
        if (await campaigns.FindAsync(incident.Campaign, cancellationToken) is not { } campaign)
            return IncidentAnswer.No("The campaign is not known any more.");

        var now = await observer.LatestAsync(campaign, cancellationToken);
        var whole = panel.Judge(now).Any(verdict => verdict.Rule == SafetyRules.LifetimeBudget && verdict is SafetyVerdict.Breach or SafetyVerdict.Unknown) ? campaign.LifetimeBudget : null;
        var (present, when) = whole is { } budget ? (budget, "altogether") : (now.Cap, "today");
        if (cap.Currency != present.Currency || cap <= present)
            return IncidentAnswer.No($"The limit {when} is {present}; a higher one has to be above that, in {present.Currency}.");

        var lifted = new LiftedCap(incident.Id, campaign.Id, new DayCap(now.Today, cap), whole is not null);
        var details = JsonSerializer.Serialize(lifted);
        var asked = await approvals.RequestAsync(
            new PendingApproval(
                new ApprovalId(Guid.CreateVersion7().ToString("N")), campaign.Workspace, campaign.Account, ApprovalKind.LiftCap, incident.Id.Value, Digest.Of(details),
                $"{campaign.Name} may spend {cap} {when} instead of {present}, so that it can resume", by.Id, machine.GetUtcNow(), ApprovalState.Waiting)
            {
                Details = details,
            },
            cancellationToken);
        return IncidentAnswer.Yes($"Asked for {cap} {when} ({asked.Handle}); a second person has to approve it, then say resume.");
    }

    /// <summary>Every rule was clear: whatever else was open on the campaign is over too.</summary>
    private async Task CloseWithAsync(Incident incident, IReadOnlyList<Incident> others, Person by, CancellationToken cancellationToken)
    {
        foreach (var other in others)
            await CloseAsync(other, by, $"closed with {incident.Handle}, resumed by {by.Name}", FeedKind.Incident, cancellationToken);
    }

    /// <summary>Why it must not run again now, or null when every rule is clear, with what the day has seen so far in a sentence.</summary>
    /// <param name="others">What else is open on the campaign, so that it is named when it still holds.</param>
    private async Task<(IncidentAnswer? Objection, string Today)> JudgeAsync(Campaign campaign, Incident incident, IReadOnlyList<Incident> others, CancellationToken cancellationToken)
    {
        var account = await accounts.GetAsync(campaign.Account, cancellationToken);
        var seen = await observer.ObserveInTurnAsync(account, [campaign], cancellationToken);
        if (seen.Count == 0 || seen[0].FailuresInARow > 0)
            return (IncidentAnswer.No("The network does not answer, so nobody can tell whether it is safe.", "wait until it answers and say resume again"), "");

        if (seen[0].State != DataState.Fresh)
        {
            return (IncidentAnswer.No(
                $"Not resumed: the figures are too old to tell ({Finding(seen[0])}).", $"wait for fresh ones (usually {seen[0].Profile.UsualReportAge.Value.TotalMinutes:0} min old)"), "");
        }

        // As if it had been resumed this moment: what stopped it stays in the day's totals and leaves the windows.
        var now = seen[0] with { Campaign = seen[0].Campaign with { LastResumedAt = seen[0].Now } };
        var midnight = AccountTime.In(account.Zone(), now.Today.End(account.Zone()));
        var objection = panel.Judge(now).Select(verdict => verdict switch
        {
            SafetyVerdict.Breach used when used.Rule == SafetyRules.LifetimeBudget => IncidentAnswer.No(
                $"Not resumed: {used.Evidence.Measure} {used.Evidence.Measured}.", MoreAltogether(now), AnotherCampaign),
            SafetyVerdict.Unknown unknown when unknown.Rule == SafetyRules.LifetimeBudget && now.Reading is not null => IncidentAnswer.No(
                $"Not resumed: {unknown.Why}.", MoreAltogether(now), AnotherCampaign),
            SafetyVerdict.Breach breach when breach.Remedy == Remedy.PauseCampaign => IncidentAnswer.No(
                $"Not resumed: {Named(breach.Rule)} still holds — {breach.Evidence.Words}.",
                $"wait until {midnight}, when the account's day begins anew", $"say \"higher limit <amount>\" for more than {now.Cap} today; a second person confirms it"),
            SafetyVerdict.Breach breach => IncidentAnswer.No(
                $"Not resumed: {Named(breach.Rule)} — {breach.Evidence.Words}.", "wait until it is clear"),
            SafetyVerdict.Unknown unknown => IncidentAnswer.No(
                $"Not resumed: {Named(unknown.Rule)} cannot tell — {unknown.Why}.", $"wait for fresh figures (usually {now.Profile.UsualReportAge.Value.TotalMinutes:0} min old)"),
            _ => null,
        }).FirstOrDefault(answer => answer is not null) ?? TooEarly(incident, now, account);
        return (objection, now.Reading is { } read ? $" {read.Today.Spend} is spent today; it is stopped again at {now.Cap}." : "");

        string Named(RuleId rule) => others.FirstOrDefault(other => other.Cause == rule) is { } other ? $"{other.Handle} ({other.CauseWords})" : RuleWords.Of(rule, ResultWord.Of(campaign));
    }

    private const string AnotherCampaign = "or start another campaign with a budget of its own: say \"new campaign\"";

    private static string MoreAltogether(Observation now) =>
        $"say \"higher limit <amount>\" for more than {now.Campaign.LifetimeBudget} altogether; a second person confirms it";

    private static string Finding(Observation now) => now.StateBecause ?? (Freshness.AgeOf(now) is { } age ? $"{age.TotalMinutes:0} min" : "none yet");

    /// <summary>A resume begins with empty windows: not before what was spent until the pause is reported, whatever stopped it. A person's own stop needs no such wait.</summary>
    private static IncidentAnswer? TooEarly(Incident incident, Observation now, AdAccount account)
    {
        var known = (incident.ConfirmedAt ?? incident.OpenedAt) + now.Profile.UsualReportAge.Value;
        return incident.Cause != SafetyRules.StopEverything && now.Now < known
            ? IncidentAnswer.No("Not resumed: the figures up to the pause are not all in yet.", $"wait until {AccountTime.In(account.Zone(), known)}")
            : null;
    }

    private async Task<IncidentAnswer> CloseAsync(Incident incident, Person by, string resolution, FeedKind kind, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var says = $"{resolution} after {(now - incident.OpenedAt).TotalMinutes:0} min";
        var closed = await book.ChangeAsync(
            incident,
            open => open with
            {
                State = IncidentState.Closed, ClosedAt = now, Resolution = says, Notes = open.Notes.Add(new IncidentNote(now, by.Id, says)),
            },
            cancellationToken);
        await voice.NoteAsync(closed, kind, Severity.Medium, says, IncidentVoice.Because(closed), by.Id, cancellationToken);
        return IncidentAnswer.Yes($"{closed.CampaignName}: {says}.");
    }

    private async Task<IncidentAnswer?> RefusalAsync(IncidentId id, Person by, CancellationToken cancellationToken)
    {
        if (!by.May(Permission.Respond))
            return IncidentAnswer.No(RoleTable.Refusal(Permission.Respond, "answer incidents", by));

        return await book.FindAsync(id, cancellationToken) switch
        {
            null => IncidentAnswer.No("There is no such incident."),
            { State: IncidentState.Closed } closed => IncidentAnswer.No($"{closed.Handle} is closed: {closed.Resolution}."),
            _ => null,
        };
    }

    private async Task<bool> IsLeftStoppedAsync(IncidentId id, CancellationToken cancellationToken) =>
        await book.FindAsync(id, cancellationToken) is { State: IncidentState.Closed, Remedy: Remedy.PauseCampaign } closed
        && await campaigns.FindAsync(closed.Campaign, cancellationToken) is { Status: CampaignStatus.Stopped }
        && await book.FindStopAsync(closed.Campaign, cancellationToken) is { } newest && newest.Id == id;
}
