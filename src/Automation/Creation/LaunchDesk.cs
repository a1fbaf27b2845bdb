using System.Text.Json;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Checks;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Creation.Changing;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Raises;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Creation;

/// <summary>Takes "launch": checks everything again, binds it to what was shown, asks for a second person where one is needed.</summary>
public sealed class LaunchDesk(
    DraftChecks checks, LaunchRegistrar registrar, ApprovalDesk approvals, UnusualAmounts unusual, SecondPeople others, ApprovalLimits limits, RiskGate risk, CampaignClock clock)
{
    /// <summary>The digest of everything that a launch would create. A forecast drifts with time and is not part of it.</summary>
    public static Digest DigestOf(CampaignDraft draft) => Digest.Of(JsonSerializer.Serialize(draft with
    {
        Step = "",
        Version = 0,
        ChangedAt = default,
        Shelved = false,
        ReadFrom = CampaignDraft.NothingRead,
    }));

    /// <summary>The campaign that a draft became; null when it was not launched.</summary>
    public Task<Campaign?> FindLaunchedAsync(DraftId draft, CancellationToken cancellationToken) => registrar.FindAsync(draft, cancellationToken);

    public async Task<LaunchAnswer> RequestAsync(CampaignDraft draft, Person by, Digest shown, CancellationToken cancellationToken)
    {
        if (await registrar.FindBegunAsync(draft, cancellationToken) is { } already)
            return new LaunchAnswer.Started(already);

        if (!by.MaySomewhere(Permission.Launch))
            return new LaunchAnswer.NotAllowed(RoleTable.Refusal(Permission.Launch, "launch", by));

        if (DigestOf(draft) is var now && now != shown)
            return new LaunchAnswer.Changed(now);

        var problems = await checks.AllAsync(draft, cancellationToken);
        if (problems.Any(problem => problem.Kind == ProblemKind.Blocks))
            return new LaunchAnswer.Refused(problems);

        var account = await checks.GetAccountAsync(draft, cancellationToken);
        if (!by.May(Permission.Launch, account.Id))
            return new LaunchAnswer.NotAllowed(RoleTable.Refusal(Permission.Launch, $"launch in {account.Id}", by));

        var spec = SpecOfDraft.From(draft, account);
        var days = SpecOfDraft.Days(spec.Schedule, clock.GetUtcNow(), account.Zone());
        var daily = spec.Budget.Daily(days);

        var asked = (await unusual.FindAsync(draft, spec, daily, cancellationToken)).Where(one => !IsConfirmed(draft, one)).ToList();
        if (asked.Count > 0)
            return new LaunchAnswer.Unusual(asked);

        if (limits.NeedsSecondPerson(spec.Budget.MostADay(days)))
            return await AskAsync(draft, by, spec, daily, shown, cancellationToken);

        return await risk.FreezeAsync(cancellationToken) is { } frozen
            ? new LaunchAnswer.NotAllowed($"Not launched: {frozen} Your draft is kept as it is; say \"launch\" again then.")
            : new LaunchAnswer.Started(await registrar.RegisterAsync(draft, by.Id, cancellationToken));
    }

    /// <summary>The draft with an unusual amount that its person, asked about it, wants.</summary>
    public static CampaignDraft Confirmed(CampaignDraft draft, IEnumerable<UnusualAmount> amounts, Person by, DateTimeOffset at) => draft with
    {
        Overrides = draft.Overrides.AddRange(amounts.Select(one => new Override(one.Field, one.Says, "asked about it, said yes", by.Id, at))),
    };

    /// <summary>What is asked for, in one sentence.</summary>
    internal static string SaysOf(CampaignDraft draft, CampaignSpec spec, AdAccount account, DateTimeOffset now) =>
        SaysOf(draft, spec, spec.Budget.Daily(SpecOfDraft.Days(spec.Schedule, now, account.Zone())));

    private static string SaysOf(CampaignDraft draft, CampaignSpec spec, Money daily) =>
        $"launch \"{draft.Name}\" at {BudgetWords.Of(spec.Budget.Type, spec.Budget.Amount, daily)}, at most {draft.MaxDailySpend} a day";

    private static bool IsConfirmed(CampaignDraft draft, UnusualAmount amount) =>
        draft.Overrides.Any(kept => kept.Field == amount.Field && kept.Against == amount.Says);

    private async Task<LaunchAnswer> AskAsync(
        CampaignDraft draft, Person by, CampaignSpec spec, Money daily, Digest shown, CancellationToken cancellationToken)
    {
        var request = new PendingApproval(
            ApprovalId.New(), draft.Workspace, spec.Account, ApprovalKind.Launch, draft.Id.Value, shown,
            SaysOf(draft, spec, daily), by.Id, approvals.Now, ApprovalState.Waiting)
        {
            Details = new AskedLaunch(draft, daily.Rounded()).Details(),
        };

        var kept = await approvals.RequestAsync(request, cancellationToken);
        return new LaunchAnswer.WaitsForSecondPerson(kept, await others.NobodyElseMayAsync(draft.Workspace, spec.Account, by, cancellationToken));
    }
}
