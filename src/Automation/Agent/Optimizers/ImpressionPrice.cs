using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Optimizers;

/// <summary>What an impression costs now, at the present bid. It is known with the money, hours and days before its results are.</summary>
internal static class ImpressionPrice
{
    /// <summary>Fewer impressions say nothing about a price.</summary>
    public const int Fewest = 1_000;

    /// <summary>Looked at so far back.</summary>
    private static readonly TimeSpan Reach = TimeSpan.FromHours(16);

    /// <summary>Null when nobody counts impressions, too few were shown, or one reading alone says so.</summary>
    public static double? Of(Observation now, Money bid, AgentMemory memory)
    {
        if (now.Reading is not { } after || now.History.IsEmpty)
            return null;

        var (money, shown, reachesTo) = (0.0, 0L, after.ReadAt - Reach);
        for (var at = now.History.Length - 1; at >= -1; at--)
        {
            var before = at >= 0 ? now.History[at].Reading : null;
            if (after.Today.Impressions is not { } counted)
                return null;

            var isSameDay = before?.Today.Day == after.Today.Day;
            if (isSameDay && before!.Today.Impressions is null)
                return null;

            var from = isSameDay ? before!.ReadAt : after.Today.Day.Start(now.Account.Zone());
            var spent = (double)after.Today.Spend.Amount - (isSameDay ? (double)before!.Today.Spend.Amount : 0);
            var more = counted - (isSameDay ? before!.Today.Impressions!.Value : 0);

            // Impressions that stand still while money runs are not counted with it.
            if (spent > 0 && more <= 0)
                return null;

            money += spent * AtPresentBid(from, after.ReadAt, bid, memory);
            shown += more;
            if (before is null || before.ReadAt <= reachesTo)
                break;

            after = before;
        }

        return shown >= Fewest && money > 0 ? money / shown : null;
    }

    /// <summary>What money of some time would be at the present bid, as a factor; each bid of that time counts for as long as it held.</summary>
    public static double AtPresentBid(DateTimeOffset start, DateTimeOffset end, Money bid, AgentMemory memory)
    {
        var hours = (end - start).TotalHours;
        var (sum, from, held) = (0.0, start, bid);
        var isKnown = false;
        foreach (var move in memory.Moves)
        {
            if (move.Lever != Lever.Bid || move.At <= start)
                continue;

            held = isKnown ? held : move.From;
            isKnown = true;
            if (move.At >= end)
                break;

            sum += (move.At - from).TotalHours * Factor(held);
            (from, held) = (move.At, move.To);
        }

        return hours <= 0 ? Factor(held) : (sum + ((end - from).TotalHours * Factor(held))) / hours;

        double Factor(Money then) => then.Amount <= 0 || then == bid ? 1 : Math.Pow((double)(bid.Amount / then.Amount), CostEstimate.BidElasticity);
    }
}
