using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Checks;
using ChatOpsCampaigns.Automation.Raises;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Creation;

/// <summary>The answer to "launch".</summary>
public abstract record LaunchAnswer
{
    /// <summary>It is being created; progress comes through the feed. Asking again gives the same campaign.</summary>
    public sealed record Started(Campaign Campaign) : LaunchAnswer;

    /// <summary>Too much money for one person.</summary>
    public sealed record WaitsForSecondPerson(PendingApproval Approval, bool NobodyElseMay) : LaunchAnswer;

    /// <summary>Something is missing or wrong; all of it at once.</summary>
    public sealed record Refused(IReadOnlyList<DraftProblem> Problems) : LaunchAnswer;

    /// <summary>Amounts that look like a slip of the finger; each is asked about once more.</summary>
    public sealed record Unusual(IReadOnlyList<UnusualAmount> Amounts) : LaunchAnswer;

    /// <summary>The draft is no longer what was shown; show it again.</summary>
    public sealed record Changed(Digest Now) : LaunchAnswer;

    public sealed record NotAllowed(string Says) : LaunchAnswer;
}
