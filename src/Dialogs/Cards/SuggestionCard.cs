using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.Suggestions;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Cards;

/// <summary>What the agent would do if it might, for a person to say yes or not now to; the same in every copy.</summary>
/// <param name="Moves">Each with its reason.</param>
/// <param name="Answer">Who answered and what came of it, or why it no longer counts; empty while it waits.</param>
/// <param name="Rev">Binds the buttons to these moves.</param>
public sealed record SuggestionCard(
    string Title, ImmutableArray<string> Moves, string Worst, string Answer, bool CanAnswer, string Target, string Rev) : ICardView
{
    public string Template => "suggestion";

    public bool HasAnswer => Answer.Length > 0;

    public string Fallback => $"{Title}: {string.Join("; ", Moves)}. {Worst}{(CanAnswer ? $" Say \"do it {Target}\", \"not now {Target}\" or \"decline {Target} why\"." : $" {Answer}.")}";

    public static SuggestionCard Of(Suggestion suggestion, Campaign campaign)
    {
        var waits = suggestion.Waits(campaign);
        return new SuggestionCard(
            $"Suggestion for {campaign.Name} ({campaign.Handle})", [.. suggestion.Moves.Select(move => $"{TurnWords.Move(move)}, because {move.Because}")],
            $"In every case the monitor stops it at {campaign.Spec.Budget.MaxDailySpend} a day, as soon as the network's report shows that.",
            waits ? "" : AnswerOf(suggestion), waits, campaign.Handle, suggestion.Shown.Value);
    }

    private static string AnswerOf(Suggestion suggestion) => suggestion.State switch
    {
        SuggestionState.Done => $"{suggestion.By} said do it: {suggestion.Says}",
        SuggestionState.Declined => $"{suggestion.By} said no; {suggestion.Says}",
        SuggestionState.NotNow => $"{suggestion.By} said not now; {suggestion.Says}",
        SuggestionState.Expired => $"No longer suggested: {suggestion.Says}",
        _ => "No longer suggested: the campaign is not in the agent's hands now",
    };
}
