using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Checks;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Raises;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;
using ChatOpsCampaigns.Dialogs.Wizard.Drafts;
using ChatOpsCampaigns.Dialogs.Wizard.Fields;
using ChatOpsCampaigns.Dialogs.Wizard.Steps;

namespace ChatOpsCampaigns.Dialogs.Wizard;

/// <summary>The end of the wizard: launching what was shown, and keeping a value against advice.</summary>
public sealed class WizardLaunch(WizardDesk desk, LaunchDesk launches, DraftChecks checks, IPredictor predictor, TimeProvider machine)
{
    /// <param name="pressed">The digest on the card that was pressed; null when "launch" was typed: then the review that was shown last counts.</param>
    public async Task LaunchAsync(TurnContext turn, CampaignDraft draft, Digest? pressed, CancellationToken cancellationToken)
    {
        var review = WizardSteps.Get(WizardSteps.Review);
        if ((pressed ?? await desk.ReviewedAsync(turn, cancellationToken)) is not { } shown)
        {
            var step = WizardSteps.Get(draft.Step);
            var reviewed = await AtReviewAsync(draft, cancellationToken);
            string[] says = (await BlockingAsync(reviewed, cancellationToken)).Count > 0 ? [] : ["This is what would be launched. Look at it, then say \"launch\" once more."];
            await desk.ShowAsync(turn, reviewed, step, says, [], cancellationToken);
            return;
        }

        switch (await launches.RequestAsync(draft, turn.Person, shown, cancellationToken))
        {
            case LaunchAnswer.Started started:
                await WizardDesk.FoldAsync(turn, draft, $"launched as {started.Campaign.Handle}", cancellationToken);
                await desk.CloseAsync(turn, cancellationToken);
                break;

            case LaunchAnswer.WaitsForSecondPerson waits:
                await WizardDesk.FoldAsync(turn, draft, $"waits for a second person ({waits.Approval.Handle})", cancellationToken);
                await desk.ShelveAsync(turn, draft, cancellationToken);
                await turn.SayAsync(
                    waits.NobodyElseMay
                        ? $"{waits.Approval.Handle}: this is above what one person may launch, and nobody else here may approve. An Admin gives somebody the role: \"people grant approver @ana\". Or say \"continue {draft.Name}\" and lower the budget."
                        : $"{waits.Approval.Handle}: asked. Somebody else with the role Approver or Admin has to approve {waits.Approval.Says}. Editing the draft makes the request void.",
                    cancellationToken);
                break;

            case LaunchAnswer.Refused refused:
                await RefusedAsync(turn, draft, refused.Problems, cancellationToken);
                break;

            case LaunchAnswer.Unusual unusual:
                await desk.AskAmountsAsync(turn, draft, unusual.Amounts, cancellationToken);
                await turn.SayAsync(Asks(unusual.Amounts), cancellationToken);
                break;

            case LaunchAnswer.Changed:
                await desk.ShowAsync(turn, draft, review, [], ["What you pressed was an older version. Look at this one, then launch."], cancellationToken);
                break;

            case LaunchAnswer.NotAllowed not:
                await turn.SayAsync(not.Says, cancellationToken);
                break;
        }
    }

    /// <summary>What became of a draft whose card was pressed when it was no longer open: the second press of a button finds this.</summary>
    public async Task<string> BecameAsync(DraftId id, string verb, Person by, CancellationToken cancellationToken)
    {
        if (await launches.FindLaunchedAsync(id, cancellationToken) is { } campaign)
        {
            return campaign.Status == CampaignStatus.Launching
                ? $"{campaign.Name} is being launched already, as {campaign.Handle}; nothing more is needed. Its card shows each step."
                : $"{campaign.Name} was launched already, as {campaign.Handle}, and is {StatusWords.Of(campaign.Status)}; nothing was changed.";
        }

        if (await desk.FindAsync(id, cancellationToken) is not { } draft)
            return "That draft is no longer there; nothing was changed. Say \"drafts\" to see those you have.";

        if (draft.Owner != by.Id)
            return $"That campaign is made by {draft.Owner.Name}, and only {draft.Owner.Name}'s answers count; nothing was changed. To make one of your own, say \"new campaign\".";

        var title = ArgumentReaders.TitleOf(draft);
        return (verb, draft.Shelved) switch
        {
            ("wizard.save" or "wizard.cancel", true) => $"{title} is put aside already; \"drafts\" goes on with it.",
            ("wizard.launch", true) => $"{title} is put aside, or waits for a second person already; nothing was changed. \"approvals\" shows what waits, \"drafts\" goes on with it.",
            _ => $"{title} is not open here any more; nothing was changed. Say \"continue {title}\" to go on with it.",
        };
    }

    /// <summary>A yes, a no or the amount typed once more, when unusual amounts of this very draft were asked about.</summary>
    public async Task<bool> TryConfirmAsync(TurnContext turn, CampaignDraft draft, bool? yes, CancellationToken cancellationToken)
    {
        if (await desk.AmountsAskedAsync(turn, cancellationToken) is not { } asked || asked.Draft != LaunchDesk.DigestOf(draft))
            return false;

        var typed = yes is null && asked.Amounts is [var only] && Amounts.TryRead(turn.Text, only.Amount.Currency, out var said, out _) && said == only.Amount;
        if (yes is null && !typed)
            return false;

        await desk.AskAmountsAsync(turn, draft, null, cancellationToken);
        if (yes == false)
        {
            await turn.SayAsync($"Not launched; nothing was changed. Change it, for example \"edit {FieldCatalogue.Find(asked.Amounts[0].Field)?.Label.ToLowerInvariant() ?? "budget"}\", then say \"launch\".", cancellationToken);
            return true;
        }

        var sure = await desk.SaveAsync(LaunchDesk.Confirmed(draft, asked.Amounts, turn.Person, machine.GetUtcNow()), cancellationToken);
        await LaunchAsync(turn, sure, LaunchDesk.DigestOf(sure), cancellationToken);
        return true;
    }

    private static ChatMessage Asks(IReadOnlyList<UnusualAmount> amounts)
    {
        var really = string.Join(" and ", amounts.Select(one => one.Amount));
        return new ChatMessage($"{string.Join("; ", amounts.Select(one => one.Says))}. Really {really}? Say yes{(amounts.Count == 1 ? ", or type the amount once more" : "")}; or change it first.")
        {
            QuickReplies = [new QuickReply($"Yes, {really}", "yes"), new QuickReply("No", "no")],
        };
    }

    /// <summary>Saving it anew gives it a free name, if that is what it needs.</summary>
    private async Task RefusedAsync(TurnContext turn, CampaignDraft draft, IReadOnlyList<DraftProblem> problems, CancellationToken cancellationToken)
    {
        var saved = await desk.SaveAsync(draft with { Step = WizardSteps.Review }, cancellationToken);
        var renamed = saved.Name != draft.Name;
        var left = problems.Count(problem => problem.Kind == ProblemKind.Blocks && !(renamed && problem.Field == nameof(draft.Name)));
        List<string> says = [];
        if (left > 0)
            says.Add($"Not launched yet: {left} {(left == 1 ? "thing" : "things")} to put right.");

        if (renamed)
            says.Add($"Not launched yet: a campaign \"{draft.Name}\" has appeared meanwhile, so this one is called \"{saved.Name}\". Look at it, then say \"launch\".");

        await desk.ShowAsync(turn, saved, WizardSteps.Get(WizardSteps.Review), [], [.. says], cancellationToken);
    }

    public async Task<IReadOnlyList<DraftProblem>> BlockingAsync(CampaignDraft draft, CancellationToken cancellationToken) =>
        [.. (await checks.AllAsync(draft, cancellationToken)).Where(problem => problem.Kind == ProblemKind.Blocks)];

    /// <summary>Keeps the person's way against every warning and piece of advice that is shown, with the reason.</summary>
    public async Task OverrideAsync(TurnContext turn, CampaignDraft draft, string reason, CancellationToken cancellationToken)
    {
        var review = WizardSteps.Get(WizardSteps.Review);
        if (reason.Length == 0)
        {
            await desk.ShowAsync(turn, draft, review, [], ["Say why: \"override the weekend sale needs it\". The reason is kept beside the forecast and scored later."], cancellationToken);
            return;
        }

        var warnings = (await checks.AllAsync(draft, cancellationToken)).Where(problem => problem.Kind == ProblemKind.Warns).Select(problem => (problem.Field, problem.Says));
        var forecast = await predictor.PredictAsync(draft, cancellationToken);
        var risks = forecast?.Risks.Select(risk => (Field: $"forecast {risk.Field}", risk.Says)) ?? [];
        var advice = forecast?.Recommendations.Where(one => WizardCards.IsShown(one, draft)).Select(one => (Field: one.Id, one.Says)) ?? [];
        var known = draft.Overrides.Select(kept => kept.Field).ToHashSet();
        var kept = warnings.Concat(risks).Concat(advice)
            .Where(one => !known.Contains(one.Field))
            .Select(one => new Override(one.Field, one.Says, reason, turn.Person.Id, machine.GetUtcNow()))
            .ToList();
        if (kept.Count == 0)
        {
            await desk.ShowAsync(turn, draft, review, ["There is no advice or warning to override."], [], cancellationToken);
            return;
        }

        var saved = await desk.SaveAsync(draft with { Overrides = draft.Overrides.AddRange(kept) }, cancellationToken);
        await desk.ShowAsync(turn, saved, review, [$"Kept against {kept.Count} {(kept.Count == 1 ? "piece" : "pieces")} of advice: \"{reason}\". It is scored later. Say \"launch\"."], [], cancellationToken);
    }

    private Task<CampaignDraft> AtReviewAsync(CampaignDraft draft, CancellationToken cancellationToken) =>
        draft.Step == WizardSteps.Review ? Task.FromResult(draft) : desk.SaveAsync(draft with { Step = WizardSteps.Review }, cancellationToken);
}
