using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.People.Forgetting;

/// <summary>Whether somebody may be forgotten now, and what has to be done first.</summary>
public sealed class ForgettingDesk(IPeople people, IPersonalRecords records)
{
    private const int Named = 5;

    /// <summary>What would be done, or why it must not be.</summary>
    /// <param name="settings">Names of settings that still speak of the person.</param>
    public async Task<(PersonalTraces? Traces, string? Refusal)> LookAsync(PersonId person, PersonId by, IReadOnlyList<string> settings, CancellationToken cancellationToken)
    {
        if (await RefusalAsync(person, by, settings, cancellationToken) is { } refusal)
            return (null, refusal);

        var traces = await records.LookAsync(person, cancellationToken);
        return traces.Open.Count == 0
            ? (traces, null)
            : (null, $"{person.Value} is named by what is not at its end: {string.Join(", ", traces.Open.Take(Named))}{(traces.Open.Count > Named ? $" and {traces.Open.Count - Named} more" : "")}. Bring that to its end in the chat first.");
    }

    /// <summary>After <see cref="LookAsync"/> refused nothing.</summary>
    public Task<PersonalTraces> ForgetAsync(PersonId person, PersonId by, CancellationToken cancellationToken) => records.ForgetAsync(person, by, cancellationToken);

    private async Task<string?> RefusalAsync(PersonId person, PersonId by, IReadOnlyList<string> settings, CancellationToken cancellationToken)
    {
        if (!IsPerson(person))
            return $"\"{person.Value}\" is nobody; a person is written with the channel, such as local:ana or slack:U0123.";

        var forgetter = await people.GetAsync(by, cancellationToken);
        if (!forgetter.Roles.Contains(Role.Admin))
            return $"Only Admin may forget somebody; {by.Value} is {RoleTable.Said(forgetter)}. Say which Admin does it: --by local:you.";

        var admins = await people.WithRoleAsync(WorkspaceId.Local, Role.Admin, cancellationToken);
        if (admins.All(admin => admin.Id == person))
            return $"{person.Value} is the only Admin. Make somebody else Admin first (\"people grant admin\" in the chat, or People:Roles).";

        if (by == person)
            return $"{person.Value} cannot do it alone: the audit trail says who forgot somebody. Let another Admin do it.";

        return settings.Count == 0
            ? null
            : $"{person.Value} still stands in the configuration and would be known again with the next start. Take out first: {string.Join(", ", settings)}.";
    }

    private static bool IsPerson(PersonId person) =>
        person.IsHuman && person.Value.Split(':') is { Length: >= 2 } parts && parts.All(part => part.Length > 0) && parts[0] != Pseudonyms.Channel;
}

/// <summary>What stands in the place of a person who was forgotten.</summary>
public static class Pseudonyms
{
    /// <summary>No chat has it: nobody can be met, asked or told there.</summary>
    public const string Channel = "forgotten";

    /// <summary>Made by chance and not from the person, so that nothing leads back.</summary>
    public static PersonId New() => new($"{Channel}:person-{Guid.NewGuid():N}"[..(Channel.Length + 16)]);
}
