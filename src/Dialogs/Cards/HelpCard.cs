using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Commands;

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
            .Where(verb => !ComingCommand.Is(verb))
            .GroupBy(verb => verb.Kind)
            .OrderBy(group => group.Key)
            .Select(group => new Group(TitleOf(group.Key), [.. group.Select(verb => new Line(verb.Example, verb.Summary))]));

        var roles = catalogue.Verbs
            .Where(verb => !person.May(verb.Needs))
            .GroupBy(verb => string.Join(", ", RoleTable.Carrying(verb.Needs)))
            .Select(group => new Line(group.Key, string.Join(", ", group.Select(verb => verb.Name))));

        return new HelpCard($"What you can say, {person.Name} ({string.Join(", ", person.Roles)})", [.. groups], [.. roles]);
    }

    private static string TitleOf(VerbKind kind) => kind switch
    {
        VerbKind.Reads => "Look",
        VerbKind.Proposes => "Prepare",
        _ => "Do",
    };
}
