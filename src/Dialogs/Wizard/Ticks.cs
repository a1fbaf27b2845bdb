using ChatOpsCampaigns.Automation.Campaigns.Checks;
using ChatOpsCampaigns.Dialogs.Wizard.Fields;

namespace ChatOpsCampaigns.Dialogs.Wizard;

/// <summary>What was understood gets a tick when it fits, too: not while something that blocks the launch is about it.</summary>
internal static class Ticks
{
    /// <param name="lines">"Budget: $500 a day" and the like.</param>
    public static IEnumerable<string> Fitting(IEnumerable<string> lines, IEnumerable<DraftProblem> problems)
    {
        var wrong = problems
            .Where(problem => problem.Kind == ProblemKind.Blocks)
            .SelectMany(problem => (string?[])[problem.Field, problem.Other])
            .OfType<string>()
            .Select(FieldCatalogue.Find)
            .OfType<DraftField>()
            .Select(field => $"{field.Label}: ")
            .ToHashSet();
        return lines.Where(line => !wrong.Any(label => line.StartsWith(label, StringComparison.Ordinal)));
    }
}
