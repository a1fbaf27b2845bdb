using System.Globalization;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Raises;

/// <summary>An amount that looks like a slip of the finger.</summary>
/// <param name="Field">The draft field it stands in.</param>
/// <param name="Says">"$5,000 a day is 25 times the usual $200 of this account".</param>
public sealed record UnusualAmount(string Field, Money Amount, string Says);

/// <summary>
/// Finds amounts that are twenty times what stood there before, what the account's campaigns usually have, or what a result costs at most
/// at the network: one more question, always. What is far lower than usual puts no money at risk and is not asked about.
/// </summary>
public sealed class UnusualAmounts(ICampaignStore campaigns, IAdNetworkDirectory networks)
{
    /// <summary>From this many times on.</summary>
    public const decimal Factor = 20m;

    /// <summary>Of a raise of a running campaign; null when it is nothing unusual.</summary>
    public async Task<string?> FindAsync(Campaign campaign, AskedRaise raise, CancellationToken cancellationToken) =>
        Against(raise.To, raise.From, "the present") ?? Against(
            raise.To, Median((await OthersAsync(campaign.Workspace, campaign.Account, campaign.Id, cancellationToken)).Select(other => AskedRaise.Present(other, raise.Lever))),
            "the usual", " of this account");

    /// <summary>Of what is about to be launched; empty when nothing is unusual.</summary>
    public async Task<IReadOnlyList<UnusualAmount>> FindAsync(
        CampaignDraft draft, CampaignSpec spec, Money daily, CancellationToken cancellationToken)
    {
        var profile = networks.Profile(spec.Network);
        var others = await OthersAsync(draft.Workspace, spec.Account, new CampaignId(draft.Id.Value), cancellationToken);
        var alike = others.Where(other => ResultWord.Of(other.Spec.Type, other.Spec.Objective) == ResultWord.Of(spec.Type, spec.Objective)).ToList();
        var budget = Of(nameof(draft.BudgetAmount), daily, " a day", Median(others.Select(other => (Money?)other.DailyBudget)));
        return
        [
            .. new[]
            {
                budget,
                budget is null ? Of(nameof(draft.MaxDailySpend), spec.Budget.MaxDailySpend, " a day", Median(others.Select(other => (Money?)other.Spec.Budget.MaxDailySpend))) : null,
                OfCost(nameof(draft.TargetCpa), spec.Bidding.TargetCpa, alike.Select(other => other.Spec.Bidding.TargetCpa), spec, profile),
                OfCost(nameof(draft.MaxBid), spec.Bidding.MaxBid, alike.Select(other => other.Spec.Bidding.MaxBid), spec, profile),
            }.OfType<UnusualAmount>(),
        ];
    }

    private static UnusualAmount? Of(string field, Money amount, string each, Money? usual) =>
        Against(amount, usual, "the usual", " of this account", each) is { } says ? new UnusualAmount(field, amount, says) : null;

    /// <summary>By the account's own campaigns for the same result, or by what a result costs at most at the network.</summary>
    private static UnusualAmount? OfCost(string field, Money? amount, IEnumerable<Money?> others, CampaignSpec spec, NetworkProfile profile)
    {
        if (amount is not { } said)
            return null;

        var result = ResultWord.Of(spec.Type, spec.Objective);
        var most = DollarRates.Of(said.Currency) is { } rate ? said.Currency.Of(profile.TypicalCpa.Value.High * rate * result.CostShare) : (Money?)null;
        var says = Median(others) is { } own
            ? Against(said, own, "the usual", $" for one {result.One} in this account")
            : Against(said, most, "the", $" that one {result.One} usually costs at most on {profile.ShortTitle}");
        return says is null ? null : new UnusualAmount(field, said, says);
    }

    private static string? Against(Money amount, Money? usual, string which, string whose = "", string each = "") => usual is { Amount: > 0 } known && amount.Currency == known.Currency
        && amount.Over(known) is var times && times >= Factor
        ? string.Create(CultureInfo.InvariantCulture, $"{amount}{each} is {Math.Floor(times):0} times {which} {known.Rounded()}{whose}")
        : null;

    private async Task<IReadOnlyList<Campaign>> OthersAsync(WorkspaceId workspace, AdAccountId account, CampaignId except, CancellationToken cancellationToken) =>
        [.. (await campaigns.OfAccountAsync(account, cancellationToken)).Where(other => other.Workspace == workspace && other.Id != except && other.Status != CampaignStatus.Failed)];

    /// <summary>The lower of the two in the middle.</summary>
    private static Money? Median(IEnumerable<Money?> amounts)
    {
        var known = amounts.OfType<Money>().Where(amount => amount.Amount > 0).OrderBy(amount => amount.Amount).ToList();
        return known.Count == 0 ? null : known[(known.Count - 1) / 2];
    }
}
