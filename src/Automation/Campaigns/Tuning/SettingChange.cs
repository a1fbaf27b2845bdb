using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Campaigns.Tuning;

/// <summary>A setting of a campaign that was launched, and what it would become.</summary>
/// <param name="Name">As people say it: "cap", "min ROAS".</param>
/// <param name="Apply">Changes our own record, which the agent's next turn and the monitor's next check go by.</param>
public sealed record SettingChange(string Name, string Before, string After, Func<Campaign, Campaign> Apply)
{
    /// <summary>More may be spent or paid by it, or less is watched: it is asked about first.</summary>
    public bool Loosens { get; init; }

    /// <summary>Of the cap: the amounts.</summary>
    public (Money From, Money To)? Cap { get; init; }

    /// <summary>The amount that it was, where it is one; null where it is none or was not set.</summary>
    public Money? Was { get; init; }

    /// <summary>The amount that it becomes, where it is one.</summary>
    public Money? Becomes { get; init; }

    /// <summary>It is a limit, or how far the agent goes: more of it waits for a second person, where there is one.</summary>
    public bool IsLimit { get; init; }

    /// <summary>When the change was made that this takes back; null where it takes none back.</summary>
    public DateTimeOffset? Undoes { get; init; }

    /// <summary>Of several changes of the setting taken back at once, when the first was made.</summary>
    public DateTimeOffset? UndoesFrom { get; init; }

    /// <summary>The emergency monitor goes by it too, and not the agent alone.</summary>
    public bool IsWatched { get; init; }

    /// <summary>What else it means, in sentences; empty for nothing.</summary>
    public string Note { get; init; } = "";
}

/// <summary>What came of reading a value for a setting.</summary>
/// <param name="Problem">What is wrong with it and what would be right; empty when nothing is.</param>
public sealed record SettingReading(SettingChange? Change, string Problem = "")
{
    public static SettingReading Wrong(string problem) => new(null, problem);

    public static implicit operator SettingReading(SettingChange change) => new(change);
}

/// <summary>A setting that was changed after the launch.</summary>
/// <param name="Agreed">A second person agreed to it.</param>
public sealed record SettingChanged(string Name, string Before, string After, PersonId By, DateTimeOffset At, bool Agreed = false)
{
    public const int Most = 20;

    public Money? CapBefore { get; init; }

    public Money? CapAfter { get; init; }

    /// <summary>The amount that it was; null where it is none, was not set, or an earlier version did not keep it.</summary>
    public Money? Was { get; init; }

    /// <summary>When the change was made that this took back.</summary>
    public DateTimeOffset? Undoes { get; init; }

    /// <summary>Of several changes taken back at once, when the first was made.</summary>
    public DateTimeOffset? UndoesFrom { get; init; }

    /// <summary>It took back a change that was made then.</summary>
    public bool TookBack(DateTimeOffset at) => Undoes == at || (UndoesFrom is { } from && at >= from && at <= Undoes);

    /// <summary>The campaign with the change made and remembered.</summary>
    public static Campaign Make(Campaign campaign, SettingChange change, PersonId by, DateTimeOffset at, bool agreed = false) => change.Apply(campaign) with
    {
        SettingChanges =
        [
            .. campaign.SettingChanges.Append(new SettingChanged(change.Name, change.Before, change.After, by, at, agreed) { CapBefore = change.Cap?.From, CapAfter = change.Cap?.To, Was = change.Was, Undoes = change.Undoes, UndoesFrom = change.UndoesFrom }).TakeLast(Most),
        ],
    };
}
