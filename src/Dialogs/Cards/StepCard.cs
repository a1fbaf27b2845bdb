using System.Collections.Immutable;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Cards;

/// <summary>One input of a step, ready to show. <paramref name="Kind"/> is <c>text</c>, <c>choice</c> or <c>choices</c>.</summary>
public sealed record InputView(string Id, string Kind, string Label, string Value, string Placeholder, ImmutableArray<ChoiceView> Choices)
{
    /// <summary>What is wrong with what stands there, or with what was said for it; null when nothing is.</summary>
    public string? Wrong { get; init; }
}

public sealed record ChoiceView(string Title, string Value);

/// <summary>Something worth taking over. <paramref name="Accepts"/> is false for advice without a button.</summary>
public sealed record AdviceView(string Id, string Says, string Because, bool Accepts);

/// <summary>A question of the wizard, with everything that was just understood and everything that was wrong.</summary>
/// <param name="Progress">"Step 3 of 7".</param>
/// <param name="Target">The draft.</param>
/// <param name="Rev">The draft's version: an older card has no effect.</param>
public sealed record StepCard(
    string Progress, string Title, string Prompt, ImmutableArray<string> Understood, ImmutableArray<string> Problems, ImmutableArray<InputView> Inputs,
    ImmutableArray<AdviceView> Advice, string? DefaultLabel, bool CanGoBack, bool TakesFiles, string Target, string Rev) : ICardView
{
    public string Template => "step";

    public string Fallback => string.Join('\n', (string[])[
        $"{Progress}: {Title}",
        .. Understood.Select(line => $"✓ {line}"),
        .. Inputs.Select(input => input.Wrong).OfType<string>().Concat(Problems).Select(line => $"⚠ {line}"),
        Prompt,
        .. Advice.Select(advice => $"Suggestion: {advice.Says} ({advice.Because})"),
        .. DefaultLabel is null ? (string[])[] : [$"Say \"default\" for: {DefaultLabel}"]]);
}

/// <summary>A step that was answered: what is left of its card.</summary>
public sealed record StepDoneCard(string Progress, string Title, string Says) : ICardView
{
    /// <summary>What nobody has answered yet gets no check mark.</summary>
    public const string Open = "open";

    public string Template => "step-done";

    /// <summary>False while it is still asked.</summary>
    public bool Finished { get; init; } = true;

    /// <summary>Something of the answer was not taken.</summary>
    public bool Refused { get; init; }

    public string Mark => Refused ? "✗" : Finished && Says != Open ? "✓" : "·";

    public string Fallback => $"{Mark} {Progress} {Title}: {Says}";
}
