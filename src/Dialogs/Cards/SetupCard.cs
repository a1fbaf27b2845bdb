using System.Collections.Immutable;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Cards;

/// <summary>A question of the set-up, with what holds now and who said so, what was just understood, and what was wrong.</summary>
/// <param name="Progress">"Setup 2 of 5".</param>
/// <param name="Rev">Of the standing that it was made from: an older card has no effect.</param>
public sealed record SetupCard(
    string Progress, string Title, string Prompt, ImmutableArray<FactView> Facts, ImmutableArray<string> Understood, ImmutableArray<string> Problems,
    ImmutableArray<InputView> Inputs, bool CanGoBack, string Rev) : ICardView
{
    public string Template => "setup";

    /// <summary>The last question: nothing is entered, a test is sent or not.</summary>
    public bool Tests => Inputs.IsEmpty;

    public string Fallback => string.Join('\n', (string[])[
        $"{Progress}: {Title}",
        .. Understood.Select(line => $"✓ {line}"),
        .. Problems.Select(line => $"⚠ {line}"),
        .. Facts.Select(fact => $"{fact.Title}: {fact.Value}"),
        Prompt]);
}
