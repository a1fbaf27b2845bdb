using System.Collections.Immutable;
using System.Globalization;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Predictions.Advice;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Predictions;

/// <summary>Forecasts from the networks' usual costs and the account's own finished days. It says which, and how sure it is.</summary>
public sealed class Predictor(IAdNetworkDirectory networks, IAdAccounts accounts, PastCampaigns past, CampaignClock clock) : IPredictor
{
    /// <summary>A forecast never looks further than this.</summary>
    private const int LongestDays = 30;

    /// <summary>From here on the account's own revenue says what a result is worth.</summary>
    private const decimal EnoughValuedResults = 20;

    /// <summary>How unsure a person's own figure for a result's worth is, as a standard deviation of its logarithm; ours.</summary>
    private const double SaidWorthDeviation = .25;

    public async Task<PreLaunchPredictions?> PredictAsync(CampaignDraft draft, CancellationToken cancellationToken)
    {
        if (await SituationAsync(draft, cancellationToken) is not { } situation || draft.BudgetAmount is not { Amount: > 0 } amount)
            return null;

        var ends = SpecOfDraft.Days(draft.Schedule ?? Schedule.Now, clock.GetUtcNow(), situation.Zone);
        var days = Math.Min(LongestDays, ends ?? LongestDays);
        var daily = new Budget(draft.BudgetType ?? BudgetType.Daily, amount, draft.MaxDailySpend ?? amount).Daily(ends);
        if (draft.MaxDailySpend is { Amount: > 0 } cap)
            daily = Money.Min(daily, cap);

        var worth = Worth(draft, situation.Own);
        var ceiling = CostCeiling.Of(draft, worth?.Middle);
        var chain = ForecastChain.From(daily.Amount * days, amount.Currency, situation.Cost, worth, ceiling);
        var aDay = new Estimate(chain.Results.Low / days, chain.Results.Middle / days, chain.Results.High / days);
        var curve = PriorCurve.Around(daily, Usual(situation.Own, daily), aDay, worth?.Middle ?? draft.TargetCpa?.Amount);

        return new PreLaunchPredictions(
            amount.Currency, days, situation.Result, chain.Spend, chain.Results, chain.Cost, chain.Revenue, chain.Roas, chain.Roi,
            ConfidenceOf(chain.Results, situation.Own.Length), Basis(situation), situation.Own.Length, curve, DraftAdvice.For(draft, situation, daily),
            Warnings(draft, situation, worth, ceiling.Most is null ? null : chain.Spend.Middle / (daily.Amount * days)), clock.GetUtcNow())
        {
            Risks = LimitOutlook.For(draft, situation, chain),
        };
    }

    public async Task<IReadOnlyList<Recommendation>> SuggestAsync(CampaignDraft draft, string step, CancellationToken cancellationToken) =>
        await SituationAsync(draft, cancellationToken) is { } situation ? StepSuggestions.For(draft, situation, step) : [];

    /// <summary>Null while network or objective are missing, or nothing at all is known about costs in the account's currency.</summary>
    private async Task<DraftSituation?> SituationAsync(CampaignDraft draft, CancellationToken cancellationToken)
    {
        if (draft is not { Network: { } network, Objective: not null } || networks.Profiles.FirstOrDefault(known => known.Name == network) is not { } profile)
            return null;

        var account = (await accounts.AllAsync(cancellationToken))
            .FirstOrDefault(known => draft.Account is { } named ? known.Id == named : known.Network == network);
        if (account is null)
            return null;

        var currency = draft.BudgetAmount?.Currency ?? account.Currency;
        var result = ResultWord.Of(draft);
        var own = await past.SimilarAsync(draft.Workspace, network, currency, result, new CampaignId(draft.Id.Value), cancellationToken);
        if (DollarRates.Of(currency) is not { } rate)
            return null;

        var share = rate * result.CostShare;
        var usual = new Range<decimal>(profile.TypicalCpa.Value.Low * share, profile.TypicalCpa.Value.High * share);
        return new DraftSituation(profile, currency, result, usual, own, CostBelief.From(usual, own)) { Zone = account.Zone() };
    }

    internal static WorthBelief? Worth(CampaignDraft draft, ImmutableArray<PastCampaign> own)
    {
        if (draft.Worth is { Amount: > 0 } said)
            return new WorthBelief(said.Amount, SaidWorthDeviation);

        var valued = own.Sum(campaign => campaign.ValuedResults);
        var revenue = own.Sum(campaign => campaign.Revenue);
        return valued >= EnoughValuedResults && revenue > 0
            ? new WorthBelief(revenue / valued, Math.Sqrt((SaidWorthDeviation * SaidWorthDeviation) + (1 / (double)valued)))
            : null;
    }

    private static Money Usual(ImmutableArray<PastCampaign> own, Money daily)
    {
        if (own.IsEmpty)
            return daily;

        var spends = own.Select(campaign => campaign.Spend / campaign.Days).Order().ToList();
        return daily with { Amount = spends[spends.Count / 2] };
    }

    private static Confidence ConfidenceOf(Estimate results, int own)
    {
        if (own < PastCampaigns.Enough)
            return Confidence.Low;

        var ratio = results.Low <= 0 ? decimal.MaxValue : results.High / results.Low;
        return ratio < 1.5m ? Confidence.High : ratio < 2.5m ? Confidence.Medium : Confidence.Low;
    }

    private static string Basis(DraftSituation situation)
    {
        var range = $"{situation.Money(situation.Usual.Low)}–{situation.Money(situation.Usual.High)} per {situation.Result.One}";
        var assumed = situation.Profile.TypicalCpa.Assumed || situation.Result.CostShare != 1m ? ", assumed" : "";
        return situation.Own.Length switch
        {
            0 => $"based on the platform range alone ({range}{assumed}); none of your campaigns is like this one yet",
            < PastCampaigns.Enough and var few =>
                $"based on the platform range ({range}{assumed}) and {few.ToString(CultureInfo.InvariantCulture)} of your campaigns, fewer than the {PastCampaigns.Enough.ToString(CultureInfo.InvariantCulture)} that make it sure",
            var count => $"based on {count.ToString(CultureInfo.InvariantCulture)} of your campaigns and the platform range ({range}{assumed})",
        };
    }

    /// <param name="spends">The share of the budget that is likely spent below a ceiling on the cost; null where there is none.</param>
    private static ImmutableArray<string> Warnings(CampaignDraft draft, DraftSituation situation, WorthBelief? worth, decimal? spends)
    {
        var warnings = ImmutableArray.CreateBuilder<string>();
        if (worth is null)
            warnings.Add($"Revenue, ROAS and ROI need to know what {situation.Result.Each} is worth over 30 days: say \"worth $24\" to see this{Unwatched(draft, situation.Result)}.");

        if (draft.TargetCpa is { } target && situation.Cost.ChanceOfAtMost((double)target.Amount) is < .25 and var chance)
        {
            var delivers = spends is { } share ? $", and only about {Percent(share)} of the budget is likely to be spent" : "";
            warnings.Add($"{target} per {situation.Result.One} is likely too low: about {Percent((decimal)chance)} of such campaigns get there{delivers}.");
        }

        return warnings.ToImmutable();
    }

    /// <summary>Networks are told the value of a purchase by the shop; of anything else nobody tells them without the advertiser.</summary>
    private static string Unwatched(CampaignDraft draft, ResultWord result)
    {
        if (draft.Automation?.MinRoas is not { } least)
            return "";

        var floor = $"the min ROAS of {least.ToString("0.##", CultureInfo.InvariantCulture)}×";
        return result == ResultWord.Purchase ? $", and to hold {floor} against the forecast" : $", and to have {floor} watched";
    }

    private static string Percent(decimal share) => $"{(share * 100).ToString("0", CultureInfo.InvariantCulture)} %";
}

/// <summary>What is known about a draft's place: network, result, usual cost and the account's own campaigns like it.</summary>
/// <param name="Usual">The network's usual cost of one result in the draft's currency.</param>
public sealed record DraftSituation(
    NetworkProfile Profile, Currency Currency, ResultWord Result, Range<decimal> Usual, ImmutableArray<PastCampaign> Own, CostBelief Cost)
{
    /// <summary>The ad account's.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    public Money Money(decimal amount) => Currency.Of(amount).Rounded();
}
