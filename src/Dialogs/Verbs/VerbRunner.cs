// Long because everything between what is said and what is done stands here: who may, what is meant, what is asked first, whose yes counts.
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Commands;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Verbs;

/// <summary>Runs a typed line or a pressed button: permission, arguments, confirmation, then the verb itself.</summary>
public sealed class VerbRunner(
    VerbCatalogue catalogue, VerbReading reading, Rights rights, IConversationStore conversations, ActRecorder acts, TimeProvider machine)
{
    /// <summary>How long "Yes" counts: 15 minutes of people's time.</summary>
    public static readonly TimeSpan QuestionHolds = TimeSpan.FromMinutes(15);

    public async Task<bool> TryLineAsync(string line, TurnContext turn, CancellationToken cancellationToken)
    {
        if (reading.Grammar.Parse(line) is not { } parsed)
            return false;

        await RunAsync(parsed, turn, pressed: null, cancellationToken);
        return true;
    }

    /// <summary>
    /// A line that can only be a command, also while something else is being asked: its verb is written out in several words, or it names a
    /// campaign, a draft, an incident or a request that there is.
    /// </summary>
    public async Task<bool> TryExplicitAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        if (reading.Grammar.Parse(turn.Text) is not { } parsed)
            return false;

        // What is about a draft by name never answers the one that is open.
        var drafts = parsed.Verb.Arguments.Any(argument => argument.Kind == ArgumentKind.Draft && parsed.Texts.ContainsKey(argument.Name));
        if (!drafts && await reading.Binder.BindAsync(parsed, turn.Person, cancellationToken) is not Binding.Bound)
            return false;

        var names = drafts || parsed.Verb.Arguments.Any(argument =>
            argument.Kind is ArgumentKind.Campaign or ArgumentKind.Incident or ArgumentKind.Approval && parsed.Texts.ContainsKey(argument.Name));
        if (!names && !(parsed.Verb.Name.Contains(' ', StringComparison.Ordinal) && turn.Text.StartsWith(parsed.Verb.Name, StringComparison.OrdinalIgnoreCase)))
            return false;

        await RunAsync(parsed, turn, pressed: null, cancellationToken);
        return true;
    }

    /// <summary>A pressed button: <paramref name="name"/> is the verb, its target and inputs are the arguments.</summary>
    public async Task<bool> TryPressAsync(string name, ChatAction action, TurnContext turn, CancellationToken cancellationToken)
    {
        if (catalogue.Find(name) is not { } command)
            return false;

        var texts = ImmutableDictionary<string, string>.Empty;
        foreach (var argument in command.Verb.Arguments)
        {
            if (action.Input(argument.Name) is { Length: > 0 } text)
                texts = texts.SetItem(argument.Name, text);
        }

        if (action.Target is { Length: > 0 } target && command.Verb.Arguments.FirstOrDefault() is { } first)
            texts = texts.SetItem(first.Name, target);

        await RunAsync(new ParsedLine(command.Verb, texts), turn, action.Fields, cancellationToken);
        return true;
    }

    /// <summary>Yes or no to the question that waits in this conversation; false when none waits.</summary>
    /// <param name="question">The question's id when a button was pressed; null when it was typed.</param>
    public async Task<bool> TryAnswerAsync(TurnContext turn, bool yes, string? question, CancellationToken cancellationToken)
    {
        var state = await conversations.FindAsync(turn.Conversation, cancellationToken);
        var waits = state?.Question is { } asked && Waits(asked, turn) ? asked : null;
        if (waits is not null && IsOthers(waits, turn))
            return await TellWhoseAsync(waits, question, turn, cancellationToken);

        if (waits?.Overtaken is not null && question is null)
            return state is { OpenDraft: null, Setup: null or { Left: true } } && await TryTellOvertakenAsync(turn, cancellationToken);

        if (waits is null || (question is not null && waits.Id != question))
        {
            if (question is null)
                return state is { Question: { AnsweredBy: null } lapsed } && !IsOthers(lapsed, turn) && await LapsedAsync(state, lapsed, turn, cancellationToken);

            await turn.SayAsync("That question is no longer open; nothing was changed. Say it again if you still want it.", cancellationToken);
            return true;
        }

        await conversations.SaveAsync(state! with { Question = waits with { AnsweredBy = turn.Turn.Id } }, cancellationToken);
        if (!yes || reading.Grammar.Parse(waits.Command) is not { } parsed)
            await AnsweredAsync(waits, "no, nothing was changed", turn, cancellationToken);
        else
            await RunConfirmedAsync(parsed, waits, turn, cancellationToken);

        return true;
    }

    private static bool IsOthers(PendingQuestion asked, TurnContext turn) => asked.AskedOf is { } person && person != turn.Person.Id;

    /// <summary>A typed yes that answers nothing here may be meant for somebody else; a pressed one is told whose it is.</summary>
    private static async Task<bool> TellWhoseAsync(PendingQuestion asked, string? question, TurnContext turn, CancellationToken cancellationToken)
    {
        if (question is not null && question != asked.Id)
        {
            await turn.SayAsync("That question is no longer open; nothing was changed. Say it again if you still want it.", cancellationToken);
            return true;
        }

        await turn.WhisperAsync($"\"{asked.Asks}\" was asked of {asked.AskedOf}, and only {asked.AskedOf}'s answer counts; nothing was changed. Say \"{asked.Command}\" yourself if you want it.", cancellationToken);
        return true;
    }

    private async Task<bool> LapsedAsync(ConversationState state, PendingQuestion lapsed, TurnContext turn, CancellationToken cancellationToken)
    {
        await conversations.SaveAsync(state with { Question = null }, cancellationToken);
        await turn.SayAsync($"\"{lapsed.Asks}\" was asked more than {QuestionHolds.TotalMinutes:0} minutes ago and no longer counts; nothing was changed. Say it again if you still want it: \"{lapsed.Command}\".", cancellationToken);
        return true;
    }

    /// <summary>Says that a yes answers nothing here although something waits: something else was asked since. False when that is not so.</summary>
    public async Task<bool> TryTellOvertakenAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        if ((await conversations.FindAsync(turn.Conversation, cancellationToken))?.Question is not { Overtaken: { } newer } older || IsOthers(older, turn) || !Waits(older, turn))
            return false;

        await turn.SayAsync($"\"{older.Asks}\" was asked before {newer}, and a word alone no longer answers it; nothing was changed. Press its button, or say \"{older.Command}\" again, if you still want it.", cancellationToken);
        return true;
    }

    /// <summary>A turn that a crash interrupted answers what it answered before, however long that took.</summary>
    private bool Waits(PendingQuestion asked, TurnContext turn) =>
        asked.AnsweredBy is { } answer ? answer == turn.Turn.Id : machine.GetUtcNow() - asked.AskedAt <= QuestionHolds;

    /// <summary>The amount of the question that waits, typed once more, is a yes. Another one belongs to the draft that is open, or to nothing.</summary>
    public async Task<bool> TryAmountAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        var state = await conversations.FindAsync(turn.Conversation, cancellationToken);
        if (state?.Question is not { Amount: { } amount, Overtaken: null } waits || IsOthers(waits, turn) || !Waits(waits, turn)
            || !Amounts.TryRead(turn.Text, amount.Currency, out var said, out _))
            return false;

        if (said == amount)
            return await TryAnswerAsync(turn, yes: true, null, cancellationToken);

        if (state.OpenDraft is not null)
            return false;

        await turn.SayAsync($"That is not {amount}; nothing was changed. Type {amount} or say yes if you mean it, else no.", cancellationToken);
        return true;
    }

    /// <summary>Shows a list; a number, a handle or a name that is said next chooses from it.</summary>
    /// <param name="line">As in <see cref="OfferedList"/>.</param>
    public Task OfferAsync(TurnContext turn, string asks, string? line, ImmutableArray<Offer> among, CancellationToken cancellationToken) =>
        OfferAsync(turn, new OfferedList(asks, line, among, 0, machine.GetUtcNow()), cancellationToken);

    /// <summary>A choice from the list that was shown last, or the next of it. Whatever else is said ends the list.</summary>
    public async Task<bool> TryChoiceAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        if (await EndListAsync(turn, cancellationToken) is not { } list || machine.GetUtcNow() - list.AskedAt > QuestionHolds || turn.Turn.Files.Length > 0)
            return false;

        switch (ListChoice.Read(list, turn.Text, isCommand: reading.Grammar.Parse(turn.Text) is not null))
        {
            case ListChoice.Line line:
                return await TryLineAsync(line.Says, turn, cancellationToken);
            case ListChoice.Next:
                await OfferAsync(turn, list with { From = list.From + PickCard.Most, AskedAt = machine.GetUtcNow() }, cancellationToken);
                return true;
            case ListChoice.Outside outside:
                await turn.SayAsync(outside.Says, cancellationToken);
                await RememberAsync(turn, list, cancellationToken);
                return true;
            case ListChoice.None:
                await turn.SayAsync("Left as it is; nothing was changed.", cancellationToken);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Something else was said or pressed: a number no longer means the list.</summary>
    public async Task<OfferedList?> EndListAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        if (await conversations.FindAsync(turn.Conversation, cancellationToken) is not { Offered: { } list } state)
            return null;

        await conversations.SaveAsync(state with { Offered = null }, cancellationToken);
        return list;
    }

    private async Task OfferAsync(TurnContext turn, OfferedList list, CancellationToken cancellationToken)
    {
        await turn.SayAsync(PickCard.Message(list), cancellationToken);
        await RememberAsync(turn, list, cancellationToken);
    }

    private async Task RememberAsync(TurnContext turn, OfferedList list, CancellationToken cancellationToken)
    {
        var state = await conversations.FindAsync(turn.Conversation, cancellationToken) ?? new ConversationState(turn.Conversation, turn.Person.Id);
        await conversations.SaveAsync((state with { Offered = list }).Asking($"\"{list.Asks}\"", turn.Person.Id), cancellationToken);
    }

    private async Task RunAsync(ParsedLine line, TurnContext turn, ImmutableDictionary<string, string>? pressed, CancellationToken cancellationToken)
    {
        if (await BindAsync(line, turn, cancellationToken) is not { } call)
            return;

        call = call with { Pressed = pressed ?? call.Pressed };
        var command = catalogue.Find(line.Verb.Name)!;
        if (await command.AsksAsync(call, turn, cancellationToken) is { } confirmation)
        {
            await AskAsync(call, confirmation, turn, cancellationToken);
            return;
        }

        await PerformAsync(call, turn, cancellationToken);
    }

    /// <summary>"Yes" is to what was shown: when things stand otherwise by now, the question is asked again as they stand. What no longer needs asking is done.</summary>
    private async Task RunConfirmedAsync(ParsedLine line, PendingQuestion waits, TurnContext turn, CancellationToken cancellationToken)
    {
        if (await BindAsync(line, turn, cancellationToken) is not { } call)
        {
            await AnsweredAsync(waits, "yes, but it cannot be done any more", turn, cancellationToken);
            return;
        }

        var present = await catalogue.Find(line.Verb.Name)!.AsksAsync(call, turn, cancellationToken);
        if (present is not null && (waits.Again ? present.Then : present)?.Shown != waits.Shown)
        {
            await AnsweredAsync(waits, "that changed meanwhile, so nothing was done; I ask again", turn, cancellationToken);
            await AskAsync(call, present, turn, cancellationToken);
            return;
        }

        if (present is null && waits.OnlyAsAsked)
        {
            await AnsweredAsync(waits, $"that changed meanwhile, so nothing was done; say \"{waits.Command}\" as it stands now", turn, cancellationToken);
            return;
        }

        await AnsweredAsync(waits, "yes", turn, cancellationToken);
        if (!waits.Again && present?.Then is { } more)
            await AskAsync(call, more, turn, cancellationToken, again: true);
        else
            await PerformAsync(call with { Sure = waits.Again }, turn, cancellationToken);
    }

    private static Task AnsweredAsync(PendingQuestion waits, string how, TurnContext turn, CancellationToken cancellationToken) =>
        turn.Chat.ShowAsync(turn.Conversation, Subject(waits), new ChatMessage($"{waits.Asks} — {how}."), cancellationToken);

    /// <summary>What acts is on record before it does, as the person said it.</summary>
    private async Task PerformAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        if (call.Verb.Kind == VerbKind.Acts)
        {
            var campaign = call.Find<Campaign>("name");
            await acts.RecordAsync(
                new AuditEntry(turn.Person.Workspace, campaign?.Account, campaign?.Id, turn.Person.Id, "said", call.Verb.IsSecret ? call.Verb.Name : call.Line, new JsonObject()), cancellationToken);
        }

        await catalogue.Find(call.Verb.Name)!.RunAsync(call, turn, cancellationToken);
    }

    private async Task<VerbCall?> BindAsync(ParsedLine line, TurnContext turn, CancellationToken cancellationToken)
    {
        var command = catalogue.Find(line.Verb.Name)!;
        if ((turn.Person.Blind ?? await rights.RefusalAsync(command, turn.Person, cancellationToken)) is { } refusal)
        {
            await turn.TellAsync(refusal, cancellationToken);
            return null;
        }

        switch (await reading.Binder.BindAsync(line, turn.Person, cancellationToken, command.SuitingTo(turn.Person)))
        {
            case Binding.Bound bound when Rights.Reach(turn.Person, bound.Call):
                if (await rights.RefusalAsync(command, bound.Call, turn.Person, cancellationToken) is not { } outside)
                    return bound.Call;

                await turn.TellAsync(outside, cancellationToken);
                return null;
            case Binding.Bound:
                await turn.TellAsync(Rights.Refusal(line.Verb, turn.Person), cancellationToken);
                return null;
            case Binding.Choose choose:
                await OfferAsync(turn, choose.Asks, choose.Line, choose.Among, cancellationToken);
                return null;
            case Binding.Wrong wrong:
                await turn.SayAsync(wrong.Says, cancellationToken);
                if (wrong.Says.Contains('?', StringComparison.Ordinal))
                    await OvertakeAsync(turn, $"\"{wrong.Says}\"", cancellationToken);

                return null;
            default:
                return null;
        }
    }

    private async Task AskAsync(VerbCall call, Confirmation confirmation, TurnContext turn, CancellationToken cancellationToken, bool again = false)
    {
        var question = new PendingQuestion(Guid.NewGuid().ToString("N"), call.Line, confirmation.Asks, machine.GetUtcNow(), confirmation.Shown)
        {
            AskedOf = turn.Person.Id,
            Again = again,
            Amount = confirmation.Amount,
            OnlyAsAsked = confirmation.OnlyAsAsked,
        };
        var state = await conversations.FindAsync(turn.Conversation, cancellationToken) ?? new ConversationState(turn.Conversation, turn.Person.Id);
        await conversations.SaveAsync(state with { Question = question }, cancellationToken);
        var card = new ConfirmCard(confirmation.Asks, confirmation.Lines, question.Id);
        await turn.Chat.ShowAsync(turn.Conversation, Subject(question), ChatMessage.Of(card), cancellationToken);
    }

    /// <summary>As in <see cref="Rights"/>, for the words of a place.</summary>
    public Task<string?> RefusalAsync(Verb verb, Person person, CancellationToken cancellationToken) => rights.RefusalAsync(verb, person, cancellationToken);

    /// <summary>As in <see cref="ConversationState.Asking"/>.</summary>
    public async Task OvertakeAsync(TurnContext turn, string newer, CancellationToken cancellationToken)
    {
        if (await conversations.FindAsync(turn.Conversation, cancellationToken) is { Question: not null } state)
            await conversations.SaveAsync(state.Asking(newer, turn.Person.Id), cancellationToken);
    }

    private static string Subject(PendingQuestion question) => $"question/{question.Id}";
}
