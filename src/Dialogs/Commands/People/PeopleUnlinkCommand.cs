using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.People.Granting;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;

namespace ChatOpsCampaigns.Dialogs.Commands.People;

public sealed class PeopleUnlinkCommand(LinkDesk desk, PersonReader reader) : ICommand
{
    public Verb Verb { get; } = new(
        "people unlink", ["people unlink"], [new VerbArgument("who", ArgumentKind.Words, "whom an Admin parts from whoever they were joined with", Optional: true)], Permission.See, VerbKind.Acts,
        "ends that your roles of two chats count for each other; an Admin parts somebody wholly by naming them", "people unlink");

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        if (call.Find<string>("who") is not { } who)
        {
            await turn.SayAsync(await desk.UnlinkAsync(turn.Person, cancellationToken), cancellationToken);
            return;
        }

        var named = await reader.ReadAsync(who, turn, cancellationToken);
        await turn.SayAsync(named.Person is { } person ? await desk.PartAsync(turn.Person, person, cancellationToken) : named.Wrong, cancellationToken);
    }
}
