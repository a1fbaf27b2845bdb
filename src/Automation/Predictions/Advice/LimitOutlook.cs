using System.Collections.Immutable;
using System.Globalization;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Checks;

namespace ChatOpsCampaigns.Automation.Predictions.Advice;

/// <summary>
/// The forecast held against the limits at which the person wants it stopped or held back. A limit that the middle breaks would probably
/// strike; one that the whole range breaks almost certainly.
/// </summary>
internal static class LimitOutlook
{
    /// <summary>Room above a dear forecast that costs as much as its bidding allows.</summary>
    private const decimal AboveCap = 1.5m;

    public static ImmutableArray<DraftProblem> For(CampaignDraft draft, DraftSituation situation, ForecastChain chain) =>
        [.. new[] { Floor(draft, situation, chain), Ceiling(draft, situation, chain) }.OfType<DraftProblem>()];

    private static DraftProblem? Floor(CampaignDraft draft, DraftSituation situation, ForecastChain chain)
    {
        if (draft.Automation?.MinRoas is not { } least || chain.Roas is not { } roas || roas.Middle >= least || !situation.Profile.Capabilities.ReportsRevenue)
            return null;

        var says = roas.High < least
            ? $"Even the best forecast ROAS, {Forecast(roas.High)}, is below your minimum of {Times(least)}: the campaign would almost certainly be stopped."
            : $"The forecast ROAS of {Forecast(roas.Middle)} is below your minimum of {Times(least)}: the campaign would probably be stopped.";
        var fits = Math.Floor(roas.Low * 10) / 10;
        return Problem.Warns("Automation.MinRoas", fits > 0 ? $"{says} A floor that leaves room is \"min roas {Plain(fits)}\"." : says);
    }

    private static DraftProblem? Ceiling(CampaignDraft draft, DraftSituation situation, ForecastChain chain)
    {
        if (draft.Automation?.MaxCpa is not { } most || most.Currency != situation.Currency || chain.Cost.Middle <= most.Amount)
            return null;

        var says = chain.Cost.Low > most.Amount
            ? $"Even the cheapest forecast, {situation.Money(chain.Cost.Low)} per {situation.Result.One}, is above your max CPA of {most}: its bid would almost certainly be cut until it hardly delivers."
            : $"The forecast of {situation.Money(chain.Cost.Middle)} per {situation.Result.One} is above your max CPA of {most}: its bid would probably be cut until it hardly delivers.";
        var fits = situation.Currency.Of(Math.Ceiling(chain.Cost.High > chain.Cost.Middle ? chain.Cost.High : chain.Cost.High * AboveCap));
        return Problem.Warns("Automation.MaxCpa", $"{says} A limit that leaves room is \"max cpa {fits}\".");
    }

    /// <summary>As it stands in the forecast.</summary>
    private static string Forecast(decimal ratio) => $"{ratio.ToString("0.00", CultureInfo.InvariantCulture)}×";

    private static string Times(decimal ratio) => $"{Plain(ratio)}×";

    private static string Plain(decimal number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
