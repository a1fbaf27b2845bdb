using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Raises;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Setup;

namespace ChatOpsCampaigns.Dialogs.Chat;

/// <summary>What a conversation is in the middle of.</summary>
/// <param name="OpenDraft">The draft that answers go to.</param>
/// <param name="Question">A yes/no question that waits: its verb line, run when the person confirms.</param>
public sealed record ConversationState(ConversationId Conversation, PersonId Person)
{
    public DraftId? OpenDraft { get; init; }

    /// <summary>The draft came here for its files alone, and goes on there once they are said to be all.</summary>
    public ConversationId? GoesBackTo { get; init; }

    /// <summary>Digest of the draft on the review that was shown here last: a typed "launch" is bound to it.</summary>
    public Digest? Reviewed { get; init; }

    public PendingQuestion? Question { get; init; }

    /// <summary>A list to choose from that was shown last; whatever else is said next ends it.</summary>
    public OfferedList? Offered { get; init; }

    /// <summary>Files that came while no campaign was in the making here.</summary>
    public DroppedFiles? Dropped { get; init; }

    /// <summary>Where the set-up of the workspace stands that was begun here.</summary>
    public SetupStanding? Setup { get; init; }

    /// <summary>Amounts of the open draft that were asked about at its launch.</summary>
    public AmountsAsked? Amounts { get; init; }

    /// <summary>Something else was asked of somebody here: what they were asked before is no longer what a bare yes answers.</summary>
    /// <param name="newer">As it is named in a sentence: "Which campaign?" in its quotes.</param>
    public ConversationState Asking(string newer, PersonId person) => Question is { AnsweredBy: null } question && (question.AskedOf ?? person) == person
        ? this with { Question = question with { Overtaken = newer } }
        : this;
}

/// <summary>What waits for the campaign that is begun or gone on with next.</summary>
public sealed record DroppedFiles(PersonId By, ImmutableArray<ChatFile> Files, DateTimeOffset At);

/// <summary>"Which campaign?" with everything that it could be.</summary>
/// <param name="Line">The line that a choice outside the list makes, with <see cref="Gap"/> in the place of the choice; null when there is none.</param>
/// <param name="From">How many were shown before these.</param>
public sealed record OfferedList(string Asks, string? Line, ImmutableArray<Offer> Among, int From, DateTimeOffset AskedAt)
{
    public const string Gap = "\u0001";
}

/// <summary>One thing to choose: the line that choosing it says, its handle or word, and how it is shown.</summary>
public sealed record Offer(string Line, string Says, string Title);

/// <summary>"$5,000 a day is 25 times the usual $200 of this account. Really $5,000?"</summary>
/// <param name="Draft">Digest of the draft that was to be launched; of another one nothing was asked.</param>
public sealed record AmountsAsked(Digest Draft, ImmutableArray<UnusualAmount> Amounts, DateTimeOffset AskedAt);

/// <summary>"Raise from $500 to $600? Yes / No": what is run on yes.</summary>
/// <param name="Command">The canonical command line that is run when confirmed.</param>
/// <param name="Id">Bound into the buttons, so that an old one confirms nothing.</param>
/// <param name="Shown">Digest of what was shown with it: when that is no longer so, "yes" asks again.</param>
public sealed record PendingQuestion(string Id, string Command, string Asks, DateTimeOffset AskedAt, Digest? Shown = null)
{
    /// <summary>Who was asked: where several people talk, nobody else's yes counts. Null of one that was asked before this was kept.</summary>
    public PersonId? AskedOf { get; init; }

    /// <summary>It is asked once more, after a yes to the first question.</summary>
    public bool Again { get; init; }

    /// <summary>A yes does nothing when this has not to be asked any more.</summary>
    public bool OnlyAsAsked { get; init; }

    /// <summary>The turn that answered it: it waits no longer for others, and when that turn is taken up again after a crash, it is still the answer.</summary>
    public string? AnsweredBy { get; init; }

    /// <summary>What was asked of the same person here since: only a button still answers this one. Null while it is the last.</summary>
    public string? Overtaken { get; init; }

    /// <summary>The amount that, typed once more, is a yes.</summary>
    public Money? Amount { get; init; }
}

/// <summary>Conversations and what we posted there about a subject, so that it can be edited later, also after a restart.</summary>
public interface IConversationStore
{
    Task<ConversationState?> FindAsync(ConversationId conversation, CancellationToken cancellationToken);

    Task SaveAsync(ConversationState state, CancellationToken cancellationToken);

    /// <summary>Every conversation a person has.</summary>
    Task<IReadOnlyList<ConversationState>> OfAsync(PersonId person, CancellationToken cancellationToken);

    /// <summary>Where a subject (<c>incident/…</c>, <c>approval/…</c>, <c>upload/…</c>) was posted.</summary>
    Task<IReadOnlyList<(ConversationId Conversation, MessageId Message)>> PostsAsync(string subject, CancellationToken cancellationToken);

    /// <summary>Whether we take part in a thread: a conversation of ours, or what is answered to a message that we keep.</summary>
    Task<bool> TakesPartAsync(ConversationId thread, CancellationToken cancellationToken);

    Task KeepPostAsync(string subject, ConversationId conversation, MessageId message, CancellationToken cancellationToken);

    /// <summary>False for a turn that was handled to its end before: delivered again, it is not handled again. Kept for at least seven days.</summary>
    Task<bool> TryClaimTurnAsync(string turnId, CancellationToken cancellationToken);
}
