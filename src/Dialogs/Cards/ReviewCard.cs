using System.Collections.Immutable;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Cards;

/// <summary>One figure of the forecast with its own 10 % and 90 % points.</summary>
public sealed record FigureView(string Label, string Middle, string Range);

/// <summary>A line of the summary.</summary>
public sealed record FactView(string Title, string Value);

/// <summary>
/// Step 7: the forecast and the whole draft on one card, with Approve and launch, Override…, Save and Back, always all four.
/// </summary>
/// <param name="Basis">What the forecast rests on, and how sure it is.</param>
/// <param name="Chart">Address of the saturation curve's picture; null where there is no forecast yet.</param>
/// <param name="Inputs">Start, end, hours and name.</param>
/// <param name="Shown">Digest of what is shown: a launch is bound to it.</param>
public sealed record ReviewCard(
    string Progress, string Name, ImmutableArray<string> Understood, ImmutableArray<string> Problems, ImmutableArray<string> Warnings,
    ImmutableArray<FigureView> Forecast, string ForecastTitle, string? Basis, string? Curve, string? Chart, ImmutableArray<AdviceView> Advice,
    ImmutableArray<FactView> Summary, string Mode, ImmutableArray<ChoiceView> Editable, ImmutableArray<InputView> Inputs, string? SecondPerson, string Target, string Rev, string Shown) : ICardView
{
    /// <summary>The money, the start and the forecast in one line: above everything, and beside the buttons again.</summary>
    public string? Headline { get; init; }

    /// <summary>False while anything is missing or wrong: then a button to that stands where the launch would.</summary>
    public bool CanLaunch => Wrong == 0;

    /// <summary>How much is missing or wrong.</summary>
    public int Wrong { get; init; }

    public string LaunchLabel => Wrong switch
    {
        0 => "Approve and launch",
        1 => "1 thing is missing or wrong",
        _ => $"{Wrong} things are missing or wrong",
    };

    /// <summary>Nobody has said when it starts.</summary>
    public bool AsksStart { get; init; }

    public string Template => "review";

    public string Fallback => string.Join('\n', (string[])[
        $"{Progress}: {Name}",
        .. Headline is null ? (string[])[] : [Headline],
        .. Understood.Select(line => $"✓ {line}"),
        .. Problems.Select(line => $"✗ {line}"),
        .. Warnings.Select(line => $"⚠ {line}"),
        .. Forecast.IsEmpty ? (string[])[] : [ForecastTitle, .. Forecast.Select(figure => $"{figure.Label}: {figure.Middle} ({figure.Range})")],
        .. Basis is null ? (string[])[] : [Basis],
        .. Advice.Select(advice => $"Advice: {advice.Says} ({advice.Because})"),
        .. Summary.Select(fact => $"{fact.Title}: {fact.Value}"),
        Mode,
        .. SecondPerson is null ? (string[])[] : [SecondPerson],
        CanLaunch
            ? "Say \"launch\", or change anything by saying it; \"override <why>\", \"save\", \"back\"."
            : $"{LaunchLabel}. Change anything by saying it; \"override <why>\", \"save\", \"back\"."]);
}
