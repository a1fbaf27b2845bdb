using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Chat.Teams.Inbound;

/// <summary>What Teams tells us, read. A closed family: what is not in it is passed over.</summary>
internal abstract record TeamsNews
{
    private TeamsNews()
    {
    }

    /// <summary>Somebody said or dropped something.</summary>
    /// <param name="NamesNobody">It was said beside others without naming us, which Teams shows us with a special permission alone: it counts where we take part.</param>
    internal sealed record Said(ChatTurn Turn, bool NamesNobody) : TeamsNews;

    /// <summary>Somebody pressed a button.</summary>
    /// <param name="Token">The card and the number of its action.</param>
    /// <param name="Waits">The answer is shown in the place of the card, to that person alone.</param>
    internal sealed record Pressed(
        string Id, PersonId Person, TeamsPlace Place, string? Message, string Token, ImmutableDictionary<string, string> Fields, bool Waits) : TeamsNews;

    /// <summary>Somebody wants to fill in a card in a window. Nothing comes of it.</summary>
    internal sealed record Opened(Pressed By) : TeamsNews;

    /// <summary>Somebody sends what they filled in.</summary>
    internal sealed record FilledIn(Pressed By) : TeamsNews;

    /// <summary>Somebody's client shows a card and asks what it looks like for them. Nothing may come of it.</summary>
    internal sealed record Looked(PersonId Person, TeamsPlace Place, string Card) : TeamsNews;

    /// <summary>We were added somewhere.</summary>
    /// <param name="By">Null where it is not said.</param>
    internal sealed record Added(TeamsPlace Place, PersonId? By) : TeamsNews;

    /// <summary>We were removed from somewhere.</summary>
    /// <param name="Team">Of a channel the team, of which nothing is left for us then.</param>
    internal sealed record Removed(TeamsPlace Place, string? Team) : TeamsNews;

    /// <summary>A question of another kind, which somebody waits for the answer to.</summary>
    internal sealed record Asked(string Name) : TeamsNews;
}
