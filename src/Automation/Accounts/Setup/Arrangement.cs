using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Accounts.Setup;

/// <summary>Who said how something is set up.</summary>
public enum Source
{
    Nobody,
    Configuration,
    Chat,
}

/// <summary>One part of how an account is set up, as it holds now, and who said so.</summary>
public sealed record Part<T>(T Value, Source From);

/// <summary>How an account is set up, as it holds now.</summary>
/// <param name="DailyLimit">The lower of what was said in the chat and what the configuration allows.</param>
public sealed record Arrangement(
    AdAccount Account, Part<SaidRoom> Feed, Part<SaidRoom> Approvals, Part<SaidRoom> Incidents, Part<IReadOnlyList<PersonId>> OnCall, Part<Money?> DailyLimit)
{
    /// <summary>The most that may be said for it in the chat; null: as much as anybody likes.</summary>
    public Money? Most { get; init; }

    public ChannelBinding Binding => new(Account.Id, Feed.Value.Place, Approvals.Value.Place, Incidents.Value.Place, OnCall.Value);
}
