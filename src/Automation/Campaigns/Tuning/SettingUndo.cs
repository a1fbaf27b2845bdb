using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Campaigns.Tuning;

/// <summary>The last change of a setting that still stands, and what putting it back means.</summary>
/// <param name="Back">Null where it is left alone, and <paramref name="Left"/> says why.</param>
public sealed record SettingReturn(SettingChanged Undone, SettingChange? Back, string Left = "");

/// <summary>
/// Finds the settings of a launched campaign that can be put back to what they were before their last change: within 30 days, each once, and none that is not
/// what that change made it. Pure.
/// </summary>
public static class SettingUndo
{
    public static readonly TimeSpan Reach = TimeSpan.FromDays(30);

    private const string None = "none";
    private const string TimesSign = "×";

    /// <summary>One for each setting, the newest first.</summary>
    public static ImmutableArray<SettingReturn> Of(Campaign campaign, DateTimeOffset now) => campaign.IsOpen
        ? [.. campaign.SettingChanges.GroupBy(change => change.Name).Select(Standing).OfType<SettingChanged>().Where(change => now - change.At <= Reach).OrderByDescending(change => change.At).Select(change => ReturnOf(campaign, change))]
        : [];

    /// <summary>Of each setting that was changed since an instant, what puts it back to what it was then; one that is that again is left out.</summary>
    public static ImmutableArray<SettingReturn> Since(Campaign campaign, DateTimeOffset since)
    {
        if (!campaign.IsOpen)
            return [];

        return
        [
            .. campaign.SettingChanges.Where(change => change.At >= since)
                .GroupBy(change => change.Name)
                .Select(ofOne => (First: ofOne.First(), Last: ofOne.Last()))
                .Where(ends => ends.First.Before != ends.Last.After)
                .OrderByDescending(ends => ends.Last.At)
                .Select(ends => SinceOf(campaign, ends.First, ends.Last, since)),
        ];
    }

    private static SettingReturn SinceOf(Campaign campaign, SettingChanged first, SettingChanged last, DateTimeOffset since)
    {
        var together = last with { Before = first.Before, CapBefore = first.CapBefore, Was = first.Was, UndoesFrom = first.At };
        return campaign.SettingChanges.Length >= SettingChanged.Most && campaign.SettingChanges[0].At >= since
            ? new SettingReturn(together, null, $"The {last.Name} of {campaign.Name} was changed since, and what it was then is not kept any more.")
            : ReturnOf(campaign, together);
    }

    /// <summary>What takes a change back, read against the campaign as it stands; wrong where it is not what the change made it.</summary>
    public static SettingReading Back(Campaign campaign, SettingChanged undone)
    {
        var reading = Read(campaign, undone);
        if (reading.Change is not { } change)
            return reading;

        return change.Before == undone.After
            ? change with { Undoes = undone.At, UndoesFrom = undone.UndoesFrom }
            : SettingReading.Wrong($"The {undone.Name} of {campaign.Name} is {change.Before} by now and not {undone.After}: it was changed since.");
    }

    /// <summary>Without what takes back, and without what was taken back.</summary>
    private static SettingChanged? Standing(IEnumerable<SettingChanged> ofOne)
    {
        var taken = new List<SettingChanged>();
        foreach (var change in ofOne.Reverse())
        {
            if (taken.Exists(back => back.TookBack(change.At)))
                continue;

            if (change.Undoes is null)
                return change;

            taken.Add(change);
        }

        return null;
    }

    private static SettingReturn ReturnOf(Campaign campaign, SettingChanged undone)
    {
        var reading = Back(campaign, undone);
        return reading.Change is { } change ? new SettingReturn(undone, change) : new SettingReturn(undone, null, reading.Problem);
    }

    /// <summary>What it was before that change, read against the campaign as it stands.</summary>
    public static SettingReading Read(Campaign campaign, SettingChanged undone) => undone.Name switch
    {
        "cap" when undone.CapBefore is { } cap => CampaignSettings.Cap(campaign, cap),
        "mode" => CampaignSettings.Mode(campaign, undone.Before),
        "target" when undone.Before.EndsWith(TimesSign, StringComparison.Ordinal) => CampaignSettings.TargetRoas(campaign, undone.Before),
        "target" when undone.Was is { } target => CampaignSettings.TargetCost(campaign, target),
        "fee" => CampaignSettings.Fee(campaign, undone.Before),
        "creative cost" when undone.Was is not null || undone.Before == None => CampaignSettings.CreativeCost(campaign, undone.Was),
        "min ROAS" => CampaignSettings.MinRoas(campaign, undone.Before),
        "max CPA" when undone.Was is not null || undone.Before == None => CampaignSettings.MaxCpa(campaign, undone.Was),
        "autonomy" => CampaignSettings.Autonomy(
            campaign, campaign.Spec.Automation.Autonomy ?? (Enum.TryParse<Autonomy>(undone.After, ignoreCase: true, out var made) ? made : Autonomy.Act), undone.Before),
        _ when CampaignSettings.SwitchWords.Contains(undone.Name) => CampaignSettings.Switch(campaign, undone.Name, undone.Before),
        _ => SettingReading.Wrong($"Before its last change the {undone.Name} of {campaign.Name} was {undone.Before}, which cannot be put back by undo: say \"set {undone.Name.ToLowerInvariant()} {campaign.Handle} …\"."),
    };
}
