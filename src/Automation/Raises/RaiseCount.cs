using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Raises;

/// <summary>
/// What a person's raise counts from: the last value that a second person agreed to within 24 hours, else where the lever stood before
/// the changes of that time, whoever made them; and the lowest that the agent or the monitor cut it to since. So a large raise is not
/// small for being cut in pieces, and people may undo their own cuts.
/// </summary>
/// <param name="Words">The value with what it is: "the present $500".</param>
public sealed record RaiseCount(Money From, string Words)
{
    /// <summary>Changes within this time count as one. 24 hours of campaign time.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(24);

    /// <param name="confirmed">The campaign's commands within the <see cref="Window"/>, the newest first.</param>
    public static RaiseCount Of(AskedRaise raise, IReadOnlyList<CommandIntent> confirmed)
    {
        var moves = confirmed.Where(intent => MoveOf(intent.Command, raise.Lever) is not null).ToList();
        var agreed = moves.Find(intent => RaiseApproval.IsApproved(intent.Key));
        var since = moves.TakeWhile(intent => intent != agreed).ToList();
        var counted = agreed is not null ? Agreed(MoveOf(agreed.Command, raise.Lever)!.Value.To)
            : since is [.., var oldest] ? Stood(MoveOf(oldest.Command, raise.Lever)!.Value.From)
            : Present(raise.From);
        counted = since.Where(intent => !intent.By.IsHuman).Aggregate(counted, (least, cut) => Lower(least, MoveOf(cut.Command, raise.Lever)!.Value, cut.By));
        return counted.From == raise.From ? Present(raise.From) : counted;
    }

    private static RaiseCount Present(Money from) => new(from, $"the present {from}");

    private static RaiseCount Agreed(Money from) => new(from, $"the {from} that a second person agreed to");

    private static RaiseCount Stood(Money from) => new(from, $"the {from} at which it stood before the changes of the last 24 hours");

    private static RaiseCount Lower(RaiseCount least, (Money From, Money To) move, PersonId by) => move.To < move.From && move.To < least.From
        ? new RaiseCount(move.To, $"the {move.To} to which the {(by == PersonId.Agent ? "agent" : "emergency monitor")} lowered it within the last 24 hours")
        : least;

    private static (Money From, Money To)? MoveOf(NetworkCommand command, Lever lever) => (command, lever) switch
    {
        (NetworkCommand.SetBid bid, Lever.Bid) => (bid.From, bid.To),
        (NetworkCommand.SetDailyBudget budget, Lever.DailyBudget) => (budget.From, budget.To),
        _ => null,
    };
}
