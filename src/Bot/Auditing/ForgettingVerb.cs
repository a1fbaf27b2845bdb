using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.People.Forgetting;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Bot.Options;

namespace ChatOpsCampaigns.Bot.Auditing;

/// <summary>
/// <c>forget --person ID --by ADMIN [--yes]</c>: takes a person out of everything that is kept, while no bot is running. Without <c>--yes</c> it
/// says what it would do. 0 when it is done, 1 when it is not.
/// </summary>
internal static class ForgettingVerb
{
    private const string Person = "person";
    private const string By = "by";

    public static async Task<int> RunAsync(IServiceProvider services, IConfiguration configuration, TextWriter output, CancellationToken cancellationToken)
    {
        var (person, by) = (Asked(configuration, Person, "local:ana"), Asked(configuration, By, "local:you"));
        var desk = services.GetRequiredService<ForgettingDesk>();
        var (traces, refusal) = await desk.LookAsync(person, by, SettingsThatName(configuration, person), cancellationToken);
        if (traces is null)
            throw new InvalidOperationException($"{refusal} Nothing was changed.");

        if (!configuration.GetValue<bool>("yes"))
        {
            await output.WriteLineAsync(
                traces.IsNothing
                    ? $"Nothing of {person.Value} is kept. With --yes the database is written anew, so that nothing from before is left in its files, and {traces.FileWords} that nothing names any more are deleted.{NameStays(traces)}"
                    : $"Of {person.Value}: {traces.Words}. It cannot be undone, and the pseudonym will be another one.{NameStays(traces)} Say the same with --yes to do it.");
            return 1;
        }

        var done = await desk.ForgetAsync(person, by, cancellationToken);
        await output.WriteLineAsync(
            done.IsNothing
                ? $"Nothing of them was kept; the database was written anew, and {done.FileWords} that nothing names any more are deleted.{NameStays(done)}"
                : $"Forgotten: {done.Words}.{NameStays(done)} Copies of the data folder or the database and the program's log are yours to look after.");
        return 0;
    }

    private static string NameStays(PersonalTraces traces) => traces.ShortName is { } name
        ? $" Only \"{name}\" by itself stays wherever a sentence says it (\"paused by {name}\" in the audit trail, the feed, incidents): so short a name cannot be told from other words."
        : "";

    private static PersonId Asked(IConfiguration configuration, string name, string example) => configuration[name] is { Length: > 0 } value
        ? new PersonId(value)
        : throw new InvalidOperationException($"--{name} is missing; write forget --{Person} local:ana --{By} local:you. Channel and id, such as {example}.");

    private static IReadOnlyList<string> SettingsThatName(IConfiguration configuration, PersonId person) =>
    [
        .. configuration.AsEnumerable()
            .Where(one => one.Key is not (Person or By) && one.Value is not null && (Names(one.Key, person) || Names(one.Value, person)))
            .Select(one => one.Key)
            .Order(StringComparer.Ordinal),
        .. PeopleOptions.IsDefault(configuration, person) ? [$"the four people whom the program knows by itself (set {PeopleOptions.DefaultsKey}=false, and name those who stay in People:Roles)"] : Array.Empty<string>(),
    ];

    private static bool Names(string text, PersonId person) => Regex.IsMatch(text, $@"(?<![\w.@-]){Regex.Escape(person.Value)}(?![\w.@-])", RegexOptions.IgnoreCase);
}
