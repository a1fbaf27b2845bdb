using System.Collections.Immutable;
using System.Globalization;
using ChatOpsCampaigns.Automation.Agent.FollowUps;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Looking;

public sealed class ScorecardCommand(ScorecardReader reader) : ICommand
{
    public Verb Verb { get; } = new(
        "scorecard", ["scorecard", "score card"], Takes.Nothing, Permission.See, VerbKind.Reads,
        "sums the agent's record: moves and how many came as expected, money moved, stops as people judged them, forecasts beside a naive rule", "scorecard");

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var card = await reader.ReadAsync(turn.Person, cancellationToken);
        await turn.SayAsync(
            ChatMessage.Of(new SheetCard(
                "The agent's record", ["Of the last 50 moves of each campaign and what is kept of incidents and forecasts"],
                [
                    new SheetCard.Section("Moves", [.. Moves(card)]), new SheetCard.Section("Stops", [Stops(card.Stops)]),
                    new SheetCard.Section("Forecasts of the spend", [Forecasts("hour", card.Hours), Forecasts("day", card.Days)]),
                    new SheetCard.Section("People", [card.Overrides == 0 ? "Nobody kept their way against it" : $"Kept their way against it: {Count(card.Overrides, "time")}"]),
                ],
                "An expectation is a range that should hold eight times out of ten.")),
            cancellationToken);
    }

    private static IEnumerable<string> Moves(Scorecard card)
    {
        yield return card.BidMoves + card.BudgetMoves + card.AdMoves == 0 ? "None yet" : $"{Count(card.BidMoves, "bid")} and {Count(card.BudgetMoves, "budget")} moved{(card.AdMoves == 0 ? "" : $", {Count(card.AdMoves, "ad")} paused")}";
        foreach (var money in card.Money)
            yield return $"Budgets: {money.Cut} a day taken away, {money.Added} a day added";

        yield return card.Judged == 0
            ? $"What came of them cannot be told yet{(card.Untold > 0 ? $", and of {card.Untold} never will be" : "")}"
            : $"{card.Within} of {card.Judged} came as expected ({Share(card.Within, card.Judged)}){(card.Untold > 0 ? $"; of {card.Untold} it cannot be told" : "")}";
    }

    private static string Stops(StopRecord stops) => stops.Stops == 0
        ? "None is kept"
        : $"{Count(stops.Stops, "stop")}: people judged {stops.Right} right and {stops.False} false; {stops.Unjudged} not judged (\"judge right i1\", \"judge false i1\")";

    private static string Forecasts(string span, ForecastRecord record)
    {
        if (record.Known == 0)
            return $"By the {span}: none is known yet";

        var beside = record is { Naive: { } naive, Ours: { } ours }
            ? $"; {Off(ours)} off on average, where saying the same as the {span} before would have been {Off(naive)} off ({record.Compared} compared)"
            : record.Ours is { } off ? $"; {Off(off)} off on average" : "";
        return string.Create(CultureInfo.InvariantCulture, $"By the {span}: {record.Inside} of {record.Known} inside what was expected ({Share(record.Inside, record.Known)}){beside}");
    }

    private static string Share(int part, int whole) => string.Create(CultureInfo.InvariantCulture, $"{100m * part / whole:0} %");

    private static string Off(decimal share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %");

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
