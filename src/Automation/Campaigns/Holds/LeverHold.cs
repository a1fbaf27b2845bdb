using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Campaigns.Holds;

public enum HeldLever
{
    Bid,
    DailyBudget,

    /// <summary>Whether it runs.</summary>
    Running,
}

/// <summary>A lever that a person moved last and that the agent therefore leaves alone.</summary>
/// <param name="By">Who moved it; null: somebody at the network itself.</param>
/// <param name="Until">Campaign time.</param>
public sealed record LeverHold(HeldLever Lever, PersonId? By, DateTimeOffset Until)
{
    /// <summary>"held by ana until 2026-03-03 14:05 (UTC-05:00)".</summary>
    public string Words(TimeZoneInfo zone) => $"held by {By?.ToString() ?? "somebody at the network"} until {AccountTime.In(zone, Until)}";
}

/// <summary>A person's change stands: the agent does not undo it at its next turn. The emergency monitor is held by nothing.</summary>
public static class LeverHolds
{
    /// <summary>How long a person's change holds the agent off. 24 hours of campaign time.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(24);

    public static Campaign HeldBy(this Campaign campaign, HeldLever lever, PersonId? by, DateTimeOffset now) => campaign with
    {
        Holds = [.. campaign.Holds.Where(hold => hold.Lever != lever && hold.Until > now), new LeverHold(lever, by, now + Lasts)],
    };

    public static LeverHold? HoldOn(this Campaign campaign, HeldLever lever, DateTimeOffset now) =>
        campaign.Holds.FirstOrDefault(hold => hold.Lever == lever && hold.Until > now);

    public static HeldLever AsHeld(this Lever lever) => lever switch
    {
        Lever.Bid => HeldLever.Bid,
        Lever.DailyBudget => HeldLever.DailyBudget,
        _ => HeldLever.Running,
    };

    public static string Name(this HeldLever lever) => lever switch
    {
        HeldLever.Bid => "bid",
        HeldLever.DailyBudget => "daily budget",
        _ => "pausing and resuming",
    };
}
