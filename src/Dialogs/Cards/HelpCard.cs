using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Commands.Workspace;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Wizard.Fields;
using ChatOpsCampaigns.Dialogs.Wizard.Steps;

namespace ChatOpsCampaigns.Dialogs.Cards;

/// <summary>What this person may say, from the catalogue, and who may do the rest.</summary>
public sealed record HelpCard(string Title, ImmutableArray<HelpCard.Group> Groups, ImmutableArray<HelpCard.Line> Roles) : ICardView
{
    public sealed record Line(string Says, string Does);

    public sealed record Group(string Title, ImmutableArray<Line> Lines);

    public string Template => "help";

    public string Fallback => $"{Title}\n{string.Join('\n', Groups.SelectMany(group => group.Lines).Select(line => $"{line.Says} — {line.Does}"))}";

    public static HelpCard For(Person person, VerbCatalogue catalogue)
    {
        var groups = catalogue.For(person)
            .Where(verb => !ComingCommand.Is(verb) && !verb.Phrases.IsEmpty)
            .GroupBy(TitleOf)
            .Select(group => new Group(group.Key, [.. group.Select(verb => new Line(verb.Example, verb.Summary))]))
            .OrderBy(group => Titles.IndexOf(group.Title));

        var roles = catalogue.All
            .Where(verb => !person.MaySomewhere(verb.Needs))
            .GroupBy(verb => RoleTable.Said(RoleTable.Carrying(verb.Needs)))
            .Select(group => new Line(group.Key, string.Join(", ", group.Select(verb => verb.Name).Distinct())));

        return new HelpCard($"What you can say, {person.Name} ({RoleTable.Said(person)})", [.. groups], [.. roles]);
    }

    /// <summary>Only the lines that hold a word, and the fields of a campaign that are called so; null when there is nothing about it.</summary>
    public HelpCard? About(string word)
    {
        bool Holds(string text) => Regex.IsMatch(text, $@"(?<!\w){Regex.Escape(word.Trim())}", RegexOptions.IgnoreCase, Patience);
        var lines = Groups.Select(group => group with { Lines = [.. group.Lines.Where(line => Holds(line.Says) || Holds(line.Does))] }).Where(group => !group.Lines.IsEmpty);
        var fields = FieldCatalogue.InShownOrder
            .Where(field => Holds(field.Label))
            .Select(field => new Line(field.Label, $"asked in {WizardSteps.Place(field.Step)}{(field.Input is { Kind: "text", Placeholder.Length: > 0 } input ? $", for example {input.Says(input.Placeholder)}" : "")}"))
            .ToImmutableArray();
        ImmutableArray<Group> groups = [.. lines, .. fields.IsEmpty ? [] : (Group[])[new Group("Of a campaign in the making", fields)]];
        return groups.IsEmpty ? null : this with { Groups = groups, Roles = [.. Roles.Where(line => Holds(line.Does))] };
    }

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly ImmutableArray<string> Titles = ["Look", "Prepare", "Do", "When I ask", "Where an incident is shown", "While a campaign is being made", "While the workspace is set up"];

    private static string TitleOf(Verb verb) => verb.Place switch
    {
        VerbPlace.Question => Titles[3],
        VerbPlace.Incident => Titles[4],
        VerbPlace.Draft => Titles[5],
        VerbPlace.Setup => Titles[6],
        _ => Titles[(int)verb.Kind],
    };
}
