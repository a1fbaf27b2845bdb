using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Incidents.Resuming;

/// <summary>What a stopped campaign is judged to be now.</summary>
/// <param name="Objection">Why it must not run again now; null when every rule is clear.</param>
/// <param name="Spent">Of today; null when it is not known.</param>
/// <param name="Worst">What today may cost at worst when it runs again now.</param>
public sealed record ResumeJudgement(IncidentAnswer? Objection, Money? Spent, WorstDay? Worst);

/// <summary>Judges a stopped campaign on a fresh reading, as if it had been resumed this moment.</summary>
public sealed class ResumeJudge(IAdAccounts accounts, Observer observer, SafetyPanel panel)
{
    /// <param name="others">What else is open on the campaign, so that it is named when it still holds.</param>
    public async Task<ResumeJudgement> JudgeAsync(Campaign campaign, Incident incident, IReadOnlyList<Incident> others, Person by, CancellationToken cancellationToken)
    {
        var account = await accounts.GetAsync(campaign.Account, cancellationToken);
        var seen = await observer.ObserveInTurnAsync(account, [campaign], cancellationToken);
        if (seen.Count == 0 || seen[0].FailuresInARow > 0)
            return No("The network does not answer, so nobody can tell whether it is safe.", "wait until it answers and say resume again");

        if (seen[0].State != DataState.Fresh)
            return No($"Not resumed: the figures are too old to tell ({Finding(seen[0])}).", $"wait for fresh ones (usually {seen[0].Profile.UsualReportAge.Value.TotalMinutes:0} min old)");

        // As if it had been resumed this moment: what stopped it stays in the day's totals and leaves the windows.
        var now = seen[0] with { Campaign = seen[0].Campaign with { LastResumedAt = seen[0].Now } };
        var objection = panel.Judge(now).Select(verdict => Objection(verdict, now, others, by)).FirstOrDefault(answer => answer is not null) ?? TooEarly(incident, now);
        return new ResumeJudgement(objection, now.HighestSpendToday, WorstDay.IfResumed(now));
    }

    /// <summary>What is known without asking the network, and whether the budget for the whole time holds the campaign.</summary>
    public async Task<(Observation Now, bool HeldByLifetimeBudget)> LatestAsync(Campaign campaign, CancellationToken cancellationToken)
    {
        var now = await observer.LatestAsync(campaign, cancellationToken);
        return (now, panel.Judge(now).Any(verdict => verdict.Rule == SafetyRules.LifetimeBudget && verdict is SafetyVerdict.Breach or SafetyVerdict.Unknown));
    }

    private static ResumeJudgement No(string says, string wayOut) => new(IncidentAnswer.No(says, wayOut), null, null);

    private static IncidentAnswer? Objection(SafetyVerdict verdict, Observation now, IReadOnlyList<Incident> others, Person by)
    {
        return verdict switch
        {
            SafetyVerdict.Breach used when used.Rule == SafetyRules.LifetimeBudget => IncidentAnswer.No(
                $"Not resumed: {used.Evidence.Measure} {used.Evidence.Measured}.", MoreAltogether(now), AnotherCampaign(by)),
            SafetyVerdict.Unknown unknown when unknown.Rule == SafetyRules.LifetimeBudget && now.Reading is not null => IncidentAnswer.No(
                $"Not resumed: {unknown.Why}.", MoreAltogether(now), AnotherCampaign(by)),
            SafetyVerdict.Breach breach when breach.Remedy == Remedy.PauseCampaign => IncidentAnswer.No(
                $"Not resumed: {Named(breach.Rule)} still holds — {breach.Evidence.Words}.",
                $"wait until {AccountTime.In(now.Account.Zone(), now.Today.End(now.Account.Zone()))}, when the account's day begins anew",
                $"say \"higher limit <amount>\" for more than {now.Cap} today; a second person confirms it"),
            SafetyVerdict.Breach breach => IncidentAnswer.No(
                $"Not resumed: {Named(breach.Rule)} — {breach.Evidence.Words}.", "wait until it is clear"),
            SafetyVerdict.Unknown unknown => IncidentAnswer.No(
                $"Not resumed: {Named(unknown.Rule)} cannot tell — {unknown.Why}.", $"wait for fresh figures (usually {now.Profile.UsualReportAge.Value.TotalMinutes:0} min old)"),
            _ => null,
        };

        string Named(RuleId rule) => others.FirstOrDefault(other => other.Cause == rule) is { } other ? $"{other.Handle} ({other.CauseWords})" : RuleWords.Of(rule, ResultWord.Of(now.Campaign));
    }

    private static string AnotherCampaign(Person by) => by.MaySomewhere(Permission.Draft)
        ? "start another campaign with a budget of its own: say \"new campaign\""
        : $"another campaign with a budget of its own, which {RoleTable.Said(RoleTable.Carrying(Permission.Draft))} may start";

    private static string MoreAltogether(Observation now) =>
        $"say \"higher limit <amount>\" for more than {now.Campaign.LifetimeBudget} altogether; a second person confirms it";

    private static string Finding(Observation now) => now.StateBecause ?? (Freshness.AgeOf(now) is { } age ? $"{age.TotalMinutes:0} min" : "none yet");

    /// <summary>A resume begins with empty windows: not before what was spent until the pause is reported, whatever stopped it. A person's own stop needs no such wait.</summary>
    private static IncidentAnswer? TooEarly(Incident incident, Observation now)
    {
        var known = (incident.ConfirmedAt ?? incident.OpenedAt) + now.Profile.UsualReportAge.Value;
        return incident.Cause != SafetyRules.StopEverything && now.Now < known
            ? IncidentAnswer.No("Not resumed: the figures up to the pause are not all in yet.", $"wait until {AccountTime.In(now.Account.Zone(), known)}")
            : null;
    }
}
