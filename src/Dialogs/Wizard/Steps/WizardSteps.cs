using System.Globalization;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Law;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Dialogs.Wizard.Fields;

namespace ChatOpsCampaigns.Dialogs.Wizard.Steps;

/// <summary>The seven steps, in order.</summary>
public static class WizardSteps
{
    /// <summary>How far above the daily budget the cap is set when nobody says; the product document's 500 → 750.</summary>
    private const decimal DefaultHeadroom = 1.5m;

    private const decimal DefaultBudget = 100m;

    public const string Review = "review";

    public static readonly IReadOnlyList<WizardStep> All =
    [
        new("platform", "Network", PlatformPrompt, (draft, _) => Needs((draft.Network is not null, "the network"), (!draft.AccountOpen, "which ad account (\"account …\")")), (_, _) => null),
        new("creatives", "Creatives", CreativesPrompt, CreativesMissing, (_, _) => null),
        new("objective", "Type and objective", ObjectivePrompt, ObjectiveMissing, ObjectiveDefault),
        new("targeting", "Targeting", _ => "Who should see it? Countries, ages and gender, for example \"US, CA; 18-44; all\". Optional: interests, a lookalike, custom audiences, iOS or Android.",
            TargetingMissing, (draft, _) => draft.Countries.IsEmpty ? null : WithPeople(draft)),
        new("budget", "Budget and bidding", BudgetPrompt, BudgetMissing, BudgetDefault),
        new("automation", "Automation", _ => "What may the agent do? Say conservative, balanced or aggressive (or \"no automation\"), and the limits: \"balanced, min roas 2.0, max cpa $18\". The emergency monitor watches either way.",
            (draft, _) => Needs((draft.ModeSaid, "the mode")), (draft, context) => draft with { Automation = draft.Automation ?? new AutomationSettings { Notify = context.Told }, ModeSaid = true }),
        new(Review, "Schedule, review and launch", _ => "When should it start? \"start now\" or \"start tomorrow 9am\". Then look at the forecast, change anything by saying it, and say \"launch\".",
            (draft, _) => Needs((draft.HasStart, "the start")), (draft, _) => draft.HasStart ? draft : draft.StartingAt(null)),
    ];

    /// <summary>"step 3 (type and objective)".</summary>
    public static string Place(string name) => $"step {NumberOf(Get(name)).ToString(CultureInfo.InvariantCulture)} ({Get(name).Title.ToLowerInvariant()})";

    public static WizardStep Get(string name) => All.FirstOrDefault(step => step.Name == name) ?? All[0];

    public static int NumberOf(WizardStep step) => All.ToList().IndexOf(step) + 1;

    /// <summary>The first step after <paramref name="from"/> that still needs an answer; the review when none does.</summary>
    public static WizardStep Next(CampaignDraft draft, NetworkProfile? profile, string from) =>
        All.Skip(NumberOf(Get(from))).FirstOrDefault(step => !step.IsComplete(draft, profile) || step.Name == Review) ?? All[^1];

    public static WizardStep FirstOpen(CampaignDraft draft, NetworkProfile? profile) =>
        All.FirstOrDefault(step => !step.IsComplete(draft, profile)) ?? All[^1];

    /// <summary>Ages and gender that nobody named: everybody the network reaches.</summary>
    public static CampaignDraft WithPeople(CampaignDraft draft) =>
        draft with { AgeMin = draft.AgeMin ?? 18, AgeMax = draft.AgeMax ?? 65, Gender = draft.Gender ?? Gender.All };

    /// <summary>What follows from an amount when nobody says otherwise: a cap half as high again, and lowest cost.</summary>
    public static CampaignDraft WithMoney(CampaignDraft draft) => draft with
    {
        MaxDailySpend = draft.MaxDailySpend ?? (draft.BudgetType == BudgetType.Lifetime ? null : draft.BudgetAmount * DefaultHeadroom)?.Rounded(),
        Strategy = draft.Strategy ?? (draft.TargetCpa is null ? draft.MaxBid is null ? BidStrategy.LowestCost : BidStrategy.BidCap : BidStrategy.CostCap),
    };

    /// <summary>What was filled in beside the answer, so that nobody meets it first on the invoice.</summary>
    public static IEnumerable<string> Assumed(CampaignDraft said, CampaignDraft settled)
    {
        if (said is { NameSaid: true, Name: { } name } && settled.Name != name)
            yield return $"Its name has a number, since there is a campaign \"{name}\" already";

        if (said.MaxDailySpend is null && settled.MaxDailySpend is { } cap)
            yield return $"Never more than {cap} a day, half as much again, since nothing was said (\"max …\" changes it)";

        if (said.Strategy is null && settled.Strategy is { } strategy)
            yield return $"Bidding: {BudgetFields.Words(strategy)}, since nothing was said (\"cost cap …\" or \"max bid …\" changes it)";
    }

    private static List<string> Needs(params ReadOnlySpan<(bool Said, string What)> needed)
    {
        var missing = new List<string>();
        foreach (var (said, what) in needed)
        {
            if (!said)
                missing.Add(what);
        }

        return missing;
    }

    private static string PlatformPrompt(FieldContext context) => context is { Draft.AccountOpen: true, Profile: { } several }
        ? $"Which ad account of {several.Title}? Say its name:\n{string.Join('\n', context.AccountsHere.Select(AccountFields.Described))}"
        : $"Where should it run? Say a name or a number:\n{string.Join('\n', context.Networks.Select((profile, index) => string.Create(CultureInfo.InvariantCulture, $"{index + 1}. {profile.Title} – {profile.BestFor}; has {profile.UniqueFeatures}; typical cost per result ${profile.TypicalCpa.Value.Low:0}–{profile.TypicalCpa.Value.High:0}{(profile.TypicalCpa.Assumed ? " (assumed)" : "")}, {profile.Difficulty}")))}";

    private static string CreativesPrompt(FieldContext context) => context.Profile is { TakesCreatives: false } profile
        ? $"{profile.Title} makes its ads from the store page; no files are needed. Say \"done\"."
        : $"Drop one or more pictures or films into the chat: JPG, PNG, WebP, GIF, HEIC, MP4 or MOV. Say \"done\" when these are all.{(context.Draft.Creatives.IsEmpty ? "" : OptionalWords)}";

    private const string OptionalWords =
        "\nTheir words are optional, \"done\" skips them: \"headline: Play now\" for all, \"headline 2: …\" for the second; likewise description and button. \"remove 2\" leaves one out.";

    private static List<string> CreativesMissing(CampaignDraft draft, NetworkProfile? profile) => profile is { TakesCreatives: false }
        ? []
        : Needs((draft.Creatives.Any(creative => CreativeJudge.IsUsable(creative, profile)), "at least one picture or film that can be used"), (draft.CreativesDone, "\"done\" when these are all"));

    private static string ObjectivePrompt(FieldContext context) => context.Profile is { SpecialCategories: { IsEmpty: false } categories }
        ? $"{WhatFor} If the ads are about {string.Join(", ", categories.Select(category => category.Word))}, say so: \"special category {categories[0].Word}\"."
        : WhatFor;

    private const string WhatFor =
        "What is it for? The type (app install, conversion, awareness, traffic), the objective (installs, purchases, leads, engagement) and where a click leads, for example \"app install, installs, ios, https://apps.apple.com/app/id1234567890\".";

    private static List<string> ObjectiveMissing(CampaignDraft draft, NetworkProfile? profile)
    {
        var needs = draft is { Type: { } type, Objective: { } objective } ? profile?.FindObjective(type, objective)?.Needs ?? DestinationNeeds.None : DestinationNeeds.None;
        return Needs(
            (draft.Type is not null, "the campaign type"),
            (draft.Objective is not null, "the objective"),
            (!needs.HasFlag(DestinationNeeds.StoreUrl) || draft.Destination.StoreUrl is not null, "the app's address in its store"),
            (!needs.HasFlag(DestinationNeeds.Os) || (draft.Destination.Os ?? draft.TargetOs) is not null, "iOS or Android"),
            (!needs.HasFlag(DestinationNeeds.LandingUrl) || (draft.Destination.LandingUrl ?? draft.Destination.StoreUrl) is not null, "the address where a click leads"),
            (!needs.HasFlag(DestinationNeeds.Pixel) || draft.Destination.Pixel is not null, "the pixel or conversion event (\"pixel 123456\")"),
            (!needs.HasFlag(DestinationNeeds.LeadForm) || draft.Destination.LeadForm is not null, "the lead form (\"form 123456\")"));
    }

    private static List<string> TargetingMissing(CampaignDraft draft, NetworkProfile? profile)
    {
        var asksForPayer = profile is not null && EuropeanUnion.AsksForPayer(draft, profile);
        return Needs(
            (!draft.Countries.IsEmpty, "at least one country"),
            (!asksForPayer || draft.Destination.Payer is not null, "who pays, which people in the European Union are shown (\"payer …\", or \"payer and beneficiary …\")"),
            (!asksForPayer || draft.Destination.Beneficiary is not null, "on whose behalf it runs (\"beneficiary …\")"),
            (draft.MinorsBelow is not null || profile is null || !Minors.MayBeReached(draft, profile), "who is a minor for this account (\"minors under 16\")"));
    }

    private static CampaignDraft? ObjectiveDefault(CampaignDraft draft, FieldContext context) => draft.Destination.StoreUrl is null
        ? null
        : draft with { Type = draft.Type ?? CampaignType.AppInstall, Objective = draft.Objective ?? Objective.Installs };

    private static string BudgetPrompt(FieldContext context)
    {
        var minimum = context.Profile?.MinimumDaily(context.Currency) switch
        {
            BudgetMinimum.Published published => $" {context.Profile.ShortTitle} takes at least {published.Amount} a day.",
            BudgetMinimum.OwnFloor floor => $" At least {floor.Amount} a day (our own floor).",
            _ => "",
        };
        return $"How much a day, and the amount that must never be passed? For example \"{context.Currency.Of(500)}/day, max {context.Currency.Of(750)}, cost cap {context.Currency.Of(12)}, max bid {context.Currency.Of(15)}\".{minimum} \"worth {context.Currency.Of(24)}\" says what one result is worth over 30 days (optional).";
    }

    private static List<string> BudgetMissing(CampaignDraft draft, NetworkProfile? profile) => Needs(
        (draft.BudgetAmount is not null, "the budget"),
        (draft.MaxDailySpend is not null, "the most that may be spent on a day (\"max …\")"),
        (draft.Strategy is not null, "how to bid"),
        (draft.Strategy != BidStrategy.CostCap || draft.TargetCpa is not null, "the target cost for the cost cap (\"cost cap …\")"),
        (draft.Strategy != BidStrategy.BidCap || draft.MaxBid is not null, "the highest bid (\"max bid …\")"),
        (draft.Strategy != BidStrategy.TargetRoas || draft.TargetRoas is not null, "the target ROAS (\"target roas 3\")"));

    private static CampaignDraft BudgetDefault(CampaignDraft draft, FieldContext context) => WithMoney(draft with
    {
        BudgetType = draft.BudgetType ?? BudgetType.Daily,
        BudgetAmount = draft.BudgetAmount ?? context.Currency.Of(DefaultBudget),
    });
}
