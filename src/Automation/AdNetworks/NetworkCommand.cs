using System.Text.Json.Serialization;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.AdNetworks;

/// <summary>What a command does to the money at risk. Reductions are let through when everything else is refused.</summary>
public enum Direction
{
    Neutral,
    Reduces,
    Raises,
}

/// <summary>
/// Everything that can be changed at a network: a closed family, so that one gate, one journal and one audit trail serve all.
/// New objects are created paused; only <see cref="Activate"/> lets money flow.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "command")]
[JsonDerivedType(typeof(UploadCreative), "upload-creative")]
[JsonDerivedType(typeof(CreateCampaign), "create-campaign")]
[JsonDerivedType(typeof(CreateAdSet), "create-ad-set")]
[JsonDerivedType(typeof(CreateAd), "create-ad")]
[JsonDerivedType(typeof(Activate), "activate")]
[JsonDerivedType(typeof(Pause), "pause")]
[JsonDerivedType(typeof(SetDailyBudget), "set-daily-budget")]
[JsonDerivedType(typeof(SetBid), "set-bid")]
[JsonDerivedType(typeof(PauseAd), "pause-ad")]
[JsonDerivedType(typeof(ResumeAd), "resume-ad")]
[JsonDerivedType(typeof(Archive), "archive")]
public abstract record NetworkCommand(AdAccountId Account, CampaignId Campaign)
{
    [JsonIgnore]
    public abstract Direction Direction { get; }

    /// <summary>It makes something new at the network, which is found again by its key.</summary>
    [JsonIgnore]
    public bool Creates => this is UploadCreative or CreateCampaign or CreateAdSet or CreateAd;

    /// <summary>In words with numbers, for people: "raise the daily budget from $500 to $550".</summary>
    [JsonIgnore]
    public abstract string Words { get; }

    /// <summary>Puts prepared bytes at the network. <paramref name="Position"/> is the creative's place in the campaign, from 0.</summary>
    public sealed record UploadCreative(AdAccountId Account, CampaignId Campaign, int Position, Digest File, CreativeKind Kind, string FileName)
        : NetworkCommand(Account, Campaign)
    {
        public override Direction Direction => Direction.Neutral;

        public override string Words => $"upload {FileName}";
    }

    /// <summary>Creates the campaign, paused. <paramref name="NetworkName"/> carries our key so that an orphan can be found.</summary>
    public sealed record CreateCampaign(AdAccountId Account, CampaignId Campaign, CampaignOrder Order) : NetworkCommand(Account, Campaign)
    {
        public override Direction Direction => Direction.Neutral;

        public override string Words => $"create \"{Order.Name}\", paused";
    }

    public sealed record CreateAdSet(AdAccountId Account, CampaignId Campaign, ExternalId Parent, CampaignOrder Order) : NetworkCommand(Account, Campaign)
    {
        public override Direction Direction => Direction.Neutral;

        public override string Words => $"create the ad set of \"{Order.Name}\"";
    }

    public sealed record CreateAd(
        AdAccountId Account, CampaignId Campaign, ExternalId Parent, int Position, ExternalId Creative, string Name,
        string? Headline, string? Description, string? CallToAction, string? Destination) : NetworkCommand(Account, Campaign)
    {
        public override Direction Direction => Direction.Neutral;

        public override string Words => $"create the ad \"{Name}\"";
    }

    /// <summary>Lets the campaign deliver from <paramref name="StartsAt"/> on; the network keeps it waiting until then.</summary>
    public sealed record Activate(AdAccountId Account, CampaignId Campaign, ExternalId Target, DateTimeOffset? StartsAt) : NetworkCommand(Account, Campaign)
    {
        public override Direction Direction => Direction.Raises;

        public override string Words => "activate";
    }

    public sealed record Pause(AdAccountId Account, CampaignId Campaign, ExternalId Target) : NetworkCommand(Account, Campaign)
    {
        public override Direction Direction => Direction.Reduces;

        public override string Words => "pause";
    }

    public sealed record SetDailyBudget(AdAccountId Account, CampaignId Campaign, ExternalId Target, Money From, Money To) : NetworkCommand(Account, Campaign)
    {
        public override Direction Direction => To > From ? Direction.Raises : Direction.Reduces;

        public override string Words => $"{(To > From ? "raise" : "lower")} the daily budget from {From} to {To}";
    }

    public sealed record SetBid(AdAccountId Account, CampaignId Campaign, ExternalId Target, Money From, Money To) : NetworkCommand(Account, Campaign)
    {
        public override Direction Direction => To > From ? Direction.Raises : Direction.Reduces;

        public override string Words => $"{(To > From ? "raise" : "lower")} the bid from {From} to {To}";
    }

    public sealed record PauseAd(AdAccountId Account, CampaignId Campaign, ExternalId Target) : NetworkCommand(Account, Campaign)
    {
        public override Direction Direction => Direction.Reduces;

        public override string Words => $"pause the ad {Target}";
    }

    public sealed record ResumeAd(AdAccountId Account, CampaignId Campaign, ExternalId Target) : NetworkCommand(Account, Campaign)
    {
        public override Direction Direction => Direction.Raises;

        public override string Words => $"resume the ad {Target}";
    }

    /// <summary>Takes an object out of sight for good: how a launch that was refused half-way is undone.</summary>
    public sealed record Archive(AdAccountId Account, CampaignId Campaign, ExternalId Target) : NetworkCommand(Account, Campaign)
    {
        public override Direction Direction => Direction.Reduces;

        public override string Words => $"archive {Target}";
    }
}

/// <summary>What a network needs to know to create a campaign and its ad set.</summary>
/// <param name="Key">Our mark, put into the object's name or label, by which it is found again after a lost answer.</param>
/// <param name="LifetimeBudget">For the whole time, where the budget is meant so and the network holds it; the safety net holds it in every case.</param>
public sealed record CampaignOrder(
    string Name, CommandKey Key, string NativeObjective, Money DailyBudget, Campaigns.Bidding Bidding,
    Campaigns.Targeting Targeting, Campaigns.Destination Destination, Campaigns.Schedule Schedule, Money? LifetimeBudget = null)
{
    /// <summary>What the network is asked to bring and to count; networks have one name of their own for several of them.</summary>
    public Campaigns.ResultWord? Result { get; init; }
}
