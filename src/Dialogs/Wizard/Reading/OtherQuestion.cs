using System.Collections.Immutable;
using ChatOpsCampaigns.Dialogs.Wizard.Drafts;
using ChatOpsCampaigns.Dialogs.Wizard.Fields;
using ChatOpsCampaigns.Dialogs.Wizard.Steps;

namespace ChatOpsCampaigns.Dialogs.Wizard.Reading;

/// <summary>
/// A bare word that answers a question which was answered before, as one types who looks at an old card: what is typed belongs to the
/// present question, so it changes nothing and is told how to.
/// </summary>
internal static class OtherQuestion
{
    /// <summary>Fields that are read from a word alone, whatever is being asked.</summary>
    private static readonly ImmutableArray<DraftField> Bare =
        [PlatformFields.Network, ObjectiveFields.Type, ObjectiveFields.Goal, ObjectiveFields.Os, ShownOnFields.TargetOs, TargetingFields.Gender, AutomationFields.Mode];

    /// <summary>Words that say which question they answer: "on tiktok", "mode balanced".</summary>
    private const string Named = @"\b(?:on|network|type|campaign|objective|system|target|gender|mode)\b";

    /// <param name="before">The draft as it was before the line was read.</param>
    public static string? Find(LineReading reading, DraftView before, WizardStep asked, string line)
    {
        if (reading is not { Understood: [var (field, words)], Leftover.Length: 0 } || field.Step == asked.Name || !Bare.Contains(field) || words.Length < line.Trim().TrimEnd('.', '!').Length || Finding.Pattern(Named).IsMatch(words))
            return null;

        // At the review everything can be changed by saying it; another network there changes the most, and is asked for in so many words.
        if (asked.Name == WizardSteps.Review && field != PlatformFields.Network)
            return null;

        if (field.Show(before.Draft, before.Context) is not { } present)
            return null;

        var isSame = reading.Draft with { ReadFrom = before.Draft.ReadFrom } == before.Draft;
        var how = isSame ? "" : $" To change the other, say \"change {field.Label.ToLowerInvariant()} to {words}\".";
        return $"\"{words}\" answers {WizardSteps.Place(field.Step)}, which is {present}{(isSame ? " already" : "")}; nothing was changed. The draft stands at {WizardSteps.Place(asked.Name)}, asked below.{how}";
    }
}
