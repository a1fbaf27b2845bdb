using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.People.Granting;
using ChatOpsCampaigns.Dialogs.Announcing;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;

namespace ChatOpsCampaigns.Dialogs.Commands.People;

/// <summary>A code is said where nobody else reads it, and whoever gave it is told that it was used.</summary>
public sealed class PeopleLinkCommand(LinkDesk desk, Audience audience) : ICommand
{
    public Verb Verb { get; } = new(
        "people link", ["people link"], [new VerbArgument("code", ArgumentKind.Words, "the code that your other chat gave you", Optional: true)], Permission.See, VerbKind.Acts,
        "makes you one person in two chats: gives a code, which you say in the other", "people link")
    {
        IsSecret = true,
    };

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        if (turn.Chat.IsShared(turn.Conversation))
        {
            await turn.SayAsync("Others read this. Say \"people link\" to me alone.", cancellationToken);
            return;
        }

        if (call.Find<string>("code") is not { } code)
        {
            await turn.SayAsync(await desk.OfferAsync(turn.Person, cancellationToken), cancellationToken);
            return;
        }

        var linked = await desk.JoinAsync(turn.Person, code, cancellationToken);
        await turn.SayAsync(linked.Says, cancellationToken);
        if (linked.Joined is not { } other)
            return;

        foreach (var place in await audience.OfPersonAsync(other, cancellationToken))
            await turn.Chat.PostAsync(place, new($"Your linking code was used: you are one person with {turn.Person.Id.Value} now. If that was not you, tell an Admin at once; \"people unlink\" ends that the roles count for each other."), cancellationToken);
    }
}
