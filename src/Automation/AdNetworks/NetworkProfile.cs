using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.AdNetworks;

/// <summary>A figure and where it comes from. <paramref name="Assumed"/> marks our own choice where the network publishes none.</summary>
public sealed record Sourced<T>(T Value, string Source, bool Assumed = false);

/// <summary>A range in one unit, low end first.</summary>
public readonly record struct Range<T>(T Low, T High);

/// <summary>What one objective is called at the network and what counts as its result.</summary>
/// <param name="NativeName">The network's own word, for example <c>OUTCOME_APP_PROMOTION</c>.</param>
/// <param name="Needs">What the destination must hold for it.</param>
public sealed record ObjectiveMapping(CampaignType Type, Objective Objective, string NativeName, DestinationNeeds Needs);

/// <summary>What the destination of a campaign must hold before a network takes it.</summary>
[Flags]
public enum DestinationNeeds
{
    None = 0,
    StoreUrl = 1,
    Os = 2,
    LandingUrl = 4,
    Pixel = 8,
    LeadForm = 16,
}

/// <summary>Something that an ad may be about and that the network wants declared.</summary>
/// <param name="Word">What people type: "housing".</param>
/// <param name="NativeName">The network's own word.</param>
/// <param name="KeepsWide">Ages and gender may not be narrowed for it in many countries.</param>
public sealed record SpecialCategory(string Word, string NativeName, bool KeepsWide = false);

/// <summary>The smallest daily budget.</summary>
public abstract record BudgetMinimum
{
    /// <summary>Published by the network for this currency.</summary>
    public sealed record Published(Money Amount, string Source) : BudgetMinimum;

    /// <summary>Not published: our own small floor, marked as ours.</summary>
    public sealed record OwnFloor(Money Amount) : BudgetMinimum;

    /// <summary>Neither is known for this currency: not checked before launch, and the review says so.</summary>
    public sealed record AskTheNetwork : BudgetMinimum;
}

/// <summary>
/// What one network accepts and how it behaves, apart from how to talk to it. The wizard, the checks, the forecast, the
/// safety rules and the simulator all read this and know no network by name.
/// </summary>
public sealed record NetworkProfile
{
    public required NetworkName Name { get; init; }

    /// <summary>What people see, for example "Facebook / Instagram (Meta)".</summary>
    public required string Title { get; init; }

    /// <summary>Short form for campaign names, for example "Facebook".</summary>
    public required string ShortTitle { get; init; }

    /// <summary>Where its own people manage campaigns by hand: the start page, after which one signs in.</summary>
    public required Uri OwnPages { get; init; }

    /// <summary>Everything a person may type for it, lower case: "facebook", "fb", "meta", "insta".</summary>
    public required ImmutableArray<string> Aliases { get; init; }

    /// <summary>Words that people type for something this network cannot do, each with the sentence that says what would be right.</summary>
    public ImmutableDictionary<string, string> RefusedWords { get; init; } = ImmutableDictionary<string, string>.Empty;

    public required string BestFor { get; init; }

    /// <summary>What it has and others have not, for the chooser.</summary>
    public required string UniqueFeatures { get; init; }

    public required string Difficulty { get; init; }

    /// <summary>Cost of one result in US dollars, the central 80 % of campaigns.</summary>
    public required Sourced<Range<decimal>> TypicalCpa { get; init; }

    public required ImmutableArray<ObjectiveMapping> Objectives { get; init; }

    public required ImmutableArray<BidStrategy> BidStrategies { get; init; }

    /// <summary>Published daily minimums by currency code; others fall to our own floor.</summary>
    public ImmutableDictionary<string, Sourced<decimal>> PublishedMinimums { get; init; } = ImmutableDictionary<string, Sourced<decimal>>.Empty;

    /// <summary>Where creatives may run and what each place takes. Every kind of creative has a verdict, also without a slot.</summary>
    public required ImmutableArray<CreativeSlot> Slots { get; init; }

    /// <summary>False: ads are made from the store's own pages, and files cannot be uploaded at all.</summary>
    public bool TakesCreatives => !Slots.IsEmpty;

    public required NetworkCapabilities Capabilities { get; init; }

    public Range<int> Ages { get; init; } = new(18, 65);

    /// <summary>What has to be declared here when an ad is about it; empty where nothing is asked.</summary>
    public ImmutableArray<SpecialCategory> SpecialCategories { get; init; } = [];

    /// <summary>In the European Union it shows who pays for an ad and on whose behalf it runs, and takes no ad without.</summary>
    public bool NamesPayerInEu { get; init; }

    /// <summary>What has to be known about <see cref="NetworkCapabilities.AppGenres"/> and <see cref="NetworkCapabilities.PredictedLtv"/> here, for the review.</summary>
    public string? ExtrasNote { get; init; }

    /// <summary>How old a reading usually is when it is read. Late at one time this, stale at three times.</summary>
    public required Sourced<TimeSpan> UsualReportAge { get; init; }

    /// <summary>How much of a daily budget the network may spend on one day, for example 1.75.</summary>
    public required Sourced<decimal> MaxDayFactor { get; init; }

    /// <summary>The share of some hours' spend that it takes back a few hours later, for clicks that were worthless; 0 to 0.1.</summary>
    public Sourced<decimal> TakesBack { get; init; } = new(0.02m, "ours: networks take a few per cent back", Assumed: true);

    public BudgetMinimum MinimumDaily(Currency currency) =>
        PublishedMinimums.TryGetValue(currency.Code, out var published)
            ? new BudgetMinimum.Published(currency.Of(published.Value), published.Source)
            : OwnFloors.TryGetValue(currency.Code, out var floor)
                ? new BudgetMinimum.OwnFloor(currency.Of(floor))
                : new BudgetMinimum.AskTheNetwork();

    public ObjectiveMapping? FindObjective(CampaignType type, Objective objective) =>
        Objectives.FirstOrDefault(mapping => mapping.Type == type && mapping.Objective == objective);

    /// <summary>About ten US dollars in round figures, ours, set on 2026-11-24.</summary>
    private static readonly Dictionary<string, decimal> OwnFloors = new()
    {
        ["USD"] = 10, ["EUR"] = 10, ["GBP"] = 10, ["CHF"] = 10, ["CAD"] = 15, ["AUD"] = 15, ["JPY"] = 1500, ["KRW"] = 15000,
        ["TWD"] = 300, ["KWD"] = 3, ["BRL"] = 50, ["INR"] = 800, ["SEK"] = 100, ["NOK"] = 100, ["DKK"] = 70, ["PLN"] = 40,
    };
}

/// <summary>What a network can do at all. What is absent is not asked for, and saying it anyway is answered with a sentence.</summary>
public sealed record NetworkCapabilities
{
    public bool AgeTargeting { get; init; } = true;

    public bool GenderTargeting { get; init; } = true;

    public bool Interests { get; init; } = true;

    public bool Lookalike { get; init; }

    public bool CustomAudiences { get; init; }

    /// <summary>False: our own schedule pauses and resumes.</summary>
    public bool Dayparting { get; init; }

    public bool LifetimeBudget { get; init; } = true;

    /// <summary>The network's own bidder sets every bid; ours keeps its hands off.</summary>
    public bool OwnsTheBid { get; init; }

    /// <summary>Kinds of games to be shown in can be chosen.</summary>
    public bool AppGenres { get; init; }

    /// <summary>An audience of the people from whom most is expected.</summary>
    public bool PredictedLtv { get; init; }

    /// <summary>False: there is no revenue in its reports, which is "not known" and never zero.</summary>
    public bool ReportsRevenue { get; init; } = true;

    /// <summary>Its reports say up to when they count; otherwise only changes in the numbers tell.</summary>
    public bool ReportsDataTime { get; init; }
}
