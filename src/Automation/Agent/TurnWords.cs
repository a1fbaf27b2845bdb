using System.Collections.Immutable;
using System.Globalization;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent;

/// <summary>A turn in one sentence for people, with its figures.</summary>
public static class TurnWords
{
    public static string Of(Observation now, Plan plan, ImmutableArray<Act> done, Autonomy autonomy)
    {
        if (done.FirstOrDefault(act => act.Confirmed) is { } act)
            return $"{Move(act.Proposal)}: {act.Proposal.Because}";

        if (done.FirstOrDefault() is { } failed)
            return $"{Move(failed.Proposal)} did not happen: {failed.Outcome}";

        if (plan.Moves.FirstOrDefault() is { } wanted)
            return $"{(autonomy == Autonomy.Shadow ? "would have moved" : "suggests")} {Move(wanted)}: {wanted.Because}";

        if (plan.Trimmed.FirstOrDefault(trim => trim.Allowed is null) is { } dropped)
            return $"{Lever(dropped.Lever)} {(dropped.Lever == Agent.Lever.Creative ? "stay" : dropped.Lever == Agent.Lever.Running ? "is not paused" : "stays")}: {dropped.Says}";

        return now.Reading is null ? "no reading yet" : "nothing to move: on target or too little new evidence";
    }

    /// <summary>A turn that could not be had.</summary>
    public static string Missed(string why) => $"could not look: {why}";

    /// <summary>Why a fault kept a campaign from its turn.</summary>
    public static string Why(Exception fault, Campaign campaign) => fault is not AdNetworkException { Kind: var kind }
        ? "an error of the agent's own, which the log shows"
        : kind switch
        {
            FaultKind.RateLimited => $"{campaign.Spec.Network} is busy",
            FaultKind.Unauthorized => $"{campaign.Spec.Network} does not take the account's credentials",
            FaultKind.Unavailable or FaultKind.TimedOut => $"{campaign.Spec.Network} does not answer",
            _ => $"{campaign.Spec.Network} gave an answer that does not help",
        };

    /// <summary>"in 2 days it would have moved the bid 3 times (last $12 → $10) and the daily budget once".</summary>
    public static string Shadow(IReadOnlyList<Proposal> moves, TimeSpan time) => moves.Count == 0
        ? $"in {Ages.Of(time)} it would have moved nothing"
        : $"in {Ages.Of(time)} it would have moved {string.Join(" and ", moves.GroupBy(move => move.Lever).OrderBy(lever => lever.Key).Select(lever => $"the {Lever(lever.Key)} {(lever.Count() == 1 ? "once" : $"{lever.Count()} times")} (last {Last(lever.Last())})"))}";

    private static string Last(Proposal move) => move.Ad is { } ad ? $"\"{ad.Name}\" off" : move.Pauses ? "paused" : $"{move.From} → {move.To}";

    /// <summary>The same in one word for a metric.</summary>
    public static string Outcome(Decision decision)
    {
        if (decision.Verdicts.Any(verdict => verdict is SafetyVerdict.Breach))
            return "handed_over";

        if (!decision.Done.IsEmpty)
            return decision.Done.Any(act => act.Confirmed) ? "moved" : "not_confirmed";

        if (decision.Wanted.IsEmpty)
            return "nothing";

        var dropped = decision.Trimmed.Where(trim => trim.Allowed is null).Select(trim => trim.Lever).ToHashSet();
        return decision.Wanted.All(wanted => dropped.Contains(wanted.Lever)) ? "held_back" : decision.Consent == Autonomy.Shadow ? "watched" : "suggested";
    }

    /// <summary>"bid $9.18 → $8.45 (-8 %)"</summary>
    public static string Move(Proposal move) => move.Lever == Agent.Lever.Creative
        ? $"ad{(move.Ad is { } ad ? $" \"{ad.Name}\"" : "")} on → off{(move.Next is { } next ? $", \"{next.Name}\" off → on" : "")}"
        : move.Lever == Agent.Lever.Running ? "campaign running → paused"
        : string.Create(CultureInfo.InvariantCulture, $"{Lever(move.Lever)} {move.From} → {move.To} ({move.Change * 100:+0;-0} %)");

    public static string Lever(Lever lever) => lever switch
    {
        Agent.Lever.Bid => "bid",
        Agent.Lever.DailyBudget => "daily budget",
        Agent.Lever.Running => "campaign",
        _ => "ads",
    };
}
