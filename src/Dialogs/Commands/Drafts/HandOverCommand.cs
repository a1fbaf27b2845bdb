using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Wizard;

namespace ChatOpsCampaigns.Dialogs.Commands.Drafts;

/// <summary>
/// Where several talk the campaign stays where it is and somebody else answers for it; out of a conversation of one person it goes to the other's
/// drafts.
/// </summary>
public sealed class HandOverCommand(WizardDesk desk, IDraftStore drafts, IConversationStore conversations, IPeople people, IEnumerable<IMembers> chats) : ICommand
{
    public Verb Verb { get; } = new(
        "hand over", ["hand over to", "hand over"], [new VerbArgument("to", ArgumentKind.Words, "to whom")], Permission.Draft, VerbKind.Proposes,
        "gives the campaign in the making to somebody else, who answers for it from then on", "hand over max");

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        if (await desk.FindAsync(turn, cancellationToken) is not { } draft)
        {
            await turn.SayAsync("No campaign of yours is in the making here. Say \"drafts\" for those you have, and \"continue\" with the one that you want to hand over.", cancellationToken);
            return;
        }

        var makers = await MakersAsync(turn, cancellationToken);
        var said = call.Get<string>("to").Trim().TrimStart('@').TrimEnd('.', '!', '?');
        if (makers.Where(maker => IsCalled(maker, said)).ToList() is not [var other])
        {
            await turn.SayAsync(Nobody(said, makers), cancellationToken);
            return;
        }

        // Whatever was asked was asked of somebody else.
        var state = await conversations.FindAsync(turn.Conversation, cancellationToken) ?? new ConversationState(turn.Conversation, turn.Person.Id);
        var nothingAsked = state with { Question = null, Amounts = null, Offered = null, Reviewed = null };
        if (turn.Chat.IsShared(turn.Conversation))
            await StayAsync(turn, draft, other, nothingAsked, cancellationToken);
        else
            await GoAsync(turn, draft, other, nothingAsked, cancellationToken);
    }

    private async Task StayAsync(TurnContext turn, CampaignDraft draft, Person other, ConversationState state, CancellationToken cancellationToken)
    {
        var theirs = await desk.SaveAsync(draft with { Owner = other.Id }, cancellationToken);
        await conversations.SaveAsync(state with { Person = other.Id }, cancellationToken);
        await desk.RefreshAsync(turn, theirs, cancellationToken);
        await turn.SayAsync(new ChatMessage($"From here on {other.Id.Name} answers for {Title(draft)}; only their answers count. What was said so far stays.") { Calls = [other.Id] }, cancellationToken);
    }

    private async Task GoAsync(TurnContext turn, CampaignDraft draft, Person other, ConversationState state, CancellationToken cancellationToken)
    {
        await WizardDesk.FoldAsync(turn, draft, $"handed over to {other.Id.Name}", cancellationToken);
        await drafts.KeepAsync(draft with { Owner = other.Id, Shelved = true }, cancellationToken);
        await conversations.SaveAsync(state with { OpenDraft = null }, cancellationToken);
        var told = await turn.Chat.FindDirectAsync(other.Id, cancellationToken);
        if (told is { } there)
            await turn.Chat.PostAsync(
                there,
                new ChatMessage($"{turn.Person.Id.Name} hands {Title(draft)} over to you. It is among your drafts, at the question where it was left.") { QuickReplies = [new QuickReply("Drafts", "drafts")] },
                cancellationToken);

        await turn.SayAsync($"{Title(draft)} is {other.Id.Name}'s now{(told is null ? "; I cannot reach them, so tell them yourself" : ", and they were told")}.", cancellationToken);
    }

    /// <summary>Everybody else of this chat who makes campaigns; of a chat with several workspaces, of the same one: others see other accounts.</summary>
    private async Task<IReadOnlyList<Person>> MakersAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        var known = new HashSet<PersonId>();
        foreach (var role in RoleTable.Carrying(Permission.Draft))
            known.UnionWith((await people.WithRoleAsync(turn.Person.Workspace, role, cancellationToken)).Select(one => one.Id));

        // They are named as their chat has them, also the first time that anybody asks.
        await Task.WhenAll(known.Select(one => chats.FirstOrDefault(chat => one.Value.StartsWith($"{chat.Channel}:", StringComparison.Ordinal))?.AskAsync(one, cancellationToken) ?? Task.FromResult<Member?>(null)));
        var makers = new List<Person>();
        foreach (var one in known)
            makers.Add(await people.GetAsync(one, cancellationToken));

        return [.. makers.Where(maker => maker.Id != turn.Person.Id && maker.MaySomewhere(Permission.Draft) && maker.Id.Value.StartsWith($"{turn.Conversation.Channel}:", StringComparison.Ordinal)
            && turn.Chat.Realm(maker.Id) == turn.Chat.Realm(turn.Person.Id))];
    }

    private static bool IsCalled(Person person, string said) =>
        ((string[])[person.Name, person.Id.Name, person.Id.Key, person.Id.Value]).Contains(said, StringComparer.OrdinalIgnoreCase);

    private static string Nobody(string said, IReadOnlyList<Person> makers) => makers.Count == 0
        ? "Nobody else here makes campaigns. An Admin gives somebody the role: \"people grant marketer @ana\". Nothing was changed."
        : $"\"{said}\" is nobody here who makes campaigns. There {(makers.Count == 1 ? "is" : "are")} {string.Join(", ", makers.Select(maker => maker.Id.Name))}: say for example \"hand over {makers[0].Id.Name}\". Nothing was changed.";

    private static string Title(CampaignDraft draft) => draft.Name is { } name ? $"\"{name}\"" : "the draft";
}
