using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Commands;
using ChatOpsCampaigns.Dialogs.Turns;

namespace ChatOpsCampaigns.Dialogs.Announcing;

/// <summary>Shows requests to those who may decide them, and edits every copy when one of them did.</summary>
public sealed class ApprovalBoard(
    IApprovalStore approvals, ApprovalDesk desk, ApprovalFacts facts, Audience audience, IConversationStore conversations, ChatDesk chat)
{
    /// <summary>Waiting when they were last shown. After a restart those that still wait are shown again.</summary>
    private readonly ConcurrentDictionary<ApprovalId, bool> _shown = new();

    public static string Subject(ApprovalId approval) => $"approval/{approval}";

    /// <summary>Shows every waiting request to whoever may decide it.</summary>
    public async Task ShowWaitingAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        var faults = new List<Exception>();
        foreach (var approval in await approvals.WaitingAsync(workspace, cancellationToken))
        {
            _shown.TryAdd(approval.Id, true);
            var places = await audience.OfApprovalAsync(approval.Workspace, approval.Account, approval.RequestedBy, cancellationToken);
            var known = (await conversations.PostsAsync(Subject(approval.Id), cancellationToken)).Select(post => post.Conversation).ToHashSet();
            var card = await facts.CardAsync(approval, cancellationToken);
            foreach (var place in places.Where(place => !known.Contains(place)))
            {
                if (await FaultAsync(chat.ShowAsync(place, Subject(approval.Id), ChatMessage.Of(card), cancellationToken)) is { } fault)
                    faults.Add(fault);
            }
        }

        if (faults.Count > 0)
            throw new AggregateException("Requests could not be shown to everybody who may decide them.", faults);
    }

    /// <summary>One who cannot be reached keeps nobody else from seeing it.</summary>
    private static async Task<Exception?> FaultAsync(Task show)
    {
        try
        {
            await show;
            return null;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return fault;
        }
    }

    /// <summary>Shows what is new and edits every copy of what was decided meanwhile.</summary>
    public async Task RefreshAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        await ShowWaitingAsync(workspace, cancellationToken);
        foreach (var id in _shown.Keys)
        {
            await EditAsync(id, cancellationToken);
            if (await approvals.FindAsync(id, cancellationToken) is { State: ApprovalState.Waiting })
                continue;

            if (_shown.TryRemove(id, out _))
                await TellAskerAsync(id, cancellationToken);
        }
    }

    /// <summary>Whoever asked hears what became of it where they asked.</summary>
    private async Task TellAskerAsync(ApprovalId id, CancellationToken cancellationToken)
    {
        if (await approvals.FindAsync(id, cancellationToken) is not { } decided)
            return;

        var why = decided.Why is { Length: > 0 } reason ? $" Why: {reason}." : "";
        var says = decided.State switch
        {
            ApprovalState.Approved => $"{decided.DecidedBy} approved your request {decided.Handle}: {decided.Says}.",
            ApprovalState.Rejected => $"{decided.DecidedBy} rejected your request {decided.Handle}: {decided.Says}.{why} Nothing was changed{(decided.Kind == ApprovalKind.Launch ? "; your draft is kept, \"drafts\" goes on with it" : "")}.",
            _ => $"Your request {decided.Handle} was withdrawn: {decided.Says}.{why}",
        };
        foreach (var place in await audience.OfPersonAsync(decided.RequestedBy, cancellationToken))
            await chat.ShowAsync(place, $"answer/{id}", new ChatMessage(says), cancellationToken);
    }

    public async Task DecideAsync(VerbCall call, bool approve, TurnContext turn, CancellationToken cancellationToken)
    {
        var approval = call.Get<PendingApproval>("request");
        var shown = call.Pressed.TryGetValue("_rev", out var digest) ? new Digest(digest) : approval.Shown;
        var answer = await desk.DecideAsync(approval.Id, turn.Person, approve, shown, call.Find<string>("why"), cancellationToken);
        await turn.SayAsync(answer is ApprovalAnswer.Decided decided ? decided.Says : ((ApprovalAnswer.Refused)answer).Says, cancellationToken);
        await EditAsync(approval.Id, cancellationToken);
    }

    public async Task EditAsync(ApprovalId id, CancellationToken cancellationToken)
    {
        if (await approvals.FindAsync(id, cancellationToken) is { } now)
            await chat.EditAllAsync(Subject(id), ChatMessage.Of(await facts.CardAsync(now, cancellationToken)), cancellationToken);
    }
}
