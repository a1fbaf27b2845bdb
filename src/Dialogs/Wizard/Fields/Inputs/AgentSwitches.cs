using ChatOpsCampaigns.Automation.Campaigns;

namespace ChatOpsCampaigns.Dialogs.Wizard.Fields.Inputs;

/// <summary>One thing that the agent may do or not.</summary>
/// <param name="Word">What is written on a card's value and in the summary.</param>
/// <param name="Said">What people say for it, as a pattern.</param>
internal sealed record AgentSwitch(
    string Word, string Title, string Said, Func<AutomationSettings, bool> IsOn, Func<AutomationSettings, bool, AutomationSettings> Set);

/// <summary>The five switches of step 6.</summary>
internal static class AgentSwitches
{
    public static readonly IReadOnlyList<AgentSwitch> All =
    [
        new("bids", "Change bids", @"bids|bid(?:\s+(?:changes|adjustments?))?", settings => settings.AdjustBids, (settings, on) => settings with { AdjustBids = on }),
        new("budgets", "Change budgets", @"budgets|budget\s+(?:changes|adjustments?)", settings => settings.AdjustBudgets, (settings, on) => settings with { AdjustBudgets = on }),
        new("pausing", "Pause what does badly", @"(?:auto\s*)?paus(?:e|ing)", settings => settings.PauseUnderperforming, (settings, on) => settings with { PauseUnderperforming = on }),
        new("scaling", "Scale what does well", @"scaling", settings => settings.ScalePerforming, (settings, on) => settings with { ScalePerforming = on }),
        new("tests", "Test creatives", @"(?:creative\s+)?tests?(?:ing)?\b", settings => settings.TestCreatives, (settings, on) => settings with { TestCreatives = on }),
    ];

    public static readonly string Pattern = $"(?:{string.Join('|', All.Select(one => one.Said))})";

    public static IEnumerable<AgentSwitch> On(AutomationSettings settings) => All.Where(one => one.IsOn(settings));

    public static AgentSwitch Get(string said) => All.First(one => Finding.Pattern($"^(?:{one.Said})$").IsMatch(said));

    public static string Words(AutomationSettings settings)
    {
        var may = On(settings).Select(one => one.Word).ToList();
        return may.Count == 0 ? "do nothing by itself" : may.Count == All.Count ? "change bids and budgets, scale, pause, test ads" : string.Join(", ", may);
    }
}
