using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Commands;

namespace ChatOpsCampaigns.Dialogs.Verbs;

/// <summary>Everything a person can say or press. Grammar, help, role table and the language model's plugin come from it.</summary>
public sealed class VerbCatalogue
{
    private readonly Dictionary<string, ICommand> _commands;

    public VerbCatalogue(IEnumerable<ICommand> commands)
    {
        _commands = commands.ToDictionary(command => command.Verb.Name);
        Verbs = [.. _commands.Values.Select(command => command.Verb)];
        var twice = All.SelectMany(verb => verb.Phrases.Select(phrase => (verb.Place, phrase))).GroupBy(pair => pair).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
            throw new InvalidOperationException($"Two verbs begin with \"{twice.Key.phrase}\".");
    }

    /// <summary>The commands: what is understood everywhere.</summary>
    public ImmutableArray<Verb> Verbs { get; }

    /// <summary>Words and buttons that mean something in one place alone: while a campaign is made, at an incident, after a question.</summary>
    public static ImmutableArray<Verb> Placed { get; } = [.. ConversationVerbs.All, .. IncidentVerbs.All, .. WizardVerbs.All, .. SetupVerbs.All];

    public IEnumerable<Verb> All => [.. Verbs, .. Placed];

    public ICommand? Find(string name) => _commands.GetValueOrDefault(name);

    public IEnumerable<Verb> For(Person person) => All.Where(verb => person.MaySomewhere(verb.Needs));
}
