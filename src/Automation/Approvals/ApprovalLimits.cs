using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Approvals;

/// <summary>Above what one person alone may let no more money run.</summary>
/// <param name="LaunchAbove">Daily budget by currency code above which a launch needs a second person; USD 1,000 by default. A currency without an entry always needs one.</param>
public sealed record ApprovalLimits(IReadOnlyDictionary<string, decimal> LaunchAbove)
{
    public static readonly ApprovalLimits Default = new(new Dictionary<string, decimal> { ["USD"] = 1000m });

    /// <summary>A person's raise of a budget or bid by more than this share needs a second person. 0.3 by default.</summary>
    public decimal RaiseAbove { get; init; } = 0.3m;

    public bool NeedsSecondPerson(Money daily) =>
        !LaunchAbove.TryGetValue(daily.Currency.Code, out var limit) || daily.Amount > limit;

    /// <summary>What one person may set alone, coming from a value.</summary>
    public Money MostAlone(Money from) => from * (1 + RaiseAbove);
}
