using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Incidents.RollingBack;

/// <summary>One lever that was moved, and what putting it back means.</summary>
/// <param name="Lever">daily budget, bid, or an ad.</param>
/// <param name="Back">The command that puts it back.</param>
/// <param name="Shown">What the network must still show for this move to be put back; null for ads.</param>
public sealed record LeverMove(string Lever, string Before, string After, PersonId By, DateTimeOffset At, NetworkCommand Back, Money? Shown)
{
    private const string Mark = "/rollback/";

    /// <summary>The same for people: an ad by its name.</summary>
    public string Named { get; init; } = Lever;

    /// <summary>The key under which it was made.</summary>
    public CommandKey Key { get; init; }

    /// <summary>It put a lever back where an earlier move had taken it from.</summary>
    public bool IsReturn => Key.Value.Contains(Mark, StringComparison.Ordinal);

    /// <summary>The key of a move back: the same for whoever wants the same back, so that it never happens twice.</summary>
    public static CommandKey KeyOf(CampaignId campaign, LeverReturn lever) =>
        new($"{campaign}{Mark}{Digest.Of($"{lever.Moves[0].Key} {lever.To}").Value[..16]}/{lever.Lever}");

    /// <summary>The key of a move back in an incident, which may be wanted again after it was held.</summary>
    public static CommandKey KeyOf(IncidentId incident, LeverReturn lever, DateTimeOffset at) => new($"{incident}{Mark}{at.ToUnixTimeMilliseconds()}/{lever.Lever}");

    /// <summary>Null for commands that move no lever.</summary>
    public static LeverMove? Of(CommandIntent intent, Campaign campaign)
    {
        var at = intent.SettledAt ?? intent.PlannedAt;
        LeverMove? move = intent.Command switch
        {
            NetworkCommand.SetDailyBudget budget => new LeverMove(
                "daily budget", budget.From.ToString(), budget.To.ToString(), intent.By, at, budget with { From = budget.To, To = budget.From }, budget.To),
            NetworkCommand.SetBid bid => new LeverMove(
                "bid", bid.From.ToString(), bid.To.ToString(), intent.By, at, bid with { From = bid.To, To = bid.From }, bid.To),
            NetworkCommand.PauseAd ad => new LeverMove(
                $"ad {ad.Target}", "on", "off", intent.By, at, new NetworkCommand.ResumeAd(ad.Account, ad.Campaign, ad.Target), null) { Named = AdNames.Of(campaign, ad.Target) },
            NetworkCommand.ResumeAd ad => new LeverMove(
                $"ad {ad.Target}", "off", "on", intent.By, at, new NetworkCommand.PauseAd(ad.Account, ad.Campaign, ad.Target), null) { Named = AdNames.Of(campaign, ad.Target) },
            _ => null,
        };
        return move is null ? null : move with { Key = intent.Key };
    }
}

/// <summary>All moves of one lever, the newest first, and what puts them back together.</summary>
public sealed record LeverReturn(ImmutableArray<LeverMove> Moves)
{
    public string Lever => Moves[0].Lever;

    /// <summary>The same for people.</summary>
    public string Named => Moves[0].Named;

    /// <summary>Where it stands.</summary>
    public string From => Moves[0].After;

    /// <summary>Where it goes back to.</summary>
    public string To => Moves[^1].Before;

    public NetworkCommand Command => (Moves[0].Back, Moves[^1].Back) switch
    {
        (NetworkCommand.SetDailyBudget last, NetworkCommand.SetDailyBudget to) => last with { To = to.To },
        (NetworkCommand.SetBid last, NetworkCommand.SetBid to) => last with { To = to.To },
        _ => Moves[^1].Back,
    };

    /// <summary>More money goes out by it than without.</summary>
    public bool IsRaise => From != To && Command.Direction == Direction.Raises;

    /// <summary>Why it stays where it is, as any other raise would; null when it goes back.</summary>
    public string? Held { get; init; }

    /// <summary>Why a second person is asked before it goes back; null when one person may.</summary>
    public string? SecondPerson { get; init; }

    /// <summary>Of a budget or a bid where it stands, else null.</summary>
    public Money? Stands => Moves[0].Shown;
}

/// <summary>The moves that a roll back would undo, the newest first.</summary>
public sealed record RollBackPlan(ImmutableArray<LeverMove> Moves)
{
    /// <summary>The same by lever.</summary>
    public ImmutableArray<LeverReturn> Levers { get; init; } = [];

    /// <summary>Levers that stay where the monitor put them, in words.</summary>
    public ImmutableArray<string> LeftAlone { get; init; } = [];

    /// <summary>The campaign runs: what goes up costs more from that moment on.</summary>
    public bool Runs { get; init; }
}

/// <summary>What came of a roll back.</summary>
/// <param name="Back">How many levers stand where they stood before.</param>
/// <param name="Says">Of each lever what became of it.</param>
public sealed record RolledBack(RollBackPlan Plan, int Back, IReadOnlyList<string> Says);
