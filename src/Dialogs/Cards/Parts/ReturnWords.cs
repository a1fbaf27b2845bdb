using ChatOpsCampaigns.Automation.Incidents.RollingBack;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Dialogs.Cards.Parts;

/// <summary>What putting a lever back would mean, before it is done.</summary>
internal static class ReturnWords
{
    /// <summary>What a lever ends at, whatever number of moves led away from it; the newest move comes first.</summary>
    public static string Of(LeverReturn lever, DateTimeOffset now)
    {
        var newest = lever.Moves[0];
        if (lever.Held is { } held)
            return $"{lever.Named} stays at {lever.From}: back to {lever.To} is a raise, and {held}";

        var by = string.Join(" and ", lever.Moves.Select(move => $"{move.By}").Distinct());
        var moves = lever.Moves.Length == 1
            ? $"moved by {by} {Ages.Since(newest.At, now)}"
            : $"{lever.Moves.Length} changes by {by}, the last {Ages.Since(newest.At, now)}";
        return $"{lever.Named}{(lever.IsRaise ? " goes UP" : "")}: {lever.From} → {lever.To} ({moves}){(lever.SecondPerson is { } because ? $"; {because}, so a second person is asked first" : "")}";
    }

    /// <summary>What a yes is bound to.</summary>
    public static string About(RollBackPlan plan) => string.Join(
        '\n',
        [.. plan.Moves.Select(move => $"{move.Lever}: {move.After} → {move.Before} at {move.At:O}"), .. plan.Levers.Select(lever => $"{lever.Lever} {lever.Held is null} {lever.SecondPerson is null}")]);
}
