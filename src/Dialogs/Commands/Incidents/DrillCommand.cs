using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Setup;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Incidents;

/// <summary>The test emergency that setup ends with, whenever somebody wants to know whether one would reach people.</summary>
public sealed class DrillCommand(TestDesk tests, IAdAccounts accounts) : ICommand
{
    public Verb Verb { get; } = new(
        "drill", ["drill", "fire drill"], Takes.Nothing, Permission.Respond, VerbKind.Acts,
        "sends a marked test emergency to whoever is on call, and says who acknowledged it and how soon; nothing is stopped", "drill");

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) => await tests.SendAsync(
        turn, [.. (await accounts.AllAsync(cancellationToken)).Where(account => account.Workspace == turn.Person.Workspace && turn.Person.Sees(account.Id)).Select(account => account.Id)], "setup", cancellationToken);
}
