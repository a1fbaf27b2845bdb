using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Checks;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Creation.Changing;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Creation;

/// <summary>A launch that a second person allowed: exactly the draft that was shown, checked again.</summary>
public sealed class LaunchApproval(DraftChecks checks, IDraftStore drafts, LaunchRegistrar registrar, RiskGate risk, CampaignClock clock) : IApprovalEffect
{
    public ApprovalKind Kind => ApprovalKind.Launch;

    public Permission? AskedWith => Permission.Launch;

    public async Task<ApprovalObjection?> ObjectionAsync(PendingApproval approval, CancellationToken cancellationToken) =>
        await PointlessAsync(approval, cancellationToken) is { } pointless ? new ApprovalObjection(pointless)
        : await BlockingAsync(AskedLaunch.Of(approval).Draft, cancellationToken) is { } blocking ? new ApprovalObjection($"It cannot be launched any more: {blocking}")
        : await risk.FreezeAsync(cancellationToken) is { } frozen ? new ApprovalObjection($"Not now: {frozen}", KeepsWaiting: true)
        : null;

    public async Task<string?> PointlessAsync(PendingApproval approval, CancellationToken cancellationToken)
    {
        var asked = AskedLaunch.Of(approval);
        if (await registrar.FindAsync(asked.Draft, cancellationToken) is { } running)
            return $"{running.Name} was launched already.";

        if (await drafts.FindAsync(asked.Draft.Id, cancellationToken) is not { } present)
            return "The draft was deleted meanwhile.";

        return LaunchDesk.DigestOf(present) != (approval.AskedShown ?? approval.Shown)
            ? "The draft was changed after it was asked for; it has to be asked for again."
            : await MoreADayAsync(asked, cancellationToken);
    }

    private async Task<string?> BlockingAsync(CampaignDraft draft, CancellationToken cancellationToken)
    {
        var blocking = (await checks.AllAsync(draft, cancellationToken)).Where(problem => problem.Kind == ProblemKind.Blocks).ToList();
        return blocking.Count == 0 ? null : string.Join(" ", blocking.Select(problem => problem.Says));
    }

    /// <summary>A budget for the whole time comes to more on each of the days that are left than it did when somebody looked at it.</summary>
    private async Task<string?> MoreADayAsync(AskedLaunch asked, CancellationToken cancellationToken)
    {
        if (asked.Draft is not { BudgetType: BudgetType.Lifetime, BudgetAmount: { } total } || await checks.FindAccountAsync(asked.Draft, cancellationToken) is not { } account
            || BudgetWords.Daily(asked.Draft, clock.GetUtcNow(), account.Zone())?.Rounded() is not { } now || now <= asked.Daily)
            return null;

        return $"Days have passed since it was asked for: {total} in total comes to {now} a day on average by now, and {asked.Daily?.ToString() ?? "nobody knows what"} was shown; it has to be asked for again.";
    }

    /// <summary>Budget only down, the mode only calmer: what was asked for was the most that its person wanted.</summary>
    public async Task<ChangedRequest> ChangedAsync(PendingApproval approval, ApprovalChanges changes, CancellationToken cancellationToken)
    {
        var asked = AskedLaunch.Of(approval).Draft;
        if (LaunchChange.Objection(asked, changes) is { } objection)
            return new ChangedRequest.Not(objection);

        var draft = LaunchChange.Of(asked, changes);
        if (await BlockingAsync(draft, cancellationToken) is { } blocking)
            return new ChangedRequest.Not($"Not with that: {blocking} Nothing was changed.");

        var account = await checks.GetAccountAsync(draft, cancellationToken);
        var now = clock.GetUtcNow();
        return new ChangedRequest.Changed(approval with
        {
            Details = new AskedLaunch(draft, BudgetWords.Daily(draft, now, account.Zone())?.Rounded()).Details(),
            Shown = LaunchDesk.DigestOf(draft),
            Says = LaunchDesk.SaysOf(draft, SpecOfDraft.From(draft, account), account, now),
            Changes = LaunchChange.Words(asked, changes),
        });
    }

    public async Task<bool> HasBegunAsync(PendingApproval approval, CancellationToken cancellationToken) => await registrar.FindAsync(AskedLaunch.Of(approval).Draft, cancellationToken) is not null;

    public async Task<string> CarryOutAsync(PendingApproval approval, CancellationToken cancellationToken)
    {
        var asked = AskedLaunch.Of(approval);
        if (!await HasBegunAsync(approval, cancellationToken) && await MoreADayAsync(asked, cancellationToken) is { } more)
            return $"Not done: {more}";

        var campaign = await registrar.RegisterAsync(asked.Draft, approval.RequestedBy, cancellationToken);
        return $"{campaign.Name} ({campaign.Handle}) is being launched.";
    }
}
