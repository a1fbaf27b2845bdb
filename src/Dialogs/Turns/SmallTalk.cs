using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;
using ChatOpsCampaigns.Dialogs.Wizard.Steps;

namespace ChatOpsCampaigns.Dialogs.Turns;

/// <summary>A short, friendly answer to small talk that says what could be done next: an open incident first, then the open draft.</summary>
public sealed class SmallTalk(IConversationStore conversations, IDraftStore drafts, IIncidentStore incidents)
{
    public async Task<bool> TryAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        if (SmallTalkWords.Find(turn.Text) is not { } kind)
            return false;

        var (next, replies) = await NextAsync(kind, turn, cancellationToken);
        await turn.SayAsync(new ChatMessage($"{Answer(kind, turn)} {next}".Trim()) { QuickReplies = replies }, cancellationToken);
        return true;
    }

    /// <summary>A yes, a no or "more" that answers nothing.</summary>
    public async Task NothingAskedAsync(Verb said, TurnContext turn, CancellationToken cancellationToken)
    {
        var (next, replies) = await DraftAsync(turn, cancellationToken) ?? await NextAsync(SmallTalkKind.Presence, turn, cancellationToken);
        var nothing = said == ConversationVerbs.More ? "There is no list here that has more." : "I am not asking anything that yes or no would answer right now, and nothing was changed.";
        await turn.SayAsync(new ChatMessage($"{nothing} {next}".Trim()) { QuickReplies = replies }, cancellationToken);
    }

    private static string Answer(SmallTalkKind kind, TurnContext turn) => kind switch
    {
        SmallTalkKind.Greeting => $"{Greeting(turn.Text)}, {turn.Person.Name}.",
        SmallTalkKind.HowAreYou => "All is well, thank you.",
        SmallTalkKind.Thanks => "You are welcome.",
        SmallTalkKind.Presence => "Yes, I am here.",
        SmallTalkKind.About =>
            "I make ad campaigns with you, in seven steps or from one sentence, launch them, tune bids and budgets inside your limits, and stop what runs away, day and night.",
        _ => "Goodbye. I go on watching the campaigns and tell you when something happens.",
    };

    /// <summary>"Good morning" is answered with the same.</summary>
    private static string Greeting(string text)
    {
        foreach (var hour in new[] { "morning", "afternoon", "evening" })
        {
            if (text.Contains(hour, StringComparison.OrdinalIgnoreCase))
                return $"Good {hour}";
        }

        return "Hello";
    }

    private async Task<(string Says, IReadOnlyList<QuickReply> Replies)> NextAsync(SmallTalkKind kind, TurnContext turn, CancellationToken cancellationToken)
    {
        var open = (await incidents.OpenAsync(cancellationToken)).Where(incident => incident.IsShownTo(turn.Person)).ToList();
        if (open is [var only])
            return ($"{only.Handle} is open: {only.CampaignName}. Say \"why {only.Handle}\" to see it.", [new QuickReply($"Why {only.Handle}", $"why {only.Handle}"), new QuickReply("Incidents", "incidents")]);

        if (open.Count > 1)
            return ($"{open.Count} incidents are open. Say \"incidents\" to see them.", [new QuickReply("Incidents", "incidents"), new QuickReply("Campaigns", "campaigns")]);

        if (await DraftAsync(turn, cancellationToken) is { } draft)
            return draft;

        // Who says thanks or goodbye has ended something.
        if (kind is SmallTalkKind.Thanks or SmallTalkKind.Farewell)
            return ("", []);

        return turn.Person.MaySomewhere(Permission.Draft)
            ? ("Say \"new campaign\" to begin one, \"campaigns\" to see how they do, or \"help\" for everything.",
                [new QuickReply("New campaign", "new campaign"), new QuickReply("Campaigns", "campaigns"), new QuickReply("Help", "help")])
            : ("Say \"campaigns\" to see how they do, or \"help\" for everything.", [new QuickReply("Campaigns", "campaigns"), new QuickReply("Help", "help")]);
    }

    private async Task<(string Says, IReadOnlyList<QuickReply> Replies)?> DraftAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        if (await OpenDraftAsync(turn, cancellationToken) is not { } draft)
            return null;

        var step = WizardSteps.Get(draft.Step);
        return ($"Your {ArgumentReaders.TitleOf(draft)} waits at step {WizardSteps.NumberOf(step)} of {WizardSteps.All.Count}, {step.Title.ToLowerInvariant()}: answer its question, or say \"help\", \"back\" or \"save\".",
            [new QuickReply("Help", "help"), new QuickReply("Back", "back"), new QuickReply("Save", "save")]);
    }

    private async Task<CampaignDraft?> OpenDraftAsync(TurnContext turn, CancellationToken cancellationToken) =>
        (await conversations.FindAsync(turn.Conversation, cancellationToken))?.OpenDraft is { } id ? await drafts.FindAsync(id, cancellationToken) : null;
}
