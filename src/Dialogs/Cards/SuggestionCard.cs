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

    /// <summary>What the bid would be, for a person to put another in its place; empty where there is none to change.</summary>
    public string NewBid { get; init; } = "";

    /// <summary>The same of the daily budget.</summary>
    public string NewBudget { get; init; } = "";

    public bool CanChangeBid => NewBid.Length > 0;

    public bool CanChangeBudget => NewBudget.Length > 0;

    public string Fallback => $"{Title}: {string.Join("; ", Moves)}. {Worst}{(CanAnswer ? $" Say \"do it {Target}\", \"not now {Target}\" or \"decline {Target} why\"{Otherwise}." : $" {Answer}.")}";

    private string Otherwise => (CanChangeBid, CanChangeBudget) switch
    {
        (true, true) => $"; another value: \"set bid {Target} {NewBid}\", \"set budget {Target} {NewBudget}\"",
        (true, _) => $"; another value: \"set bid {Target} {NewBid}\"",
        (_, true) => $"; another value: \"set budget {Target} {NewBudget}\"",
        _ => "",
    };

    public static SuggestionCard Of(Suggestion suggestion, Campaign campaign)
    {
        var waits = suggestion.Waits(campaign);
        return new SuggestionCard(
            $"Suggestion for {campaign.Name} ({campaign.Handle})", [.. suggestion.Moves.Select(move => $"{TurnWords.Move(move)}, because {move.Because}")],
            $"In every case the monitor stops it at {campaign.Spec.Budget.MaxDailySpend} a day, as soon as the network's report shows that.",
            waits ? "" : AnswerOf(suggestion, campaign), waits, campaign.Handle, suggestion.Shown.Value)
        {
            NewBid = waits ? To(suggestion, Lever.Bid) : "",
            NewBudget = waits ? To(suggestion, Lever.DailyBudget) : "",
        };
    }

    private static string To(Suggestion suggestion, Lever lever) => suggestion.Moves.FirstOrDefault(move => move.Lever == lever)?.To.ToString() ?? "";

    private static string AnswerOf(Suggestion suggestion, Campaign campaign) => suggestion.State switch
    {
        SuggestionState.Done => $"{suggestion.By} said do it: {suggestion.Says}",
        SuggestionState.Declined => $"{suggestion.By} said no; {suggestion.Says}",
        SuggestionState.NotNow => $"{suggestion.By} said not now; {suggestion.Says}",
        SuggestionState.Expired => $"No longer suggested: {suggestion.Says}",
        SuggestionState.Changed => $"No longer suggested: {suggestion.Says}",
        _ when suggestion.ChangedBy(campaign) is { } by => $"No longer suggested: {Suggestion.Otherwise(by, campaign)}",
        _ => "No longer suggested: the campaign is not in the agent's hands now",
    };
}
