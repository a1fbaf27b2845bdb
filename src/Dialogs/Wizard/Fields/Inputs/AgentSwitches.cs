using ChatOpsCampaigns.Automation.Campaigns;

namespace ChatOpsCampaigns.Dialogs.Wizard.Fields.Inputs;

/// <summary>One thing that the agent may do or not.</summary>
/// <param name="Word">What is written on a card's value and in the summary.</param>
/// <param name="Said">What people say for it, as a pattern.</param>
internal sealed record AgentSwitch(
    string Word, string Title, string Said, Func<AutomationSettings, bool> IsOn, Func<AutomationSettings, bool, AutomationSettings> Set)
{
    public const string NotYet = "remembered, not used yet";

    /// <summary>False while nothing that the agent can do today depends on it.</summary>
    public bool Works { get; init; } = true;

    public string Offered => Works ? Title : $"{Title} ({NotYet})";
}

/// <summary>The five switches of step 6.</summary>
internal static class AgentSwitches
{
    public static readonly IReadOnlyList<AgentSwitch> All =
    [
        new("bids", "Change bids", @"bids|bid(?:\s+(?:changes|adjustments?))?", settings => settings.AdjustBids, (settings, on) => settings with { AdjustBids = on }),
        new("budgets", "Change budgets", @"budgets|budget\s+(?:changes|adjustments?)", settings => settings.AdjustBudgets, (settings, on) => settings with { AdjustBudgets = on }),
        new("pausing", "Pause what does badly", @"(?:auto\s*)?paus(?:e|ing)", settings => settings.PauseUnderperforming, (settings, on) => settings with { PauseUnderperforming = on }) { Works = false },
        new("scaling", "Scale what does well", @"scaling", settings => settings.ScalePerforming, (settings, on) => settings with { ScalePerforming = on }),
        new("tests", "Test creatives", @"(?:creative\s+)?tests?(?:ing)?\b", settings => settings.TestCreatives, (settings, on) => settings with { TestCreatives = on }) { Works = false },
    ];

    public static readonly string Pattern = $"(?:{string.Join('|', All.Select(one => one.Said))})";

    public static IEnumerable<AgentSwitch> On(AutomationSettings settings) => All.Where(one => one.IsOn(settings));

    public static AgentSwitch Get(string said) => All.First(one => Finding.Pattern($"^(?:{one.Said})$").IsMatch(said));

    public static string Words(AutomationSettings settings)
    {
        var now = On(settings).Where(one => one.Works).ToList();
        var later = On(settings).Where(one => !one.Works).Select(one => one.Word).ToList();
        var may = now.Count switch
        {
            0 => "do nothing by itself",
            var count when count == All.Count(one => one.Works) => "change bids and budgets, scale",
            _ => string.Join(", ", now.Select(one => one.Word)),
        };
        return later.Count == 0 ? may : $"{may} ({string.Join(" and ", later)}: {AgentSwitch.NotYet})";
    }
}
