using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Commands;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;

namespace ChatOpsCampaigns.Dialogs.Setup;

/// <summary>
/// Walks through account, channels, on-call, limits and a test emergency, one question at a time. What is answered holds at once; where a
/// conversation stands is kept with it, so that it is gone on with after a restart, and when it was left.
/// </summary>
public sealed class SetupDialog(IConversationStore conversations, SetupCards cards, SetupAnswers answers, TestDesk tests)
{
    /// <summary>What a line begins with that answers the question about limits: what lets more money run is asked about first.</summary>
    public const string CapsWord = "caps";

    private const string Subject = "setup";

    /// <summary>Begins, or goes on where it was left.</summary>
    /// <param name="account">An account to begin with; null when none was named.</param>
    public async Task StartAsync(TurnContext turn, string? account, CancellationToken cancellationToken)
    {
        var state = await StateAsync(turn, cancellationToken);
        if (state.OpenDraft is not null)
        {
            await turn.SayAsync("A campaign is in the making here. Say \"save\" first, then \"setup\"; or say \"setup\" elsewhere.", cancellationToken);
            return;
        }

        if (account is null && state.Setup is { } known)
        {
            await ShowAsync(turn, known with { Left = false, By = turn.Person.Id }, folded: null, ["Here is where you left it."], [], cancellationToken);
            return;
        }

        var begun = new SetupStanding(SetupStep.Account, null, state.Setup?.Revision ?? 0, turn.Person.Id);
        if (account is null)
            await ShowAsync(turn, begun, folded: null, [], [], cancellationToken);
        else if (await answers.TakeAsync(begun, account, turn, cancellationToken) is { } outcome)
            await GoOnAsync(turn, begun, outcome, cancellationToken);
        else
            await ShowAsync(turn, begun, folded: null, [], [$"There is no ad account \"{account}\"."], cancellationToken);
    }

    /// <summary>The set-up that answers in this conversation go to; null when none is open here, or a campaign is.</summary>
    public async Task<SetupStanding?> FindAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        if (await conversations.FindAsync(turn.Conversation, cancellationToken) is not { Setup: { Left: false } standing } state)
            return null;

        if (state.OpenDraft is null)
            return standing;

        await SaveAsync(turn, standing with { Left = true }, cancellationToken);
        return null;
    }

    /// <summary>A word of the set-up, said or pressed.</summary>
    public async Task WordAsync(TurnContext turn, SetupStanding standing, Verb word, CancellationToken cancellationToken)
    {
        if (word == SetupVerbs.Back && standing.Step > SetupStep.Account)
            await ShowAsync(turn, standing with { Step = standing.Step - 1 }, standing, [], [], cancellationToken);
        else if (word == SetupVerbs.Next)
            await GoOnAsync(turn, standing, new SetupOutcome(standing, [], []), cancellationToken);
        else if (word == SetupVerbs.Leave)
            await LeaveAsync(turn, standing, cancellationToken);
        else if (word == SetupVerbs.Test)
            await tests.SendAsync(turn, await answers.OfAsync(standing, cancellationToken), cancellationToken);
        else
            await ShowAsync(turn, standing, folded: null, [], word == SetupVerbs.Back ? ["This is the first question."] : [], cancellationToken);
    }

    /// <summary>False when the words are about something else than the present question.</summary>
    public async Task<bool> TryAnswerAsync(TurnContext turn, SetupStanding standing, string said, CancellationToken cancellationToken)
    {
        if (await answers.TakeAsync(standing, said, turn, cancellationToken) is not { } outcome)
            return false;

        await GoOnAsync(turn, standing, outcome, cancellationToken);
        return true;
    }

    /// <summary>The button of a test.</summary>
    public Task AckAsync(TurnContext turn, string test, CancellationToken cancellationToken) => tests.AckAsync(turn, test, cancellationToken);

    public Task<bool> TryAckHereAsync(TurnContext turn, CancellationToken cancellationToken) => tests.TryAckHereAsync(turn, cancellationToken);

    /// <summary>What of new limits lets more money run; null when nothing does.</summary>
    public async Task<Confirmation?> CapsQuestionAsync(TurnContext turn, string said, CancellationToken cancellationToken)
    {
        if (await FindAsync(turn, cancellationToken) is not { } standing || await answers.CapsAsync(standing, said, cancellationToken) is not { Raises.IsEmpty: false } plan)
            return null;

        return new Confirmation("Let more money run?") { Lines = [.. plan.Raises, "That lifts a limit, so a second person has to approve it."] };
    }

    public async Task TakeCapsAsync(TurnContext turn, string said, CancellationToken cancellationToken)
    {
        if (await FindAsync(turn, cancellationToken) is { Step: SetupStep.Caps } standing)
            await GoOnAsync(turn, standing, await answers.KeepCapsAsync(standing, said, turn.Person.Id, cancellationToken), cancellationToken);
        else
            await turn.SayAsync("Limits are asked about in the set-up. Say \"setup\" for it; nothing was changed.", cancellationToken);
    }

    /// <summary>Shows the present question again, to a card that is from before.</summary>
    public Task AgainAsync(TurnContext turn, SetupStanding standing, CancellationToken cancellationToken) =>
        ShowAsync(turn, standing, folded: null, [], ["That card is from before, and nothing was changed. This is the present question."], cancellationToken);

    private async Task GoOnAsync(TurnContext turn, SetupStanding asked, SetupOutcome outcome, CancellationToken cancellationToken)
    {
        var isLast = asked.Step == SetupStep.Test;
        if (outcome.Problems.Count > 0)
            await ShowAsync(turn, outcome.Standing, folded: null, outcome.Understood, [.. outcome.Problems, .. outcome.Beware], cancellationToken, refused: true);
        else if (isLast)
            await EndAsync(turn, outcome.Standing, cancellationToken);
        else
            await ShowAsync(turn, outcome.Standing with { Step = asked.Step + 1 }, outcome.Standing, outcome.Understood, outcome.Beware, cancellationToken);
    }

    /// <param name="folded">The question whose card is folded to what holds now; null: the present card's place is taken by the new one.</param>
    private async Task ShowAsync(
        TurnContext turn, SetupStanding standing, SetupStanding? folded, IReadOnlyList<string> understood, IReadOnlyList<string> problems, CancellationToken cancellationToken,
        bool refused = false)
    {
        var next = standing with { Revision = standing.Revision + 1 };
        await FoldAsync(turn, folded ?? standing, finished: standing.Step > (folded ?? standing).Step, refused, cancellationToken);
        var card = await cards.OfAsync(next, turn.Person.Workspace, turn.Conversation, understood, problems, cancellationToken);
        await conversations.SaveAsync((await StateAsync(turn, cancellationToken) with { Setup = next }).Asking("what the set-up asks", turn.Person.Id), cancellationToken);
        await turn.Chat.PostAnewAsync(turn.Conversation, Subject, ChatMessage.Of(card), cancellationToken);
    }

    private async Task FoldAsync(TurnContext turn, SetupStanding standing, bool finished, bool refused, CancellationToken cancellationToken)
    {
        var card = await cards.DoneAsync(standing, cancellationToken) with { Finished = finished, Refused = refused };
        await turn.Chat.EditAsync(turn.Conversation, Subject, ChatMessage.Of(card), cancellationToken);
    }

    private async Task LeaveAsync(TurnContext turn, SetupStanding standing, CancellationToken cancellationToken)
    {
        await FoldAsync(turn, standing, finished: false, refused: false, cancellationToken);
        await SaveAsync(turn, standing with { Left = true, Revision = standing.Revision + 1 }, cancellationToken);
        await turn.SayAsync($"Put aside at {SetupCards.TitleOf(standing.Step).ToLowerInvariant()}. What was answered holds; \"setup\" goes on.", cancellationToken);
    }

    private async Task EndAsync(TurnContext turn, SetupStanding standing, CancellationToken cancellationToken)
    {
        await FoldAsync(turn, standing, finished: true, refused: false, cancellationToken);
        await SaveAsync(turn, null, cancellationToken);
        var lines = await cards.SummaryAsync(standing, cancellationToken);
        await turn.SayAsync(
            new ChatMessage($"That is all, and it holds from now on:\n{string.Join('\n', lines.Select(line => $"- {line}"))}\nSay \"setup\" to change it, \"settings\" to see everything.")
            {
                QuickReplies = [new QuickReply("Settings", "settings"), new QuickReply("New campaign", "new campaign")],
            },
            cancellationToken);
    }

    private async Task SaveAsync(TurnContext turn, SetupStanding? standing, CancellationToken cancellationToken) =>
        await conversations.SaveAsync(await StateAsync(turn, cancellationToken) with { Setup = standing }, cancellationToken);

    private async Task<ConversationState> StateAsync(TurnContext turn, CancellationToken cancellationToken) =>
        await conversations.FindAsync(turn.Conversation, cancellationToken) ?? new ConversationState(turn.Conversation, turn.Person.Id);
}
