using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives;

namespace ChatOpsCampaigns.Adapters.AdNetworks;

/// <summary>Short forms that the profiles are written in.</summary>
internal static class Specs
{
    /// <summary>Where the cost ranges come from.</summary>
    public const string ComparisonTable = "product document, platform comparison";

    public const DestinationNeeds App = DestinationNeeds.StoreUrl | DestinationNeeds.Os;

    public const DestinationNeeds Site = DestinationNeeds.LandingUrl | DestinationNeeds.Pixel;

    public static readonly ImmutableArray<MediaFormat> JpegOrPng = [MediaFormat.Jpeg, MediaFormat.Png];

    private static readonly ImmutableArray<MediaFormat> Mp4 = [MediaFormat.Mp4];

    private static readonly ImmutableArray<MediaFormat> Html = [MediaFormat.Html];

    public static long Megabytes(double count) => (long)(count * 1024 * 1024);

    public static Sourced<Range<decimal>> Cpa(decimal low, decimal high) => new(new Range<decimal>(low, high), ComparisonTable);

    public static ObjectiveMapping Maps(CampaignType type, Objective objective, string native, DestinationNeeds needs) =>
        new(type, objective, native, needs);

    /// <summary>All four objectives of a type that the network knows as one thing.</summary>
    public static ImmutableArray<ObjectiveMapping> All(CampaignType type, string native, DestinationNeeds needs) =>
    [
        Maps(type, Objective.Engagement, native, needs), Maps(type, Objective.Installs, native, needs),
        Maps(type, Objective.Purchases, native, needs), Maps(type, Objective.Leads, native, needs),
    ];

    public static CreativeSlot Image(string name, PixelSize target, PixelSize minimum, double megabytes, string source) =>
        new(name, CreativeKind.Image, target, minimum, Megabytes(megabytes), JpegOrPng, source);

    public static CreativeSlot Video(string name, PixelSize target, PixelSize minimum, double megabytes, int minSeconds, int maxSeconds, string source) =>
        new(name, CreativeKind.Video, target, minimum, Megabytes(megabytes), Mp4, source)
        {
            MinDuration = TimeSpan.FromSeconds(minSeconds),
            MaxDuration = TimeSpan.FromSeconds(maxSeconds),
        };

    /// <summary>One card of a carousel.</summary>
    public static CreativeSlot Card(string name, PixelSize target, PixelSize minimum, double megabytes, string source) =>
        new(name, CreativeKind.Carousel, target, minimum, Megabytes(megabytes), JpegOrPng, source);

    public static CreativeSlot Playable(double megabytes, string source, params ImmutableArray<MediaFormat> formats) =>
        new("Playable", CreativeKind.Playable, new PixelSize(320, 480), new PixelSize(320, 480), Megabytes(megabytes), formats.IsEmpty ? Html : formats, source);

    /// <summary>Our own choice, because the network publishes none or it could not be confirmed.</summary>
    public static CreativeSlot Assumed(this CreativeSlot slot) => slot with { Assumed = true };
}
