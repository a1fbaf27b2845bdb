using ChatOpsCampaigns.Automation.Agent.Recommending;

namespace ChatOpsCampaigns.Dialogs.Cards.Parts;

/// <summary>How a recommendation stands in a sheet.</summary>
internal static class AdviceSections
{
    public const string Note = "A range should hold eight times out of ten. A button opens a draft or asks; nothing is launched or raised by it alone.";

    /// <summary>One for each button, the evidence with the first.</summary>
    public static IEnumerable<SheetCard.Section> Of(CampaignAdvice advice) => advice.Steps.Select((step, index) => index == 0
        ? new SheetCard.Section(advice.Title, [$"Seen: {advice.Evidence}", $"To be expected: {advice.Expects}"], step.Label, step.Says)
        : new SheetCard.Section("And after that", ["It is a raise: it is asked about first, and limits, fresh figures and a second person hold it as any other"], step.Label, step.Says));

    /// <summary>The same for somebody who may do nothing about it.</summary>
    public static SheetCard.Section ToRead(CampaignAdvice advice) => Of(advice).First() with { Label = "", Says = "" };
}
