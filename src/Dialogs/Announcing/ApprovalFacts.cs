using System.Collections.Immutable;
using System.Text.Json;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Wizard;

namespace ChatOpsCampaigns.Dialogs.Announcing;

/// <summary>Everything that a second person decides on: of a launch the whole campaign and what it is expected to bring.</summary>
public sealed class ApprovalFacts(DraftViews views, IPredictor predictor)
{
    public async Task<ImmutableArray<FactView>> OfAsync(PendingApproval approval, CancellationToken cancellationToken)
    {
        if (approval is not { Kind: ApprovalKind.Launch, State: ApprovalState.Waiting } || JsonSerializer.Deserialize<CampaignDraft>(approval.Details) is not { } draft)
            return [];

        var view = await views.OfAsync(draft, cancellationToken);
        var forecast = await predictor.PredictAsync(draft, cancellationToken);
        return
        [
            .. DraftViews.Summary(view).Select(line => new FactView(line.Label, line.Value)),
            .. forecast is null ? [] : WizardCards.Figures(forecast).Select(figure => new FactView($"{figure.Label} in {forecast.Days} days", $"{figure.Middle} ({figure.Range})")),
            .. forecast?.Risks.Select(risk => new FactView("Beware", risk.Says)) ?? [],
            .. draft.Overrides.Select(kept => new FactView("Overridden", $"{kept.Against} — \"{kept.Reason}\"")),
        ];
    }
}
