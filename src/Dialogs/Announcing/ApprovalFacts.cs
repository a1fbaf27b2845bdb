using System.Collections.Immutable;
using System.Globalization;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creation.Changing;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Raises;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Cards.Parts;
using ChatOpsCampaigns.Dialogs.Wizard;
using ChatOpsCampaigns.Dialogs.Wizard.Drafts;

namespace ChatOpsCampaigns.Dialogs.Announcing;

/// <summary>Everything that a second person decides on: of a launch the whole campaign and what it is expected to bring, of a raise what it stood at and how far it may go.</summary>
public sealed class ApprovalFacts(DraftViews views, IPredictor predictor, IAdAccounts accounts, ICampaignStore campaigns)
{
    public async Task<ApprovalCard> CardAsync(PendingApproval approval, CancellationToken cancellationToken) =>
        ApprovalCard.Of(approval, await OfAsync(approval, cancellationToken), await accounts.ZoneAsync(approval.Account, cancellationToken));

    public async Task<ImmutableArray<FactView>> OfAsync(PendingApproval approval, CancellationToken cancellationToken)
    {
        if (approval.State != ApprovalState.Waiting)
            return [];

        var money = await MoneyAsync(approval, cancellationToken);
        if (approval.Kind == ApprovalKind.Raise)
            return [.. money, .. await OfRaiseAsync(AskedRaise.Of(approval), cancellationToken)];

        if (approval.Kind == ApprovalKind.Cap && AskedCap.Of(approval) is var cap)
        {
            return
            [
                .. money, new FactView("Campaign", cap.CampaignName), new FactView("Cap a day", $"{cap.From} → {cap.To}"),
                new FactView("That is", string.Create(CultureInfo.InvariantCulture, $"{((cap.To.Amount / cap.From.Amount) - 1) * 100:+0} %")),
            ];
        }

        if (approval.Kind == ApprovalKind.Setting && AskedSetting.Of(approval) is var setting)
            return [.. money, new FactView("Campaign", setting.CampaignName), new FactView(Capital(setting.Name), $"{setting.From} → {setting.To}")];

        if (approval.Kind == ApprovalKind.Limits)
            return [.. money, .. AskedLimits.Of(approval).Says.Select(says => new FactView("At most", says))];

        if (approval.Kind != ApprovalKind.Launch)
            return [.. money];

        var draft = AskedLaunch.Of(approval).Draft;
        var view = await views.OfAsync(draft, cancellationToken);
        var forecast = await predictor.PredictAsync(draft, cancellationToken);
        return
        [
            .. money,
            .. DraftViews.Summary(view).Select(line => new FactView(line.Label, line.Value)),
            .. forecast is null ? [] : WizardCards.Figures(forecast).Select(figure => new FactView($"{figure.Label} in {Ages.Days(forecast.Days)}", $"{figure.Middle} ({figure.Range})")),
            .. (await views.AlikeAsync(draft, cancellationToken)).Select(says => new FactView("Beware", says)),
            .. forecast?.Risks.Select(risk => new FactView("Beware", risk.Says)) ?? [],
            .. draft.Overrides.Select(kept => new FactView("Overridden", $"{kept.Against} — \"{kept.Reason}\"")),
        ];
    }

    private static string Capital(string name) => $"{char.ToUpperInvariant(name[0])}{name[1..]}";

    /// <summary>Whether the money is real; nothing where the account is not known.</summary>
    private async Task<IEnumerable<FactView>> MoneyAsync(PendingApproval approval, CancellationToken cancellationToken) =>
        (await accounts.AllAsync(cancellationToken)).Where(account => account.Id == approval.Account).Select(account => new FactView(
            "Money", account.Mode == NetworkMode.Live ? "LIVE: this spends real money" : "simulated network, no real money"));

    private async Task<ImmutableArray<FactView>> OfRaiseAsync(AskedRaise raise, CancellationToken cancellationToken)
    {
        if (await campaigns.FindAsync(raise.Campaign, cancellationToken) is not { } campaign)
            return [];

        var limit = raise.Lever == Lever.Bid ? campaign.Spec.Bidding.MaxBid : campaign.Spec.Budget.MaxDailySpend;
        return
        [
            new FactView("Campaign", $"{campaign.Name} ({campaign.Handle})"),
            new FactView(raise.Lever == Lever.Bid ? "Bid" : "Daily budget", $"{raise.From} → {raise.To}"),
            new FactView("That is", string.Create(CultureInfo.InvariantCulture, $"{((raise.To.Amount / raise.From.Amount) - 1) * 100:+0} %")),
            .. raise.Unusual is { } size ? [new FactView("Confirmed twice", size)] : Array.Empty<FactView>(),
            .. limit is { } most ? [new FactView("Never above", $"{most}")] : Array.Empty<FactView>(),
        ];
    }
}
