using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Creation.Changing;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Announcing.Requests;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Commands;
using ChatOpsCampaigns.Dialogs.Turns;

namespace ChatOpsCampaigns.Dialogs.Announcing;

/// <summary>Shows requests to those who may decide them, and edits every copy when one of them did.</summary>
public sealed class ApprovalBoard(
    IApprovalStore approvals, ApprovalDesk desk, ApprovalFacts facts, Audience audience, IConversationStore conversations, ChatDesk chat)
{
    /// <summary>At most so many of the newest requests are looked through after a restart.</summary>
    private const int MostLookedAt = 200;

    /// <summary>Those whose cards are to be edited when they are decided, and whose asker is then told. Found again after a restart.</summary>
    private readonly ConcurrentDictionary<ApprovalId, bool> _shown = new();

    public static string Subject(ApprovalId approval) => $"approval/{approval}";

    private static string AnswerSubject(ApprovalId approval) => $"answer/{approval}";

    /// <summary>
    /// After a restart: shows what waits, and takes up what was decided but not announced any more: its cards are closed, and whoever asked is told.
    /// </summary>
    /// <param name="decidedAfter">What was decided earlier is left as it is.</param>
    public async Task CatchUpAsync(WorkspaceId workspace, DateTimeOffset decidedAfter, CancellationToken cancellationToken)
    {
        foreach (var approval in await approvals.LatestAsync(workspace, MostLookedAt, cancellationToken))
        {
            if (approval.State != ApprovalState.Waiting && approval.DecidedAt >= decidedAfter
                && (await conversations.PostsAsync(AnswerSubject(approval.Id), cancellationToken)).Count == 0)
                _shown.TryAdd(approval.Id, true);
        }

        await RefreshAsync(workspace, cancellationToken);
    }

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
            var shows = places.Where(place => !known.Contains(place))
                .Select(place => FaultAsync(chat.AnnounceAsync(place, Subject(approval.Id), ChatMessage.Of(card), cancellationToken)));
            faults.AddRange((await Task.WhenAll(shows)).OfType<Exception>());
            if (await FaultAsync(RemindAsync(approval, places, cancellationToken)) is { } untold)
                faults.Add(untold);
        }

        if (faults.Count > 0)
            throw new AggregateException("Requests could not be shown to everybody who may decide them.", faults);
    }

    /// <summary>Each conversation is told once.</summary>
    private async Task RemindAsync(PendingApproval approval, IReadOnlyList<ConversationId> deciders, CancellationToken cancellationToken)
    {
        if (ApprovalReminders.Of(approval) is not var (subject, says, admins))
            return;

        var told = (await conversations.PostsAsync(subject, cancellationToken)).Select(post => post.Conversation).ToHashSet();
        var places = admins ? await audience.OfAdminsAsync(approval.Workspace, cancellationToken) : deciders;
        var faults = await Task.WhenAll(places.Where(place => !told.Contains(place)).Select(place => FaultAsync(chat.AnnounceAsync(place, subject, new ChatMessage(says), cancellationToken))));
        if (faults.OfType<Exception>().ToList() is { Count: > 0 } untold)
            throw new AggregateException($"Of request {approval.Handle} not everybody could be reminded.", untold);
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
        var faults = new List<Exception?> { await FaultAsync(ShowWaitingAsync(workspace, cancellationToken)) };
        foreach (var id in _shown.Keys)
        {
            // What is decided from here on is taken up the next time: nobody may have been told of it in this one.
            var isDecided = await approvals.FindAsync(id, cancellationToken) is not { State: ApprovalState.Waiting };
            var unclosed = await FaultAsync(EditAsync(id, cancellationToken));
            var untold = await FaultAsync(TellAskerAsync(id, cancellationToken));
            faults.AddRange([unclosed, untold]);
            if (unclosed is null && untold is null && isDecided)
                _shown.TryRemove(id, out _);
        }

        if (faults.OfType<Exception>().ToList() is { Count: > 0 } found)
            throw new AggregateException("Not every request could be shown, closed or answered.", found);
    }

    /// <summary>Whoever asked hears what became of it alone and, when a launch comes to nothing, where they asked. Where one of the two takes nothing, the other is enough.</summary>
    private async Task TellAskerAsync(ApprovalId id, CancellationToken cancellationToken)
    {
        if (await approvals.FindAsync(id, cancellationToken) is not { State: not ApprovalState.Waiting } decided)
            return;

        if (decided.DecidedBy is { } decider)
            await audience.MeetAsync(decider, cancellationToken);

        var why = decided.Why is { Length: > 0 } reason ? $" Why: {reason}." : "";
        var says = decided.State switch
        {
            ApprovalState.Approved => $"{decided.DecidedBy} approved your request {decided.Handle}{(decided.Changes is { } changes ? $" with changes ({changes})" : "")}: {decided.Says}.",
            ApprovalState.Expired => $"Your request {decided.Handle} ran out: {decided.Says}.{why} Nothing was changed. To ask again, {(decided.Kind == ApprovalKind.Launch ? "go on with your draft (\"drafts\") and say \"launch\"" : "say it once more")}.",
            ApprovalState.Rejected => $"{decided.DecidedBy} rejected your request {decided.Handle}: {decided.Says}.{why} Nothing was changed{(decided.Kind == ApprovalKind.Launch ? "; your draft is kept, \"drafts\" goes on with it" : "")}.",
            _ => $"Your request {decided.Handle} was withdrawn: {decided.Says}.{why}",
        };
        var alone = await audience.OfPersonAsync(decided.RequestedBy, cancellationToken);
        var asked = decided is { Kind: ApprovalKind.Launch, State: not ApprovalState.Approved } && AskedLaunch.Of(decided).Draft.Conversation is { Length: > 0 } home
            ? [new ConversationId(home)] : Array.Empty<ConversationId>();
        var told = (await conversations.PostsAsync(AnswerSubject(id), cancellationToken)).Select(post => post.Conversation).ToHashSet();
        List<ConversationId> places = [.. alone.Concat(asked).Distinct()];
        var faults = await Task.WhenAll(places.Where(place => !told.Contains(place)).Select(place => FaultAsync(chat.AnnounceAsync(place, AnswerSubject(id), new ChatMessage(says), cancellationToken))));
        var untold = faults.OfType<Exception>().ToList();
        if (untold.Count > 0 && (untold.Count == places.Count || untold.Exists(fault => fault is not ClosedPlaceException)))
            throw new AggregateException($"Whoever asked for {decided.Handle} could not be told what became of it.", untold);
    }

    public async Task DecideAsync(VerbCall call, bool approve, TurnContext turn, CancellationToken cancellationToken)
    {
        var approval = call.Get<PendingApproval>("request");
        var shown = call.Pressed.TryGetValue("_rev", out var digest) ? new Digest(digest) : approval.Shown;
        var why = call.Find<string>("why");
        if (approve && ChangeWords.Of(call.Pressed, why) is { } said)
        {
            var (changes, wrong) = ChangeWords.Read(said, approval);
            if (changes is null)
                await turn.SayAsync(wrong, cancellationToken);
            else
                await AnswerAsync(approval.Id, await desk.ApproveWithAsync(approval.Id, turn.Person, changes, shown, cancellationToken), turn, cancellationToken);

            return;
        }

        if (approve && ChangeWords.Unclear(approval.Handle, why) is { } unclear)
        {
            await turn.SayAsync(unclear, cancellationToken);
            return;
        }

        await AnswerAsync(approval.Id, await desk.DecideAsync(approval.Id, turn.Person, approve, shown, why, cancellationToken), turn, cancellationToken);
    }

    private async Task AnswerAsync(ApprovalId id, ApprovalAnswer answer, TurnContext turn, CancellationToken cancellationToken)
    {
        if (answer is ApprovalAnswer.Decided decided)
            await turn.SayAsync(decided.Says, cancellationToken);
        else
            await turn.TellAsync(((ApprovalAnswer.Refused)answer).Says, cancellationToken);

        try
        {
            await EditAsync(id, cancellationToken);
        }
        catch (SlowChatException)
        {
            // It is decided; the news of that edits every copy too, and again until it is done.
        }
    }

    public async Task EditAsync(ApprovalId id, CancellationToken cancellationToken)
    {
        if (await approvals.FindAsync(id, cancellationToken) is { } now)
            await chat.AnnounceToAllAsync(Subject(id), ChatMessage.Of(await facts.CardAsync(now, cancellationToken)), cancellationToken);
    }
}
