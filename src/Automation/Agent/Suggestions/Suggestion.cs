using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Holds;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Suggestions;

public enum SuggestionState
{
    /// <summary>Waits for a person.</summary>
    Open,

    /// <summary>A person said yes; it went through the gate.</summary>
    Done,

    /// <summary>A person said not now.</summary>
    NotNow,

    /// <summary>A person said no.</summary>
    Declined,

    /// <summary>The figures changed: the agent would no longer do exactly this.</summary>
    Expired,

    /// <summary>A person set one of its levers otherwise.</summary>
    Changed,
}

/// <summary>Moves that the agent would make and may not make by itself. A campaign has at most one that waits.</summary>
/// <param name="Decision">The turn that made it; its moves' keys at the gate come from it.</param>
/// <param name="Thread">The message that shows it: what takes the place of one that still waits is shown in its message.</param>
public sealed record Suggestion(
    Guid Decision, Guid Thread, CampaignId Campaign, DateTimeOffset At, Seen Saw, ImmutableArray<Proposal> Moves, SuggestionState State)
{
    /// <summary>People were told.</summary>
    public bool Told { get; init; }

    /// <summary>Who answered.</summary>
    public PersonId? By { get; init; }

    /// <summary>When it was answered or expired.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What came of it, or why it expired.</summary>
    public string? Says { get; init; }

    /// <summary>Binds a button to the moves that it was shown with.</summary>
    [JsonIgnore]
    public Digest Shown => DigestOf(Moves);

    /// <summary>Paused, stopped or taken over, the campaign is not the agent's to move; what a person moved since is theirs.</summary>
    public bool Waits(Campaign campaign) => State == SuggestionState.Open && campaign is { AgentManaged: true, Status: CampaignStatus.Active } && ChangedBy(campaign) is null;

    /// <summary>The hold of whoever moved one of its levers since it was made; null while nobody did.</summary>
    public LeverHold? ChangedBy(Campaign campaign) => campaign.Holds.FirstOrDefault(hold => hold.Until > At && Moves.Any(move => move.Lever.AsHeld() == hold.Lever));

    /// <summary>"max set it otherwise: the bid is $10".</summary>
    public static string Otherwise(LeverHold by, Campaign campaign) => $"{by.By?.ToString() ?? "somebody at the network"} set it otherwise{by.Lever switch
    {
        HeldLever.Bid => $": the bid is {campaign.Bid}",
        HeldLever.DailyBudget => $": the daily budget is {campaign.DailyBudget}",
        _ => "",
    }}";

    [JsonIgnore]
    public string Words => string.Join("; ", Moves.Select(TurnWords.Move));

    public static Digest DigestOf(IEnumerable<Proposal> moves) =>
        Digest.Of(string.Join('|', moves.OrderBy(move => move.Lever).Select(move => $"{move.Lever} {(move.Ad is { } ad ? ad.Id.Value : $"{move.From} {move.To}")}")));
}

/// <summary>What came of an answer, in words.</summary>
public sealed record SuggestionAnswer(bool Done, string Says);
