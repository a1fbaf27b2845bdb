using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ChatOpsCampaigns.Automation.Creatives;

namespace ChatOpsCampaigns.Adapters.Media.Pictures;

/// <summary>What is asked of the process that opens one picture.</summary>
/// <param name="Path">The file as it was sent; it is only read.</param>
/// <param name="Folder">Where what is made is laid, under the names in <see cref="PictureAnswer"/>.</param>
/// <param name="Target">Null: it is only looked at.</param>
internal sealed record PictureOrder(string Path, string Folder, string FileName, MediaFormat Format, PictureTarget? Target);

/// <summary>What is to be made of it.</summary>
/// <param name="TakesOriginal">The place shows files of its present format too.</param>
internal sealed record PictureTarget(string Slot, PixelSize Canvas, Fit Fit, MediaFormat Result, long MaxBytes, bool TakesOriginal);

/// <summary>What came of it. The files lie in the order's folder.</summary>
/// <param name="Refused">Why not, in a sentence; null when it worked.</param>
/// <param name="Size">Upright, as it was sent.</param>
/// <param name="IsOriginal">The file as it was sent is right and no larger than what could be made of it.</param>
/// <param name="Done">What was needed besides, for people.</param>
internal sealed record PictureAnswer(string? Refused, PixelSize Size, TimeSpan? Lasts, bool IsOriginal, ImmutableArray<string> Done)
{
    public const string Picture = "picture";
    public const string Thumbnail = "thumbnail";

    public static PictureAnswer No(string says) => new(says, default, null, false, []);
}

[JsonSerializable(typeof(PictureOrder))]
[JsonSerializable(typeof(PictureAnswer))]
internal sealed partial class PictureJson : JsonSerializerContext;
