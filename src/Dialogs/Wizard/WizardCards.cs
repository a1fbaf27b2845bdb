using System.Collections.Immutable;
using System.Globalization;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Checks;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Cards.Parts;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Wizard.Drafts;
using ChatOpsCampaigns.Dialogs.Wizard.Fields;
using ChatOpsCampaigns.Dialogs.Wizard.Files;
using ChatOpsCampaigns.Dialogs.Wizard.Steps;

namespace ChatOpsCampaigns.Dialogs.Wizard;

/// <summary>Makes the wizard's cards: a question for steps 1–6, forecast and summary for step 7.</summary>
public sealed class WizardCards(IPredictor predictor, ICharts charts, DraftChecks checks, ApprovalLimits limits, SecondPeople others)
{
    public async Task<ICardView> OfAsync(DraftView view, IEnumerable<string> understood, IReadOnlyList<Objection> problems, CancellationToken cancellationToken) =>
        view.Draft.Step == WizardSteps.Review
            ? await ReviewAsync(view, [.. understood], [.. problems.Select(problem => problem.Says)], cancellationToken)
            : await StepAsync(view, [.. understood], problems, cancellationToken);

    /// <param name="finished">False when it is asked again.</param>
    /// <param name="refused">What of the answer was not taken, or does not fit; null when all of it stands.</param>
    public static StepDoneCard Done(DraftView view, WizardStep step, bool finished, string? refused)
    {
        var values = FieldCatalogue.Of(step.Name).Select(field => AsLastTime.Shown(view, field)).OfType<string>().ToList();
        if (step.Name == "creatives" && !view.Draft.Creatives.IsEmpty)
            values.Add(DraftViews.Creatives(view.Draft.Creatives, view.Profile));

        var says = values.Count == 0 ? refused ?? StepDoneCard.Open : refused is null ? string.Join(" · ", values) : $"{string.Join(" · ", values)}; {refused}";
        return new StepDoneCard(Progress(step), step.Title, says) { Finished = finished, Refused = refused is not null };
    }

    public static string Progress(WizardStep step) => $"Step {WizardSteps.NumberOf(step)} of {WizardSteps.All.Count}";

    private async Task<StepCard> StepAsync(DraftView view, ImmutableArray<string> understood, IReadOnlyList<Objection> problems, CancellationToken cancellationToken)
    {
        var step = WizardSteps.Get(view.Draft.Step);
        var advice = await predictor.SuggestAsync(view.Draft, step.Name, cancellationToken);
        var taken = step.Default(view.Draft, view.Context);

        ImmutableArray<InputView> inputs = [.. Inputs(view, step).Select(input => Objecting(input, problems))];
        ImmutableArray<string> besides =
        [
            .. problems.Where(problem => !inputs.Any(input => input.Id == Id(problem.Field))).Select(problem => problem.Says),
            .. step.Name is "budget" or "automation" && await AloneAsync(view, cancellationToken) is { } alone ? [alone] : Array.Empty<string>(),
        ];

        return new StepCard(
            Progress(step), step.Title, step.Prompt(view.Context), understood, besides, inputs, Advice(advice, view.Draft),
            taken is null ? null : DefaultLabel(view, step, taken), WizardSteps.NumberOf(step) > 1, step.Name == "creatives", view.Draft.Id.Value, Rev(view.Draft));
    }

    /// <summary>A second person is needed and there is none: said when the budget is, and not first when it is to be launched.</summary>
    private async Task<string?> AloneAsync(DraftView view, CancellationToken cancellationToken) =>
        MostADay(view) is { } most && limits.NeedsSecondPerson(most)
        && await others.NobodyElseMayAsync(view.Draft.Workspace, view.Account?.Id, view.Draft.Owner, cancellationToken)
            ? $"{most.Rounded()} a day is above what one person may launch, and nobody else here may approve it. An Admin gives somebody the role: \"people grant approver @ana\". Or take a lower budget."
            : null;

    /// <summary>What is wrong with a field stands beside its input.</summary>
    private static InputView Objecting(InputView input, IReadOnlyList<Objection> problems)
    {
        var says = problems.Where(problem => Id(problem.Field) == input.Id).Select(problem => problem.Says).Distinct().ToList();
        return says.Count == 0 ? input : input with { Wrong = string.Join(' ', says) };
    }

    /// <summary>The highest age is said in the field of both.</summary>
    private static string? Id(string? field) => field is null ? null : (FieldCatalogue.Find(field)?.Name ?? field).Replace('.', '_');

    private static IEnumerable<InputView> Inputs(DraftView view, WizardStep step) =>
        step.Name == "creatives" ? CreativeCopy.Inputs(view.Draft) : FieldInputs(view, step);

    private static IEnumerable<InputView> FieldInputs(DraftView view, WizardStep step)
    {
        foreach (var field in FieldCatalogue.Of(step.Name))
        {
            if (field.Input is not { } input || !field.Wanted(view.Context))
                continue;

            var choices = input.Choices(view.Context).Select(choice => new ChoiceView(choice.Title, choice.Value)).ToImmutableArray();
            yield return new InputView(
                field.Name.Replace('.', '_'), input.Kind, AsLastTime.Is(view.Draft, field) ? $"{field.Label} (as last time)" : field.Label,
                input.ValueOf(view.Context), input.Placeholder, choices);
        }
    }

    private static string DefaultLabel(DraftView view, WizardStep step, CampaignDraft taken)
    {
        var values = FieldCatalogue.Of(step.Name).Select(field => field.Show(taken, view.Context with { Draft = taken })).OfType<string>();
        return string.Join(" · ", values);
    }

    private async Task<ReviewCard> ReviewAsync(DraftView view, ImmutableArray<string> understood, ImmutableArray<string> problems, CancellationToken cancellationToken)
    {
        var draft = view.Draft;
        var found = await checks.AllAsync(draft, cancellationToken);
        var forecast = await predictor.PredictAsync(draft, cancellationToken);
        var daily = BudgetWords.Daily(draft, view.Context.Now, view.Context.Zone);
        var chart = forecast is not null && daily is { } budget ? $"/media/{await charts.SaturationAsync(forecast, budget, cancellationToken)}" : null;

        return new ReviewCard(
            Progress(WizardSteps.All[^1]), draft.Name ?? "Campaign", [.. Ticks.Fitting(understood, found)],
            [.. problems, .. found.Where(problem => problem.Kind == ProblemKind.Blocks).Select(problem => problem.Says)],
            [.. found.Where(problem => problem.Kind == ProblemKind.Warns).Select(problem => problem.Says), .. forecast?.Risks.Select(risk => risk.Says) ?? [], .. forecast?.Warnings ?? [], .. draft.Overrides.Select(kept => $"Overridden: {kept.Against} — \"{kept.Reason}\"")],
            forecast is null ? [] : [.. Figures(forecast)],
            forecast is null ? "" : $"Forecast for {Ages.Days(forecast.Days)}", forecast is null ? null : Basis(forecast), forecast is null ? null : Curve(forecast), chart,
            forecast is null ? [] : Advice(forecast.Recommendations, draft),
            [.. DraftViews.Summary(view).Select(line => new FactView(line.Label, line.Value)), .. WorstOf(view, daily)],
            view.Account?.Mode == NetworkMode.Live ? "LIVE: this spends real money." : "Simulated network: no real money is spent.",
            [.. FieldCatalogue.InShownOrder.Where(field => field.Wanted(view.Context)).Select(field => new ChoiceView(field.Label, field.Name.Replace('.', '_')))],
            [.. Inputs(view, WizardSteps.All[^1])],
            await AloneAsync(view, cancellationToken) ?? (daily is { } day && MostADay(view) is { } most && limits.NeedsSecondPerson(most) ? $"{BudgetWords.Of(draft.BudgetType ?? BudgetType.Daily, draft.BudgetAmount!.Value, day)}{(draft.BudgetType == BudgetType.Lifetime ? $", and up to {most} on one day," : "")} is above what one person may launch: another person has to approve it." : null),
            draft.Id.Value, Rev(draft), LaunchDesk.DigestOf(draft).Value)
        {
            Headline = Headline(draft, daily, forecast, view.Context),
            Wrong = found.Count(problem => problem.Kind == ProblemKind.Blocks),
            AsksStart = !draft.HasStart,
        };
    }

    private static Automation.Values.Money? MostADay(DraftView view) => BudgetWords.MostADay(view.Draft, view.Context.Now, view.Context.Zone);

    private static IEnumerable<FactView> WorstOf(DraftView view, Automation.Values.Money? daily)
    {
        if (view.Profile is { } profile && daily is { } budget && view.Draft.MaxDailySpend is { } cap && cap.Currency == budget.Currency)
            yield return new FactView(WorstDayWords.AnyDay, WorstDayWords.Of(WorstDay.Planned(profile, budget, cap, view.Draft.BudgetType == BudgetType.Lifetime, view.Draft.Schedule?.Hours ?? [])));
    }

    private static string? Headline(CampaignDraft draft, Automation.Values.Money? daily, PreLaunchPredictions? forecast, FieldContext context)
    {
        var cap = draft.MaxDailySpend is { } most ? $", stopped at {most} a day" : "";
        string?[] parts =
        [
            draft.BudgetAmount is { } amount ? $"{BudgetWords.Of(draft.BudgetType ?? BudgetType.Daily, amount, daily)}{cap}" : null,
            ScheduleFields.Start.Show(draft, context) is { } start ? $"starts {start}" : null,
            ScheduleFields.End.Show(draft, context) is { } end ? $"ends {end}" : null,
            forecast is null ? null : $"forecast {forecast.Result.Counted(Math.Round(forecast.Results.Middle))} at {forecast.Currency.Of(forecast.CostPerResult.Middle)} in {Ages.Days(forecast.Days)}",
        ];
        return parts.OfType<string>().ToList() is { Count: > 0 } said ? string.Join(" · ", said) : null;
    }

    internal static IEnumerable<FigureView> Figures(PreLaunchPredictions forecast)
    {
        yield return Money("Spend", forecast.Spend, forecast);
        yield return new FigureView(forecast.Result.Title, Number(forecast.Results.Middle), $"{Number(forecast.Results.Low)} to {Number(forecast.Results.High)}");
        yield return Money(forecast.Result.CostTitle, forecast.CostPerResult, forecast);
        const string Unsaid = "say \"worth $24\" to see this";
        yield return forecast.Revenue is { } revenue ? Money("Revenue", revenue, forecast) : new FigureView("Revenue", "–", Unsaid);
        yield return forecast.Roas is { } roas ? new FigureView("ROAS", $"{Ratio(roas.Middle)}×", $"{Ratio(roas.Low)}× to {Ratio(roas.High)}×") : new FigureView("ROAS", "–", Unsaid);
        yield return forecast.Roi is { } roi ? new FigureView("ROI", Percent(roi.Middle), $"{Percent(roi.Low)} to {Percent(roi.High)}") : new FigureView("ROI", "–", Unsaid);
    }

    private static string Basis(PreLaunchPredictions forecast) =>
        $"Middle of the range, with 10 % and 90 % points. Confidence: {Finding.Lower(forecast.Confidence)} ({forecast.Basis}).";

    private static string Curve(PreLaunchPredictions forecast)
    {
        var level = $"Saturation at this budget: {Percent(forecast.Curve.Level)}{(forecast.Curve.Assumed ? " (assumed)" : "")}.";
        return forecast.Curve.Optimum is { } optimum
            ? $"{level} More budget is expected to pay for itself up to {optimum.Low}–{optimum.High} a day{(forecast.Curve.Assumed ? " (assumed)" : "")}."
            : level;
    }

    private static ImmutableArray<AdviceView> Advice(IEnumerable<Recommendation> advice, CampaignDraft draft) =>
        [.. advice.Where(one => IsShown(one, draft)).Select(one => new AdviceView(one.Id, one.Says, one.Because, one.Field is not null))];

    /// <summary>Advice that is neither overridden nor taken.</summary>
    internal static bool IsShown(Recommendation advice, CampaignDraft draft) => !draft.Overrides.Any(kept => kept.Field == advice.Id) && !IsTaken(advice, draft);

    private static bool IsTaken(Recommendation advice, CampaignDraft draft) => advice.Field is { } field && draft.ReadFrom.GetValueOrDefault(field) == "suggestion";

    private static FigureView Money(string label, Estimate estimate, PreLaunchPredictions forecast) => new(
        label, forecast.Currency.Of(estimate.Middle).ToString(), $"{forecast.Currency.Of(estimate.Low)} to {forecast.Currency.Of(estimate.High)}");

    private static string Number(decimal number) => number.ToString(number < 10 ? "0.#" : "N0", CultureInfo.InvariantCulture);

    private static string Ratio(decimal ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Percent(decimal share) => (share * 100).ToString("+0;-0;0", CultureInfo.InvariantCulture).TrimStart('+') + " %";

    private static string Rev(CampaignDraft draft) => draft.Version.ToString(CultureInfo.InvariantCulture);
}
