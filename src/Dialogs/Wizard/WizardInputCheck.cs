using System.Globalization;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Wizard.Fields;
using ChatOpsCampaigns.Dialogs.Wizard.Reading;
using ChatOpsCampaigns.Dialogs.Wizard.Steps;

namespace ChatOpsCampaigns.Dialogs.Wizard;

/// <summary>The inputs of the present step, read as its answer would read them and held against everything else that was said.</summary>
public sealed class WizardInputCheck(WizardDesk desk) : IInputCheck
{
    private static readonly Dictionary<string, string> Nothing = [];

    public async Task<IReadOnlyDictionary<string, string>> FaultsAsync(ChatTurn turn, CancellationToken cancellationToken)
    {
        if (turn.Action is not { Verb: "wizard.answer", Target: { } target } action
            || await desk.FindAsync(new DraftId(target), cancellationToken) is not { } draft
            || draft.Owner != turn.Person || action.Revision != draft.Version.ToString(CultureInfo.InvariantCulture))
            return Nothing;

        var clean = TurnText.Clean(action);
        var step = WizardSteps.Get(draft.Step);
        var view = await desk.ViewAsync(draft, cancellationToken);
        var reading = LineReader.Read(StepInputs.Said(draft.Step, clean), view.Context, step.Name);
        var clashes = await desk.ClashesAsync(await desk.ViewAsync(reading.Draft, cancellationToken), cancellationToken);
        return StepInputs.Objections(reading, view, step, clean).Problems
            .Concat(clashes.Select(clash => new Objection(clash.Says, clash.Field)))
            .GroupBy(problem => problem.Field is { } name && FieldCatalogue.Find(name) is { Input: not null } field ? StepInputs.Id(field) : "")
            .Where(problems => clean.Fields.ContainsKey(problems.Key))
            .ToDictionary(problems => problems.Key, problems => string.Join(' ', problems.Select(problem => problem.Says).Distinct()));
    }
}
