using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Campaigns;

public enum CampaignType
{
    AppInstall,
    Conversion,
    Awareness,
    Traffic,
}

public enum Objective
{
    Installs,
    Purchases,
    Leads,
    Engagement,
}

public enum BidStrategy
{
    LowestCost,
    CostCap,
    BidCap,
    TargetRoas,
}

public enum BudgetType
{
    Daily,
    Lifetime,
}

public enum Gender
{
    All,
    Male,
    Female,
}

public enum DeviceOs
{
    Ios,
    Android,
}

public enum OptimisationMode
{
    /// <summary>Steps of 5–10 %.</summary>
    Conservative,

    /// <summary>Steps of 10–20 %.</summary>
    Balanced,

    /// <summary>Steps of 20–30 %.</summary>
    Aggressive,
}

public enum LookalikeSource
{
    ExistingUsers,
    Purchasers,
    HighLtv,
}

/// <param name="Percent">1, 5 or 10.</param>
public sealed record Lookalike(LookalikeSource Source, int Percent);

/// <summary>Who sees it. Countries are ISO 3166 two-letter codes.</summary>
public sealed record Targeting
{
    public required ImmutableArray<string> Countries { get; init; }

    public int AgeMin { get; init; } = 18;

    public int AgeMax { get; init; } = 65;

    public Gender Gender { get; init; }

    public ImmutableArray<string> Interests { get; init; } = [];

    public Lookalike? Lookalike { get; init; }

    public ImmutableArray<string> CustomAudiences { get; init; } = [];

    public DeviceOs? Os { get; init; }

    /// <summary>Kinds of games to show it in, where the network knows such; empty for all.</summary>
    public ImmutableArray<string> Genres { get; init; } = [];

    /// <summary>The share of people from whom most is expected, in per cent, where the network predicts that.</summary>
    public int? PredictedLtvTop { get; init; }
}

/// <summary>Where a click leads and what the network needs to count results.</summary>
public sealed record Destination
{
    public string? StoreUrl { get; init; }

    public DeviceOs? Os { get; init; }

    public string? LandingUrl { get; init; }

    public string? Pixel { get; init; }

    public string? LeadForm { get; init; }

    /// <summary>Credit, employment, housing and the like, where the law restricts targeting, by the network's word for it; null is none.</summary>
    public string? SpecialCategory { get; init; }

    /// <summary>Goes with the landing address: <c>utm_source=facebook&amp;utm_campaign=spring</c>.</summary>
    public string? Tracking { get; init; }

    /// <summary>Who pays for the ads, as the European Union wants it shown.</summary>
    public string? Payer { get; init; }

    /// <summary>On whose behalf the ads are shown.</summary>
    public string? Beneficiary { get; init; }

    /// <summary>Where a click leads: the app in its store, or the landing address with its tracking parameters.</summary>
    public string? ClickAddress() => StoreUrl ?? (LandingUrl is { } landing && Tracking is { } tracking ? Tracked(landing, tracking) : LandingUrl);

    private static string Tracked(string landing, string tracking)
    {
        var address = new UriBuilder(landing);
        address.Query = address.Query.Length > 1 ? $"{address.Query[1..]}&{tracking}" : tracking;
        return address.Uri.AbsoluteUri;
    }
}

/// <summary>What may be spent. <see cref="MaxDailySpend"/> is the one hard cap: ours, whatever the network allows itself.</summary>
public sealed record Budget(BudgetType Type, Money Amount, Money MaxDailySpend)
{
    /// <summary>The daily amount: the budget itself, or the lifetime budget over <paramref name="days"/>.</summary>
    public Money Daily(int? days) => Type == BudgetType.Daily ? Amount : Amount * (1m / Math.Max(1, days ?? 30));

    /// <summary>The most that it lets run on one day: a network divides a lifetime budget over its days as it likes, up to the cap.</summary>
    public Money MostADay(int? days) => Type == BudgetType.Daily ? Amount : Money.Max(Daily(days), Money.Min(MaxDailySpend, Amount));
}

/// <summary>What a campaign costs beside its ads, as people said. Nothing is moved by it.</summary>
/// <param name="Fee">A share of the spend: .1 is ten per cent; null: nobody said.</param>
/// <param name="Creatives">What they cost to make; null: nobody said.</param>
public sealed record OtherCosts(decimal? Fee, Money? Creatives)
{
    public static string Percent(decimal share) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{share * 100:0.##} %");
}

/// <summary>How the network is told to bid. What a strategy needs is required by the draft checks.</summary>
public sealed record Bidding
{
    public required BidStrategy Strategy { get; init; }

    public Money? TargetCpa { get; init; }

    /// <summary>No bid of ours ever passes it.</summary>
    public Money? MaxBid { get; init; }

    public decimal? TargetRoas { get; init; }

    /// <summary>What one result is worth over 30 days, when the person said so.</summary>
    public Money? Worth { get; init; }

    /// <summary>What is bid at first, never above <see cref="MaxBid"/>; null where the network finds the bid itself or what the strategy needs is missing.</summary>
    public Money? First() => Strategy switch
    {
        BidStrategy.CostCap => TargetCpa is { } target && MaxBid is { } highest ? Money.Min(target, highest) : TargetCpa,
        BidStrategy.BidCap => MaxBid ?? TargetCpa,
        _ => null,
    };
}

/// <summary>Who is told, apart from the chat.</summary>
[Flags]
public enum AlertChannels
{
    None = 0,
    Email = 1,
    Chat = 2,
    Sms = 4,
    Push = 8,
}

/// <summary>What the agent may do and where it must stop. The emergency monitor watches with or without it.</summary>
public sealed record AutomationSettings
{
    public bool Enabled { get; init; } = true;

    public bool AdjustBids { get; init; } = true;

    public bool AdjustBudgets { get; init; } = true;

    public bool PauseUnderperforming { get; init; } = true;

    public bool ScalePerforming { get; init; } = true;

    public bool TestCreatives { get; init; } = true;

    public OptimisationMode Mode { get; init; } = OptimisationMode.Balanced;

    /// <summary>How far the agent goes by itself here; null is as the installation says.</summary>
    public Agent.Autonomy? Autonomy { get; init; }

    public decimal? MinRoas { get; init; }

    public Money? MaxCpa { get; init; }

    public AlertChannels Notify { get; init; } = AlertChannels.Email | AlertChannels.Chat | AlertChannels.Sms;
}

/// <summary>When it runs. Instants are campaign time; <see cref="Hours"/> are hours of the ad account's day, empty for all.</summary>
/// <param name="Start">Null is "now", at the moment of launch.</param>
public sealed record Schedule(DateTimeOffset? Start, DateTimeOffset? End, ImmutableArray<int> Hours)
{
    public static readonly Schedule Now = new(null, null, []);

    /// <summary>The start that is still to come; null once it has begun.</summary>
    public DateTimeOffset? StartAhead(DateTimeOffset now) => Start > now ? Start : null;
}
