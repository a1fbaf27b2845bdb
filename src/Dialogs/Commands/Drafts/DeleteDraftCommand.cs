using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Drafts;

public sealed class DeleteDraftCommand(IDraftStore drafts, IConversationStore conversations) : ICommand
{
    public Verb Verb { get; } = new(
        "delete draft", ["delete draft", "discard draft"], [Takes.Draft], Permission.Draft, VerbKind.Acts, "deletes a draft, after asking", "delete draft Facebook draft");

    public Task<Confirmation?> AsksAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) =>
        Task.FromResult<Confirmation?>(new Confirmation($"Delete the draft \"{Title(call)}\"? It cannot be brought back."));

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var draft = call.Get<CampaignDraft>("draft").Id;
        await drafts.DeleteAsync(draft, cancellationToken);
        var state = await conversations.FindAsync(turn.Conversation, cancellationToken);
        if (state?.OpenDraft == draft)
            await conversations.SaveAsync(state with { OpenDraft = null }, cancellationToken);

        await turn.SayAsync($"Deleted the draft \"{Title(call)}\".", cancellationToken);
    }

    private static string Title(VerbCall call) => ArgumentReaders.TitleOf(call.Get<CampaignDraft>("draft"));
}
