using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Campaigns.Checks;

public enum ProblemKind
{
    /// <summary>Must be answered or put right before launch.</summary>
    Blocks,

    /// <summary>May be launched against, with a reason.</summary>
    Warns,
}

/// <summary>One thing about a draft that is missing or wrong.</summary>
/// <param name="Field">The draft field it is about, for the button that edits it.</param>
/// <param name="Says">What is wrong and what would be right, in one sentence.</param>
public sealed record DraftProblem(ProblemKind Kind, string Field, string Says)
{
    /// <summary>The field that it clashes with.</summary>
    public string? Other { get; init; }
}

/// <summary>What a check may look at.</summary>
/// <param name="OthersDaily">Daily budgets of the account's other campaigns that may spend.</param>
public sealed record DraftSurroundings(NetworkProfile? Profile, AdAccount? Account, Money? OthersDaily, DateTimeOffset Now)
{
    /// <summary>What all accounts of the currency together leave for it a day; null where they have no limit together.</summary>
    public Money? LeftTogether { get; init; }

    /// <summary>Every ad account of the draft's network.</summary>
    public IReadOnlyList<AdAccount> Accounts { get; init; } = [];

    /// <summary>What the workspace's other campaigns are called.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The other campaigns of the draft's account, the newest first.</summary>
    public IReadOnlyList<Campaign> Others { get; init; } = [];

    /// <summary>Why this version cannot launch at the account's network in its mode.</summary>
    public string? NotBuilt { get; init; }

    public OutsideFacts Outside { get; init; } = OutsideFacts.None;
}

/// <summary>One question put to a draft. All checks run and everything they find is shown at once.</summary>
public interface IDraftCheck
{
    IEnumerable<DraftProblem> Check(CampaignDraft draft, DraftSurroundings around);
}
