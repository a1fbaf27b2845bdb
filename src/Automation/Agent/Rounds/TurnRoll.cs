using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Rounds;

/// <summary>The campaigns of one account whose turn is due in a round, and which of them have had none so far. Read also while the account's round still goes on.</summary>
public sealed class TurnRoll
{
    private readonly ConcurrentDictionary<CampaignId, string?> _open;

    private TurnRoll(IReadOnlyList<Campaign> managed, IReadOnlyList<Campaign> due, bool isAgain)
    {
        (Managed, Due, IsAgain) = (managed, due, isAgain);
        _open = new(due.Select(campaign => new KeyValuePair<CampaignId, string?>(campaign.Id, null)));
    }

    /// <summary>A round over all of an account's campaigns.</summary>
    public static TurnRoll Of(IReadOnlyList<Campaign> managed) => new(managed, managed, isAgain: false);

    /// <summary>What failed is tried again between two rounds.</summary>
    /// <param name="only">The campaigns whose turns failed; null for all of the account's.</param>
    public static TurnRoll Again(IReadOnlyList<Campaign> managed, IReadOnlyList<CampaignId>? only) =>
        new(managed, only is null ? managed : [.. managed.Where(campaign => only.Contains(campaign.Id))], isAgain: true);

    /// <summary>All campaigns of the account that the agent manages.</summary>
    public IReadOnlyList<Campaign> Managed { get; }

    /// <summary>Those of them whose turn it is.</summary>
    public IReadOnlyList<Campaign> Due { get; }

    public bool IsAgain { get; }

    /// <summary>Only what failed in an earlier round is due; the others have had their turns.</summary>
    public bool IsPart => Due.Count < Managed.Count;

    /// <summary>It had its turn, or needs none any more.</summary>
    public void Close(CampaignId campaign) => _open.TryRemove(campaign, out _);

    public void Miss(CampaignId campaign, string why) => _open.TryUpdate(campaign, why, null);

    /// <summary>Gives the reason to those without a turn that have none yet.</summary>
    public void MissRest(string why)
    {
        foreach (var campaign in _open.Keys)
            Miss(campaign, why);
    }

    /// <summary>Those without a turn, and why; null where the reason is the one of the last time.</summary>
    public IReadOnlyList<(Campaign Campaign, string? Why)> Missed() =>
        [.. Due.Where(campaign => _open.ContainsKey(campaign.Id)).Select(campaign => (campaign, _open.GetValueOrDefault(campaign.Id)))];
}
