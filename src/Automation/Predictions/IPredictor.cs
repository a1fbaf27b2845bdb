using ChatOpsCampaigns.Automation.Campaigns;

namespace ChatOpsCampaigns.Automation.Predictions;

/// <summary>Forecasts a draft before launch, from stated priors and the account's own history.</summary>
public interface IPredictor
{
    /// <summary>The forecast, or null while network, budget or objective are missing.</summary>
    Task<PreLaunchPredictions?> PredictAsync(CampaignDraft draft, CancellationToken cancellationToken);

    /// <summary>
    /// What the account's own campaigns suggest for the fields of one wizard step, or one line that says that there is no data yet; empty for
    /// steps that know no suggestions, and before network and objective are known.
    /// </summary>
    Task<IReadOnlyList<Recommendation>> SuggestAsync(CampaignDraft draft, string step, CancellationToken cancellationToken);
}
