using System.Globalization;
using System.Text.Json;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Tuning;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Raises;

/// <summary>A higher cap that somebody asked for: what a second person approves, and nothing else.</summary>
/// <param name="From">The cap when it was asked; from another one it is another raise.</param>
/// <param name="ResumedBefore">When the campaign was last resumed when this was asked.</param>
public sealed record AskedCap(CampaignId Campaign, string CampaignName, Money From, Money To, DateTimeOffset? ResumedBefore)
{
    public static AskedCap Of(PendingApproval approval) => JsonSerializer.Deserialize<AskedCap>(approval.Details)
        ?? throw new InvalidOperationException($"Approval {approval.Handle} holds no cap.");
}

/// <summary>
/// Raising a cap counts as a raise: the same reasons refuse it, and above the same limits a second person is asked. What lifts another limit, or lets the agent do more,
/// always waits for a second person, where there is one.
/// </summary>
public sealed class CapRaises(RiskGate risk, ApprovalDesk approvals, SecondPeople others, ApprovalLimits limits, TimeProvider machine)
{
    /// <summary>
    /// Why no limit that the monitor watches may be loosened now: everything is frozen, or an incident is open and nobody else may agree, so that whoever takes away what stopped
    /// the campaign could resume it alone. Null when nothing holds it: with a second person a wrong limit is corrected beside an incident, and starts nothing.
    /// </summary>
    public async Task<string?> HoldObjectionAsync(Campaign campaign, Person by, CancellationToken cancellationToken)
    {
        if (await risk.FreezeAsync(cancellationToken) is { } frozen)
            return frozen;

        return await risk.OpenOfAsync(campaign.Id, cancellationToken) is [var open, ..] && await others.NobodyElseMayAsync(campaign.Workspace, campaign.Account, by, cancellationToken)
            ? $"Incident {open.Handle} ({open.CauseWords}) is open on {campaign.Name}. Until it is closed a limit is lifted by two people, and nobody else here may approve that. {SecondPeople.HowToAdd}"
            : null;
    }

    /// <inheritdoc cref="RiskGate.BreachByAsync"/>
    public Task<SafetyVerdict.Breach?> BreachByAsync(Campaign campaign, SettingChange change, CancellationToken cancellationToken) =>
        risk.BreachByAsync(campaign, change.Apply(campaign), cancellationToken);

    /// <param name="now">Campaign time.</param>
    public async Task<RaisePreview> PreviewAsync(Campaign campaign, Money to, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await risk.RaiseObjectionAsync(campaign, cancellationToken) is { } objection)
            return new RaisePreview(objection, null);

        var from = campaign.Spec.Budget.MaxDailySpend;
        var times = from.Amount > 0 ? to.Over(from) : 0;
        return new RaisePreview(null, WhySecondPerson(campaign, to, now), times < UnusualAmounts.Factor
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{to} is {Math.Floor(times):0} times the present {from}"));
    }

    /// <summary>Asks a second person where one is needed, or says why it is not done. Null when one person may.</summary>
    public async Task<string?> AskAsync(Campaign campaign, Money to, Person by, bool sure, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var preview = await PreviewAsync(campaign, to, now, cancellationToken);
        if (preview.Objection is { } objection)
            return $"Not done: {objection}";

        if (preview.Unusual is { } size && !sure)
            return $"Not done: {size}. Say it again, and yes to both questions, if that is what you mean.";

        if (preview.SecondPerson is not { } because)
            return null;

        if (await others.NobodyElseMayAsync(campaign.Workspace, campaign.Account, by, cancellationToken))
            return $"Not done: {because}, and nobody else here may approve that. {SecondPeople.HowToAdd} Or raise it by less.";

        var from = campaign.Spec.Budget.MaxDailySpend;
        var details = JsonSerializer.Serialize(new AskedCap(campaign.Id, campaign.Name, from, to, campaign.LastResumedAt));
        var asked = await approvals.RequestAsync(
            new PendingApproval(
                ApprovalId.New(), campaign.Workspace, campaign.Account, ApprovalKind.Cap, $"{campaign.Id}/cap", Digest.Of(details),
                $"raise the cap of {campaign.Name} from {from} to {to} a day", by.Id, machine.GetUtcNow(), ApprovalState.Waiting)
            {
                Details = details,
            },
            cancellationToken);
        return SecondPeople.Asked(asked, because);
    }

    /// <summary>Asks a second person to lift another limit. Null when one person may.</summary>
    public async Task<string?> AskAsync(Campaign campaign, SettingChange change, Person by, CancellationToken cancellationToken)
    {
        if (await WhySecondPersonAsync(campaign, change, by, cancellationToken) is not { } because)
            return null;

        var open = await risk.OpenOfAsync(campaign.Id, cancellationToken);
        var details = JsonSerializer.Serialize(AskedSetting.Of(campaign, change, by.Id, machine.GetUtcNow()) with { Beside = [.. open.Select(one => one.Id)] });
        var asked = await approvals.RequestAsync(
            new PendingApproval(
                ApprovalId.New(), campaign.Workspace, campaign.Account, ApprovalKind.Setting, $"{campaign.Id}/{change.Name}", Digest.Of(details),
                $"change the {change.Name} of {campaign.Name} from {change.Before} to {change.After}{string.Concat(open.Take(1).Select(one => $" although incident {one.Handle} ({one.CauseWords}) is open on it"))}", by.Id, machine.GetUtcNow(), ApprovalState.Waiting)
            {
                Details = details,
            },
            cancellationToken);
        return SecondPeople.Asked(asked, because);
    }

    /// <summary>Where nobody else may approve, one person who was asked about it is enough: a workspace of one is not locked into its first settings.</summary>
    public async Task<string?> WhySecondPersonAsync(Campaign campaign, SettingChange change, Person by, CancellationToken cancellationToken) =>
        change is { Loosens: true, IsLimit: true } && !await others.NobodyElseMayAsync(campaign.Workspace, campaign.Account, by, cancellationToken) ? "That lifts a limit" : null;

    private string? WhySecondPerson(Campaign campaign, Money to, DateTimeOffset now)
    {
        var from = campaign.Spec.Budget.MaxDailySpend;
        var (counted, words) = CountsFrom(campaign, now);
        if (to > limits.MostAlone(counted))
        {
            var percent = (limits.RaiseAbove * 100).ToString("0.#", CultureInfo.InvariantCulture);
            return $"{to} is more than {percent} % above {words}";
        }

        if (!limits.NeedsSecondPerson(to))
            return null;

        return limits.LaunchAbove.TryGetValue(to.Currency.Code, out var alone)
            ? from.Amount > alone ? null : $"{to} a day is above the {to.Currency.Of(alone)} that one person may let run"
            : $"nobody said in the settings how many {to.Currency} a day one person may let run";
    }

    /// <summary>As for budgets and bids: a large raise is not small for being cut in pieces.</summary>
    private static (Money From, string Words) CountsFrom(Campaign campaign, DateTimeOffset now)
    {
        var from = campaign.Spec.Budget.MaxDailySpend;
        var recent = campaign.SettingChanges.Where(change => change is { CapBefore: not null, CapAfter: not null } && now - change.At < RaiseCount.Window).ToList();
        if (recent.FindLast(change => change.Agreed) is { CapAfter: { } agreed })
            return (agreed, $"the {agreed} that a second person agreed to");

        return recent is [{ CapBefore: { } stood }, ..] && stood != from ? (stood, $"the {stood} at which it stood before the changes of the last 24 hours") : (from, $"the present {from}");
    }
}

/// <summary>A higher cap that a second person allowed: from the cap that was shown and no other, and judged again.</summary>
public sealed class CapApproval(ICampaignStore campaigns, RiskGate risk, IActivityFeed feed, CampaignClock clock) : IApprovalEffect
{
    public ApprovalKind Kind => ApprovalKind.Cap;

    public Permission? AskedWith => Permission.Raise;

    public async Task<ApprovalObjection?> ObjectionAsync(PendingApproval approval, CancellationToken cancellationToken)
    {
        var asked = AskedCap.Of(approval);
        if (await PointlessAsync(approval, cancellationToken) is { } says)
            return new ApprovalObjection(says);

        return await campaigns.FindAsync(asked.Campaign, cancellationToken) is { } campaign && await risk.RaiseObjectionAsync(campaign, cancellationToken) is { } objection
            ? new ApprovalObjection($"Not now: {objection}", KeepsWaiting: true)
            : null;
    }

    public async Task<string?> PointlessAsync(PendingApproval approval, CancellationToken cancellationToken)
    {
        var asked = AskedCap.Of(approval);
        if (await campaigns.FindAsync(asked.Campaign, cancellationToken) is not { } campaign)
            return "The campaign is not known any more.";

        if (!campaign.IsOpen)
            return $"{asked.CampaignName} is over, so that its cap is not raised any more.";

        if (campaign.Spec.Budget.MaxDailySpend is var present && present != asked.From)
            return $"The cap of {asked.CampaignName} is {present} and no longer {asked.From}, from which it was asked for; ask again if it is still wanted.";

        return campaign.LastResumedAt == asked.ResumedBefore
            ? null
            : $"{asked.CampaignName} stood still and was resumed since this was asked; look at how it does now, and ask again if it is still wanted.";
    }

    public async Task<bool> HasBegunAsync(PendingApproval approval, CancellationToken cancellationToken) =>
        AskedCap.Of(approval) is var asked && await campaigns.FindAsync(asked.Campaign, cancellationToken) is { } campaign && campaign.Spec.Budget.MaxDailySpend == asked.To;

    /// <summary>Between the decision and the effect a start may lie, and an incident with it.</summary>
    private async Task<string?> LateObjectionAsync(PendingApproval approval, AskedCap asked, CancellationToken cancellationToken) => await HasBegunAsync(approval, cancellationToken)
        ? null
        : await PointlessAsync(approval, cancellationToken)
            ?? (await campaigns.FindAsync(asked.Campaign, cancellationToken) is { } campaign ? await risk.HoldObjectionAsync(campaign, cancellationToken) : null);

    public async Task<string> CarryOutAsync(PendingApproval approval, CancellationToken cancellationToken)
    {
        var asked = AskedCap.Of(approval);
        if (await LateObjectionAsync(approval, asked, cancellationToken) is { } objection)
            return $"Not done: {objection} Ask again if it is still wanted.";

        var changed = await campaigns.ChangeAsync(
            asked.Campaign,
            now => now.Spec.Budget.MaxDailySpend == asked.From && CampaignSettings.Cap(now, asked.To).Change is { } change
                ? SettingChanged.Make(now, change, approval.RequestedBy, clock.GetUtcNow(), agreed: true)
                : now,
            cancellationToken);
        if (changed.Spec.Budget.MaxDailySpend != asked.To)
            return $"Not done: the cap of {asked.CampaignName} is {changed.Spec.Budget.MaxDailySpend} by now.";

        await feed.PublishAsync(
            new FeedEvent(
                0, clock.GetUtcNow(), changed.Workspace, changed.Account, changed.Id, changed.Name, FeedKind.Note, Severity.Medium, $"cap {asked.From} → {asked.To} a day",
                $"asked by {approval.RequestedBy}, approved by {approval.DecidedBy}", approval.RequestedBy, Simulated: changed.IsSimulated),
            cancellationToken);
        return $"{changed.Name}: cap {asked.From} → {asked.To} a day; the monitor goes by it from its next check on.";
    }
}
