using System.Collections.Immutable;
using System.Globalization;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards.Parts;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Cards;

/// <summary>Money, campaigns and the last AI actions, from the one projection that every surface reads.</summary>
public sealed record DashboardCard(
    string Title, string Alert, string Counts, ImmutableArray<string> Totals, ImmutableArray<DashboardCard.Row> Rows, string Worst, string Sweep, string More) : ICardView
{
    private const int Most = 15;

    public sealed record Row(string Name, string Status, string Money, string Last, string Exposure, bool HasExposure, string Target, bool CanOverride, bool CanResume);

    public string Template => "dashboard";

    public bool HasMore => More.Length > 0;

    public bool HasAlert => Alert.Length > 0;

    public string Fallback => string.Join(
        '\n',
        [$"{Title}: {Counts}", .. HasAlert ? [Alert] : ImmutableArray<string>.Empty, .. Totals, .. Rows.Select(row => $"{row.Name} — {row.Status}, {row.Money}. {row.Last}{(row.HasExposure ? $" {row.Exposure}" : "")}"), $"{Worst} {Sweep}. {More}".Trim()]);

    /// <param name="reader">Whoever it is shown to: what they may nowhere is not offered, and what they press is asked again.</param>
    public static DashboardCard Of(DashboardFigures figures, Person reader) => new(
        "Campaigns",
        figures.Frozen ?? "",
        $"{figures.Active} active: {figures.AgentManaged} AI-managed, {figures.Manual} manual",
        [.. figures.Totals.Select(TotalOf)],
        [.. figures.Lines.Take(Most).Select(line => RowOf(line, reader))],
        WorstDayWords.Of(figures),
        figures.SweepSays,
        string.Join(' ', MoreOf(figures)));

    private static IEnumerable<string> MoreOf(DashboardFigures figures)
    {
        if (figures.Lines.Length > Most)
            yield return $"{figures.Lines.Length - Most} more: say \"status\" and a name.";

        if (figures.Advice.Advice is [var first, ..] advice)
            yield return $"{(advice.Length == 1 ? "1 recommendation" : $"{advice.Length} recommendations")}: {first.Title}{(advice.Length == 1 ? "" : " and others")}; say \"recommendations\".";
    }

    private static string TotalOf(CurrencyTotal total)
    {
        var share = total.Utilisation is { } part ? $" = {part.ToString("P0", CultureInfo.InvariantCulture)}" : "";
        return $"Spend today {total.SpendToday} of {total.Budget}{share}{(total.Unknown > 0 ? $", {total.Unknown} not known yet" : "")}";
    }

    private static string SuggestionOf(DashboardLine line) =>
        line.Suggestion is { } suggestion ? $". It suggests {suggestion.Words}: say \"do it {line.Handle}\" or \"not now {line.Handle}\"" : "";

    private static Row RowOf(DashboardLine line, Person reader) => new(
        $"{line.Icon} {line.Name} ({line.Handle}){(line.Demo ? " (demo)" : "")}",
        $"{line.Alarm?.Around(line.StatusWord) ?? line.StatusWord}, {line.Mode.ToString().ToLowerInvariant()}, AI {(line.AgentOn ? "on" : "off")}",
        $"spend {line.SpendToday?.ToString() ?? "unknown"} of {line.DailyBudget}{(line.Roas is { } roas ? $", ROAS {roas.ToString("0.0", CultureInfo.InvariantCulture)}×" : "")}{(line.CostPerResult is { } cost ? $", {cost} per {line.Result.One}" : "")}",
        $"{(line.LastAction is { } last ? $"Last AI action {Ages.Of(last.Age)} ago: {last.Action} ({last.Reason})" : "No AI action yet")}{SuggestionOf(line)}",
        line.Worst is { } worst ? $"{WorstDayWords.Today} {worst.Most}{(line.Risk is { } risk ? $", {ExposureWords.Short(risk)}" : "")}" : "", line.Worst is not null, line.Handle,
        line.AgentOn && line.Status is CampaignStatus.Active or CampaignStatus.Resting && reader.MaySomewhere(Permission.Raise),
        line.Status switch
        {
            CampaignStatus.Paused => reader.MaySomewhere(Permission.Raise),
            CampaignStatus.Stopped => reader.MaySomewhere(Permission.Respond),
            _ => false,
        });
}
