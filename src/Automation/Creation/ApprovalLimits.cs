using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Creation;

/// <summary>Above which daily budget a launch needs a second person.</summary>
/// <param name="LaunchAbove">Amount a day by currency code; USD 1,000 by default. A currency without an entry always needs one.</param>
public sealed record ApprovalLimits(IReadOnlyDictionary<string, decimal> LaunchAbove)
{
    public static readonly ApprovalLimits Default = new(new Dictionary<string, decimal> { ["USD"] = 1000m });

    public bool NeedsSecondPerson(Money daily) =>
        !LaunchAbove.TryGetValue(daily.Currency.Code, out var limit) || daily.Amount > limit;
}
