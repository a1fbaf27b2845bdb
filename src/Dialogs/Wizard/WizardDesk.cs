using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Checks;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.Raises;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Wizard.Drafts;
using ChatOpsCampaigns.Dialogs.Wizard.Fields;
using ChatOpsCampaigns.Dialogs.Wizard.Reading;
using ChatOpsCampaigns.Dialogs.Wizard.Steps;

namespace ChatOpsCampaigns.Dialogs.Wizard;

/// <summary>Which draft a conversation is in, saving it after every turn, and showing the present question as one card.</summary>
public sealed class WizardDesk(IDraftStore drafts, IConversationStore conversations, DraftViews views, WizardCards cards, TimeProvider machine)
{
    /// <summary>How long files wait for a campaign: an hour of people's time.</summary>
    private static readonly TimeSpan DroppedHolds = TimeSpan.FromHours(1);

    /// <summary>The draft that answers in this conversation go to, when the person is its owner.</summary>
    public async Task<CampaignDraft?> FindAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        var state = await conversations.FindAsync(turn.Conversation, cancellationToken);
        var draft = state?.OpenDraft is { } open ? await drafts.FindAsync(open, cancellationToken) : null;
        return draft is { } found && found.Owner == turn.Person.Id ? found : null;
    }

    public Task<DraftView> ViewAsync(CampaignDraft draft, CancellationToken cancellationToken) => views.OfAsync(draft, cancellationToken);

    public Task<CampaignDraft?> FindAsync(DraftId draft, CancellationToken cancellationToken) => drafts.FindAsync(draft, cancellationToken);

    /// <summary>Saves what was said, with what follows from it filled in.</summary>
    public async Task<CampaignDraft> SaveAsync(CampaignDraft draft, CancellationToken cancellationToken) =>
        await drafts.KeepAsync(await views.SettledAsync(draft, cancellationToken) with { ChangedAt = machine.GetUtcNow() }, cancellationToken);

    /// <param name="back">It came here for its files alone, and goes on there.</param>
    public async Task OpenAsync(TurnContext turn, CampaignDraft draft, CancellationToken cancellationToken, ConversationId? back = null) =>
        await conversations.SaveAsync(await StateAsync(turn, cancellationToken) with { OpenDraft = draft.Id, Person = turn.Person.Id, GoesBackTo = back }, cancellationToken);

    /// <summary>With the files that the same person dropped here shortly before there was a campaign for them.</summary>
    public async Task<TurnContext> WithDroppedAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        var state = await StateAsync(turn, cancellationToken);
        if (state.Dropped is not { } dropped || dropped.By != turn.Person.Id)
            return turn;

        await conversations.SaveAsync(state with { Dropped = null }, cancellationToken);
        return machine.GetUtcNow() - dropped.At > DroppedHolds ? turn : turn with { Turn = turn.Turn with { Files = [.. turn.Turn.Files, .. dropped.Files] } };
    }

    /// <summary>No draft is open here any more; this one is kept on the shelf.</summary>
    public async Task<CampaignDraft> ShelveAsync(TurnContext turn, CampaignDraft draft, CancellationToken cancellationToken)
    {
        await conversations.SaveAsync(await StateAsync(turn, cancellationToken) with { OpenDraft = null }, cancellationToken);
        return await drafts.KeepAsync(draft with { Shelved = true, ChangedAt = machine.GetUtcNow() }, cancellationToken);
    }

    public async Task CloseAsync(TurnContext turn, CancellationToken cancellationToken) =>
        await conversations.SaveAsync(await StateAsync(turn, cancellationToken) with { OpenDraft = null }, cancellationToken);

    /// <summary>Folds the card of the step that was just answered and asks the present one at the bottom, with what is wrong there.</summary>
    /// <param name="refused">What of the answer was not taken, or does not fit, for the folded card; null when all of it stands.</param>
    /// <param name="offers">What could have been meant, each with one press.</param>
    public async Task ShowAsync(
        TurnContext turn, CampaignDraft draft, WizardStep answered, IEnumerable<string> understood, IReadOnlyList<Objection> problems, CancellationToken cancellationToken, string? refused = null,
        IReadOnlyList<QuickReply>? offers = null)
    {
        turn = await BackAsync(turn, draft, cancellationToken);
        var view = await views.OfAsync(draft, cancellationToken);
        var clashes = await views.ClashesAsync(view, cancellationToken);
        var finished = answered.IsComplete(draft, view.Profile) && (draft.Step != answered.Name || problems.Count == 0);
        var wrong = refused ?? ToPutRight(clashes.FirstOrDefault(clash => StepOf(clash) == answered.Name || answered.Name == WizardSteps.Review)?.Says);
        await turn.Chat.EditAsync(turn.Conversation, Subject(draft), ChatMessage.Of(WizardCards.Done(view, answered, finished, wrong)), cancellationToken);
        var card = await cards.OfAsync(view, understood, [.. problems, .. Standing(draft, clashes, problems)], cancellationToken);
        await turn.Chat.PostAnewAsync(turn.Conversation, Subject(draft), ChatMessage.Of(card) with { QuickReplies = offers ?? [] }, cancellationToken);
        await conversations.SaveAsync(
            (await StateAsync(turn, cancellationToken) with { Reviewed = card is ReviewCard review ? new Digest(review.Shown) : null }).Asking("what the campaign in the making asks", turn.Person.Id),
            cancellationToken);
    }

    /// <summary>Where the next question is asked: a draft that came here for its files goes back to where it was begun once they are all there, as long as it is open there.</summary>
    private async Task<TurnContext> BackAsync(TurnContext turn, CampaignDraft draft, CancellationToken cancellationToken)
    {
        if (draft.Step == "creatives" || await StateAsync(turn, cancellationToken) is not { GoesBackTo: { } back } here
            || (await conversations.FindAsync(back, cancellationToken))?.OpenDraft != draft.Id)
            return turn;

        await FoldAsync(turn, draft, "its files are here; it goes on where it was begun", cancellationToken);
        await turn.SayAsync("The files are with the campaign. It goes on where you began it: answer the next question there.", cancellationToken);
        await conversations.SaveAsync(here with { OpenDraft = null, GoesBackTo = null }, cancellationToken);
        return turn with { Turn = turn.Turn with { Conversation = back } };
    }

    public Task<IReadOnlyList<DraftProblem>> ClashesAsync(DraftView view, CancellationToken cancellationToken) => views.ClashesAsync(view, cancellationToken);

    /// <summary>For the folded card.</summary>
    public static string? ToPutRight(string? says) => says is null ? null : $"to put right: {LineReading.Shortened(says.TrimEnd('.'))}";

    /// <summary>What was wrong before and still is, about what the present card asks. The review looks at everything itself.</summary>
    private static IEnumerable<Objection> Standing(CampaignDraft draft, IEnumerable<DraftProblem> clashes, IReadOnlyList<Objection> told) => draft.Step == WizardSteps.Review
        ? []
        : clashes.Where(clash => StepOf(clash) == draft.Step && !told.Any(known => known.Says == clash.Says)).Select(clash => new Objection(clash.Says, clash.Field));

    private static string? StepOf(DraftProblem problem) => FieldCatalogue.Find(problem.Field)?.Step;

    /// <summary>What the person saw last of the draft as a whole; null when a question was shown since.</summary>
    public async Task<Digest?> ReviewedAsync(TurnContext turn, CancellationToken cancellationToken) => (await StateAsync(turn, cancellationToken)).Reviewed;

    /// <summary>Amounts that were asked about at the launch, as long as the answer counts.</summary>
    public async Task<AmountsAsked?> AmountsAskedAsync(TurnContext turn, CancellationToken cancellationToken) =>
        (await StateAsync(turn, cancellationToken)).Amounts is { } asked && machine.GetUtcNow() - asked.AskedAt <= VerbRunner.QuestionHolds ? asked : null;

    /// <summary>Null: nothing is asked any more. What was asked before it is no longer.</summary>
    public async Task AskAmountsAsync(TurnContext turn, CampaignDraft draft, IReadOnlyList<UnusualAmount>? amounts, CancellationToken cancellationToken) =>
        await conversations.SaveAsync(
            await StateAsync(turn, cancellationToken) with
            {
                Question = null,
                Amounts = amounts is null ? null : new AmountsAsked(LaunchDesk.DigestOf(draft), [.. amounts], machine.GetUtcNow()),
            },
            cancellationToken);

    /// <summary>Brings the card that asks the present question up to date where it stands, so that its buttons still count.</summary>
    public async Task RefreshAsync(TurnContext turn, CampaignDraft draft, CancellationToken cancellationToken)
    {
        var card = await cards.OfAsync(await views.OfAsync(draft, cancellationToken), [], [], cancellationToken);
        await turn.Chat.EditAsync(turn.Conversation, Subject(draft), ChatMessage.Of(card), cancellationToken);
    }

    /// <summary>Folds the present card and leaves it so.</summary>
    public static async Task FoldAsync(TurnContext turn, CampaignDraft draft, string says, CancellationToken cancellationToken) => await turn.Chat.EditAsync(
        turn.Conversation, Subject(draft), ChatMessage.Of(new StepDoneCard(WizardCards.Progress(WizardSteps.Get(draft.Step)), draft.Name ?? "Draft", says)), cancellationToken);

    private async Task<ConversationState> StateAsync(TurnContext turn, CancellationToken cancellationToken) =>
        await conversations.FindAsync(turn.Conversation, cancellationToken) ?? new ConversationState(turn.Conversation, turn.Person.Id);

    private static string Subject(CampaignDraft draft) => $"wizard/{draft.Id}";
}
