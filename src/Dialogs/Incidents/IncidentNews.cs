using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Incidents;

/// <summary>
/// Everything that is said of an incident by itself: its card, the agent's proposal to resume in the thread below it, and once it is over the draft of a
/// postmortem. Each is one message for each place, also over a restart.
/// </summary>
public sealed class IncidentNews(IncidentBoard board, PostmortemDraft postmortem, IConversationStore conversations, ChatDesk chat, CampaignClock clock)
{
    /// <summary>What was over for longer when it could be told has "postmortem" to be asked for. A day of campaign time.</summary>
    private static readonly TimeSpan StillNews = TimeSpan.FromDays(1);

    public static string PostmortemSubject(IncidentId incident) => $"postmortem/{incident}";

    public static string ProposalSubject(IncidentId incident) => $"resume-proposal/{incident}";

    public async Task ShowAsync(IncidentId id, CancellationToken cancellationToken)
    {
        await board.ShowAsync(id, cancellationToken);
        await FinishAsync(id, cancellationToken);
    }

    /// <summary>What is said below the card, as far as it was not said yet.</summary>
    public async Task FinishAsync(IncidentId id, CancellationToken cancellationToken)
    {
        if (await board.FindAsync(id, cancellationToken) is not { Demo: false } incident)
            return;

        if (incident.ResumeProposal is { } proposal)
            await ProposeAsync(incident, proposal, cancellationToken);

        if (incident is { State: IncidentState.Closed, ClosedAt: { } closed } && clock.GetUtcNow() - closed < StillNews)
            await DraftAsync(incident, cancellationToken);
    }

    private async Task ProposeAsync(Incident incident, ResumeProposal proposal, CancellationToken cancellationToken)
    {
        var over = incident.State == IncidentState.Closed;
        var card = new SheetCard(
            $"The agent judged {incident.CampaignName} ({incident.Handle}) again and proposes to resume it", [$"It was stopped by {IncidentVoice.Because(incident)}."],
            [
                new SheetCard.Section(
                    "Seen since", [.. proposal.Seen], over ? "" : $"Resume {incident.CampaignName}", over ? "" : $"resume incident {incident.Handle}"),
            ],
            over ? $"It is over: {incident.Resolution}." : "It resumes nothing by itself: whoever may answer incidents decides, and every rule is judged once more then.");
        foreach (var place in await PlacesAsync(incident.Id, cancellationToken))
        {
            // What is over was perhaps never proposed there.
            if (!over || await chat.FindAsync(place, ProposalSubject(incident.Id), cancellationToken) is not null)
                await chat.AnnounceAsync(place, ProposalSubject(incident.Id), ChatMessage.Of(card), cancellationToken);
        }
    }

    private async Task DraftAsync(Incident incident, CancellationToken cancellationToken)
    {
        ChatMessage? draft = null;
        foreach (var place in await PlacesAsync(incident.Id, cancellationToken))
        {
            if (await chat.FindAsync(place, PostmortemSubject(incident.Id), cancellationToken) is not null)
                continue;

            draft ??= ChatMessage.Of(await postmortem.OfAsync(incident, cancellationToken));
            await chat.AnnounceAsync(place, PostmortemSubject(incident.Id), draft, cancellationToken);
        }
    }

    /// <summary>The threads below the cards that show it.</summary>
    private async Task<IReadOnlyList<ConversationId>> PlacesAsync(IncidentId incident, CancellationToken cancellationToken) =>
        [.. (await conversations.PostsAsync(IncidentBoard.Subject(incident), cancellationToken)).Select(post => chat.ThreadOf(post.Conversation, post.Message)).Distinct()];
}
