using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.People;

namespace ChatOpsCampaigns.Dialogs.Commands;

/// <summary>Everything a person can say or press. Grammar, help, role table and the language model's plugin come from it.</summary>
public sealed class VerbCatalogue
{
    private readonly Dictionary<string, ICommand> _commands;

    public VerbCatalogue(IEnumerable<ICommand> commands)
    {
        _commands = commands.ToDictionary(command => command.Verb.Name);
        Verbs = [.. _commands.Values.Select(command => command.Verb)];
        var twice = Verbs.SelectMany(verb => verb.Phrases).GroupBy(phrase => phrase).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
            throw new InvalidOperationException($"Two verbs begin with \"{twice.Key}\".");
    }

    public ImmutableArray<Verb> Verbs { get; }

    public ICommand? Find(string name) => _commands.GetValueOrDefault(name);

    public IEnumerable<Verb> For(Person person) => Verbs.Where(verb => person.May(verb.Needs));
}
