using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Incidents;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Incidents;

/// <summary>What the audit trail knows of an incident, in the order in which it happened, and what only people can add.</summary>
public sealed class PostmortemCommand(PostmortemDraft draft) : ICommand
{
    public Verb Verb { get; } = new(
        "postmortem", ["postmortem", "post mortem"], [Takes.Incident], Permission.See, VerbKind.Reads,
        "drafts from the audit trail what happened in an incident: seen, stopped, answered, over, and every entry around it", "postmortem i1");

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) =>
        await turn.SayAsync(ChatMessage.Of(await draft.OfAsync(call.Get<Incident>("incident"), cancellationToken)), cancellationToken);
}
