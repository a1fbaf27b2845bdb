using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Commands;

namespace ChatOpsCampaigns.Dialogs.Verbs;

/// <summary>
/// Who may say a verb. A role is not enough for what can cost money or changes who may: whoever says it has to belong to their chat, which is waited for. Stopping,
/// acknowledging, looking and lowering wait for nothing.
/// </summary>
public sealed class Rights(IPeople people)
{
    private static readonly Permission[] WithoutAccount = [Permission.See, Permission.Draft, Permission.Launch];

    /// <summary>Why somebody may not say it at all; null where they may, as far as their roles reach.</summary>
    public async Task<string?> RefusalAsync(Verb verb, Person person, CancellationToken cancellationToken) =>
        RoleRefusal(verb, person) ?? (verb.Kind == VerbKind.Reads || verb.AtOnce ? null : await people.OutsideAsync(person.Id, cancellationToken));

    /// <summary>The same of a command before its words are read: one that may lower is asked about once it is known whether it does.</summary>
    public Task<string?> RefusalAsync(ICommand command, Person person, CancellationToken cancellationToken) =>
        command is ILowers ? Task.FromResult(RoleRefusal(command.Verb, person)) : RefusalAsync(command.Verb, person, cancellationToken);

    /// <summary>Why what was read may not be done after all: it raises, and the chat does not say that whoever says it belongs to it.</summary>
    public async Task<string?> RefusalAsync(ICommand command, VerbCall call, Person person, CancellationToken cancellationToken) =>
        command is ILowers lowers && !lowers.Lowers(call) ? await people.OutsideAsync(person.Id, cancellationToken) : null;

    private static string? RoleRefusal(Verb verb, Person person) => person.MaySomewhere(verb.Needs) ? null : Refusal(verb, person);

    public static string Refusal(Verb verb, Person person) =>
        person.Outside ?? $"\"{verb.Name}\" needs {RoleTable.Said(RoleTable.Carrying(verb.Needs))}; you are {RoleTable.Said(person)}. Nothing was changed.";

    /// <summary>How far roles reach: one in an ad account counts for what is of that account, and for making a campaign, which is asked again at its launch.</summary>
    public static bool Reach(Person person, VerbCall call)
    {
        if (person.May(call.Verb.Needs))
            return true;

        List<AdAccountId> accounts = [.. call.Values.Values.Select(AccountOf).OfType<AdAccountId>()];
        return accounts.Count > 0 ? accounts.TrueForAll(account => person.May(call.Verb.Needs, account)) : WithoutAccount.Contains(call.Verb.Needs);
    }

    private static AdAccountId? AccountOf(object argument) => argument switch
    {
        Campaign campaign => campaign.Account,
        Incident incident => incident.Account,
        PendingApproval approval => approval.Account,
        _ => null,
    };
}
