using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Wizard.Drafts;
using ChatOpsCampaigns.Dialogs.Wizard.Fields;
using ChatOpsCampaigns.Dialogs.Wizard.Reading;
using ChatOpsCampaigns.Dialogs.Wizard.Steps;

namespace ChatOpsCampaigns.Dialogs.Wizard;

/// <summary>What the inputs of a step's card say, and what of it is wrong.</summary>
internal static class StepInputs
{
    /// <summary>What was wrong, what may have been meant, and what nobody could use, with where it would belong; what only repeats what is so is no fault.</summary>
    public static (List<Objection> Problems, IReadOnlyList<QuickReply> Offers) Objections(LineReading reading, DraftView view, WizardStep step, ChatAction? pressed)
    {
        var elsewhere = reading.Unused.Length > 0 && (reading.IsAnything || reading.Misses.IsEmpty) ? Unused.Of(reading.Unused, view, step) : null;
        List<Objection> problems = [.. (reading.Unused.Length > 0 ? reading.Faults.SkipLast(1) : reading.Faults).Select(reading.Objection)];
        if (reading.Unused.Length > 0 && elsewhere is not { IsSame: true })
        {
            var field = FieldCatalogue.Of(step.Name).FirstOrDefault(field => pressed?.Fields.GetValueOrDefault(Id(field)) is { } entered
                && (entered.Contains(reading.Unused, StringComparison.Ordinal) || field.Input?.Says(entered).Contains(reading.Unused, StringComparison.Ordinal) == true));
            problems.Add(new Objection(elsewhere?.Says ?? reading.Faults[^1], field?.Name));
        }

        return (problems, [.. reading.Offers, .. elsewhere?.Offers ?? []]);
    }

    /// <summary>What a card's inputs hold, as a line that a person would type. Of ticks also none says something.</summary>
    public static string Said(string step, ChatAction action) => string.Join("; ", FieldCatalogue.Of(step)
        .Where(field => field.Input is not null && action.Fields.ContainsKey(Id(field)))
        .Select(field => (field.Input, Value: action.Fields[Id(field)].Trim()))
        .Where(entered => entered.Value.Length > 0 || entered.Input!.Kind == "choices")
        .Select(entered => entered.Input!.Says(entered.Value))
        .Where(said => said.Length > 0));

    /// <summary>The id of a field's input.</summary>
    public static string Id(DraftField field) => field.Name.Replace('.', '_');
}
