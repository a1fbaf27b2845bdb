using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Announcing.Requests;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Incidents;
using ChatOpsCampaigns.Dialogs.Setup;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Wizard;
using ChatOpsCampaigns.Dialogs.Wizard.Reading;

namespace ChatOpsCampaigns.Dialogs.Turns;

/// <summary>What bare words may belong to in a conversation beside a campaign in the making.</summary>
public sealed record OpenThreads(IncidentThread Incidents, RequestThread Requests, SetupThread Setup);

/// <summary>
/// Whose turn it is, in this order: stop or freeze everything, a pressed button, a yes or no that was asked for, a word of the set-up where
/// one is open, small talk, a bare incident word where an open incident or a test is shown, a decision in the thread of a request, a command that can be nothing else, the wizard's words, the
/// present step's answer, an answer to the set-up, other commands, a campaign in one sentence, and an honest "not understood".
/// </summary>
public sealed class TurnRoutes(
    CampaignWizard wizard, VerbRunner verbs, OpenThreads threads, VerbGrammar grammar, SmallTalk smallTalk, IConversationStore conversations)
{
    /// <summary>More files are not held for a campaign that is not there yet.</summary>
    private const int MostDropped = 30;

    public async Task TakeAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        if (UrgentOrder.Of(turn.Turn) is { } order && await verbs.TryLineAsync(order, turn, cancellationToken))
            return;

        if (UrgentOrder.Nearly(turn.Turn) is { } meant)
        {
            await turn.SayAsync(Asked(meant, turn.Person), cancellationToken);
            return;
        }

        if (TurnText.Uncopied(turn.Text) is var line && line != turn.Text)
            turn = turn with { Turn = turn.Turn with { Text = line } };

        if (turn.Turn.Action is { } action)
        {
            await PressAsync(action, turn, cancellationToken);
            return;
        }

        if (await verbs.TryChoiceAsync(turn, cancellationToken))
            return;

        var said = ConversationVerbs.Find(turn.Text);
        bool? yes = said == ConversationVerbs.Yes ? true : said == ConversationVerbs.No ? false : null;
        if (yes is { } answer && await verbs.TryAnswerAsync(turn, answer, null, cancellationToken))
            return;

        if (await verbs.TryAmountAsync(turn, cancellationToken) || await wizard.TryConfirmAsync(turn, yes, cancellationToken))
            return;

        if (said == ConversationVerbs.Stop)
        {
            await AskWhatToStopAsync(turn, cancellationToken);
            return;
        }

        if (await threads.Setup.TryWordAsync(turn, cancellationToken) || await smallTalk.TryAsync(turn, cancellationToken))
            return;

        if (SmallTalkWords.AfterGreeting(turn.Text) is { } wanted)
        {
            await SayAsync(wanted, turn, cancellationToken);
            return;
        }

        if (await threads.Incidents.TryBareAsync(turn, cancellationToken)
            || await threads.Requests.TryBareAsync(turn, cancellationToken)
            || await threads.Setup.TryAckAsync(turn, cancellationToken)
            || await verbs.TryExplicitAsync(turn, cancellationToken)
            || await wizard.TryVerbAsync(turn, cancellationToken)
            || await wizard.TryAnswerAsync(turn, cancellationToken)
            || await threads.Setup.TryAnswerAsync(turn, cancellationToken)
            || await verbs.TryLineAsync(turn.Text, turn, cancellationToken))
            return;

        if (said?.Place == VerbPlace.Question && WizardVerbs.Find(turn.Text) is null)
        {
            if (!await verbs.TryTellOvertakenAsync(turn, cancellationToken))
                await smallTalk.NothingAskedAsync(said, turn, cancellationToken);
        }
        else
        {
            await SayWhatIsUnderstoodAsync(turn, cancellationToken);
        }
    }

    private async Task PressAsync(ChatAction action, TurnContext turn, CancellationToken cancellationToken)
    {
        var (family, name) = Split(action.Verb);
        if (family != "say")
            await verbs.EndListAsync(turn, cancellationToken);

        var taken = family switch
        {
            "wizard" => await wizard.TryActionAsync(turn, cancellationToken),
            "incident" => await threads.Incidents.TryPressAsync(name, action, turn, cancellationToken),
            "setup" => await threads.Setup.TryPressAsync(name, action, turn, cancellationToken),
            "approval" => await verbs.TryPressAsync(name, action, turn, cancellationToken),
            "confirm" => await verbs.TryAnswerAsync(turn, name == ConversationVerbs.Yes.Name, action.Target ?? "", cancellationToken),
            "do" => await verbs.TryPressAsync(name, action, turn, cancellationToken),
            "say" => await SayAsync(action.Target ?? "", turn, cancellationToken),
            _ => false,
        };
        if (!taken)
            await turn.SayAsync("That button no longer does anything; nothing was changed. Say \"help\" for what I understand.", cancellationToken);
    }

    /// <summary>A button that says a line for the person takes the way of a typed one.</summary>
    private async Task<bool> SayAsync(string line, TurnContext turn, CancellationToken cancellationToken)
    {
        await TakeAsync(turn with { Turn = turn.Turn with { Text = TurnText.Clean(line), Action = null } }, cancellationToken);
        return true;
    }

    /// <summary>After what is nearly an order that stops a bare yes answers nothing that was asked before. Its caller has the conversation's turn.</summary>
    public Task OvertakeAsync(TurnContext turn, CancellationToken cancellationToken) => UrgentOrder.Nearly(turn.Turn) is { } meant
        ? verbs.OvertakeAsync(turn, $"\"Did you mean {meant.Order}?\"", cancellationToken)
        : Task.CompletedTask;

    /// <summary>Nearly an order that stops: nothing is stopped by a guess, and nobody looks for the right words.</summary>
    private static ChatMessage Asked(UrgentOrder.Guess meant, Person person) => person.May(Permission.StopEverything)
        ? new ChatMessage($"Nothing is stopped yet. Did you mean \"{meant.Order}\"? {(meant.IsOfAPart ? ForAll : "")}Press it or say it, and it is done at once.")
        {
            QuickReplies = [new QuickReply($"{char.ToUpperInvariant(meant.Order[0])}{meant.Order[1..]}", meant.Order)],
        }
        : new ChatMessage($"Nothing was stopped. Everything at once is for {RoleTable.Said(RoleTable.Carrying(Permission.StopEverything))}: call one of them.");

    private const string ForAll =
        "That is for ALL campaigns of ALL accounts and networks; a part of them alone cannot be stopped at once here: \"pause c1\" pauses one campaign, and \"campaigns\" lists them. ";

    private async Task AskWhatToStopAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        await verbs.OvertakeAsync(turn, "\"Stop what?\"", cancellationToken);
        (string, string)[] one = [("pause", "One campaign"), ("cancel", "Nothing, or the draft that is open")];
        await turn.SayAsync(
            turn.Person.May(Permission.StopEverything)
                ? PickCard.Message(
                    "Stop what?",
                    [("stop everything", "Everything: pause every active campaign now"), ("freeze everything", "Only raises, launches and resumes, for everybody"), .. one])
                : PickCard.Message($"Stop what? Everything at once is for {RoleTable.Said(RoleTable.Carrying(Permission.StopEverything))}: call one of them.", one),
            cancellationToken);
    }

    private static IEnumerable<string> TooHeavy(TurnContext turn) =>
        turn.Turn.Files.Where(file => file.Bytes > FileLimits.Film).Select(file => FileLimits.TooHeavy(file.Name, file.Bytes!.Value));

    private async Task SayWhatIsUnderstoodAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        var state = await conversations.FindAsync(turn.Conversation, cancellationToken);
        if (turn.Chat.IsShared(turn.Conversation) && state is { OpenDraft: not null } && state.Person != turn.Person.Id)
        {
            await turn.WhisperAsync($"A campaign of {state.Person.Name} is in the making here, and only {state.Person.Name}'s answers count. To make one of your own, say \"new campaign\" in a message of its own.", cancellationToken);
            return;
        }

        if (turn.Text.Length == 0)
        {
            if (turn.Turn.Files.Length > 0)
                await KeepFilesAsync(turn, state, cancellationToken);
            else
                await turn.SayAsync("I received nothing to read. Say \"help\" for what I understand.", cancellationToken);

            return;
        }

        var draft = state?.OpenDraft is not null;
        if (draft && await wizard.TryExplainAsync(turn, Misspelt(turn), cancellationToken))
            return;

        if (!draft && await wizard.LooksLikeCampaignAsync(turn, cancellationToken) && await verbs.TryLineAsync($"new campaign {turn.Text}", turn, cancellationToken))
            return;

        if (!draft && WizardVerbs.Find(turn.Text) is { } word)
        {
            await turn.SayAsync(
                new ChatMessage($"\"{word.Verb.Name}\" is for a campaign in the making, and none is open here. {(turn.Person.MaySomewhere(Permission.Draft) ? "Say \"new campaign\" to begin one, or \"drafts\" to go on with one." : MakersAlone)}") { QuickReplies = [.. Replies([], draft, turn.Person)] },
                cancellationToken);
            return;
        }

        var near = grammar.Near(turn.Text).Where(one => turn.Person.MaySomewhere(one.Verb.Needs)).ToList();
        var about = draft ? null : await threads.Incidents.HintAsync(turn, cancellationToken);
        var hint = near.Count > 0
            ? $"Did you mean {string.Join(" or ", near.Select(one => $"\"{LineReading.Shortened(one.Line)}\""))}?"
            : about is not null ? ""
            : draft ? "Answer the present question, or say \"help\", \"back\", \"save\" or \"cancel\"." : $"Say {(turn.Person.MaySomewhere(Permission.Draft) ? "\"new campaign\", " : "")}\"status\", \"campaigns\" or \"help\".";
        if (near.Count > 0)
            await verbs.OvertakeAsync(turn, $"\"{hint}\"", cancellationToken);

        var says = $"I did not understand that. {hint} {about}".Replace("  ", " ", StringComparison.Ordinal).Trim();
        if (turn.Turn.About is not null && turn.Chat.IsShared(turn.Conversation))
            await turn.WhisperAsync(says, cancellationToken);
        else
            await turn.SayAsync(new ChatMessage(says) { QuickReplies = [.. Replies(near, draft, turn.Person)] }, cancellationToken);
    }

    /// <summary>They wait for the campaign that is begun or gone on with next.</summary>
    private async Task KeepFilesAsync(TurnContext turn, ConversationState? state, CancellationToken cancellationToken)
    {
        var tooHeavy = TooHeavy(turn).ToList();
        ImmutableArray<ChatFile> kept = [.. turn.Turn.Files.Where(file => file.Bytes is not > FileLimits.Film)];
        if (!turn.Person.MaySomewhere(Permission.Draft) || kept.IsEmpty)
        {
            await turn.SayAsync(string.Join(' ', [.. tooHeavy, $"Files belong to a campaign in the making.{(kept.IsEmpty ? "" : $" {MakersAlone}")}"]), cancellationToken);
            return;
        }

        var before = state?.Dropped is { } known && known.By == turn.Person.Id ? known.Files : [];
        var dropped = new DroppedFiles(turn.Person.Id, [.. before.Concat(kept).DistinctBy(file => file.Reference).TakeLast(MostDropped)], turn.Turn.At);
        await conversations.SaveAsync((state ?? new ConversationState(turn.Conversation, turn.Person.Id)) with { Dropped = dropped }, cancellationToken);
        string[] says = [.. tooHeavy, $"Files belong to a campaign in the making, and none is open here. {string.Join(", ", kept.Select(file => file.Name))} {(kept.Length == 1 ? "waits" : "wait")} here for an hour: say \"new campaign\" to begin one, or \"drafts\" to go on with one."];
        await turn.SayAsync(new ChatMessage(string.Join(' ', says)) { QuickReplies = [new QuickReply("New campaign", "new campaign"), new QuickReply("Drafts", "drafts")] }, cancellationToken);
    }

    /// <summary>In the middle of a campaign words are mostly answers: one letter may be wrong, or two have changed places.</summary>
    private string? Misspelt(TurnContext turn) => grammar.Near(turn.Text, letters: 1).Where(one => turn.Person.MaySomewhere(one.Verb.Needs)).Select(one => one.Line).FirstOrDefault();

    private static readonly string MakersAlone = $"{RoleTable.Said(RoleTable.Carrying(Permission.Draft))} make campaigns.";

    private static IEnumerable<QuickReply> Replies(List<(Verb Verb, string Line)> near, bool draft, Person person) => near.Count > 0
        ? near.Select(one => new QuickReply(
            LineReading.Shortened(one.Line), one.Line != one.Verb.Name || one.Verb.Arguments.All(argument => argument.Optional) ? one.Line : one.Verb.Example))
        : draft ? [new QuickReply("Help", "help")]
        : [.. person.MaySomewhere(Permission.Draft) ? [new QuickReply("New campaign", "new campaign")] : Array.Empty<QuickReply>(), new QuickReply("Status", "status"), new QuickReply("Help", "help")];

    private static (string Family, string Name) Split(string verb)
    {
        var dot = verb.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? (verb, "") : (verb[..dot], verb[(dot + 1)..]);
    }
}
