using System.Globalization;

namespace ChatOpsCampaigns.Automation.Campaigns.Checks.Spending;

/// <summary>A limit that lies on the wrong side of its target would stop what was just aimed for.</summary>
internal sealed class LimitsLeaveRoom : IDraftCheck
{
    public IEnumerable<DraftProblem> Check(CampaignDraft draft, DraftSurroundings around)
    {
        if (draft.TargetCpa.In(around) is { } target)
        {
            if ((draft.Automation?.MaxCpa).In(around) is { } most && SameCurrency(target, most) && target >= most)
                yield return Problem.Blocks("Automation.MaxCpa", CostSays(target, most, ResultWord.Of(draft))) with { Other = nameof(draft.TargetCpa) };

            if (draft.MaxBid.In(around) is { } bid && SameCurrency(target, bid) && bid < target)
                yield return Problem.Warns(nameof(draft.MaxBid), $"The max bid of {bid} is below the target cost of {target}: no bid ever passes it, so it may hardly deliver.");
        }

        if (draft.Automation?.MinRoas is not { } floor)
            yield break;

        if (draft.TargetRoas is { } wanted && floor >= wanted)
            yield return Problem.Blocks("Automation.MinRoas", RoasSays(wanted, floor)) with { Other = nameof(draft.TargetRoas) };

        if (around.Profile is { Capabilities.ReportsRevenue: false } silent)
            yield return Problem.Warns("Automation.MinRoas", $"{silent.Title} reports no revenue: the min ROAS of {Times(floor)} cannot be watched there.");
    }

    /// <summary>The same sentence where the settings of a running campaign are changed.</summary>
    internal static string CostSays(Values.Money target, Values.Money most, ResultWord result) =>
        $"You aim at {target} per {result.One} and stop at {most}: the max CPA has to be above the target, for example {(target * 1.5m).Rounded()}.";

    internal static string RoasSays(decimal wanted, decimal floor) => $"You aim at a ROAS of {Times(wanted)} and stop at {Times(floor)}: the min ROAS has to be below the target.";

    private static bool SameCurrency(Values.Money left, Values.Money right) => left.Currency == right.Currency;

    private static string Times(decimal ratio) => $"{ratio.ToString("0.##", CultureInfo.InvariantCulture)}×";
}
