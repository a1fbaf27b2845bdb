using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Creatives;

/// <summary>The four kinds of creative. Everything that switches over them names all four.</summary>
public enum CreativeKind
{
    Image,
    Video,
    Carousel,
    Playable,
}

/// <summary>What the bytes are, by their content and never by their name.</summary>
public enum MediaFormat
{
    Unknown,
    Jpeg,
    Png,
    Webp,
    Gif,
    Heic,
    Mp4,
    Mov,
    Zip,
    Html,
}

/// <summary>Width and height in pixels as a person sees them, after any rotation.</summary>
public readonly record struct PixelSize(int Width, int Height)
{
    public override string ToString() => $"{Width}×{Height}";
}

/// <summary>A file as it was dropped in: kept whole under its digest, described by what is in it.</summary>
/// <param name="FileName">The name for people; never used as a path.</param>
/// <param name="Duration">Null for what does not move; an animated picture has one.</param>
public sealed record SourceCreative(
    Digest File, string FileName, CreativeKind Kind, MediaFormat Format, PixelSize Size, long Bytes, TimeSpan? Duration,
    bool HasSound, Digest? Thumbnail)
{
    public string? Headline { get; init; }

    public string? Description { get; init; }

    /// <summary>The words on the button, for example "Install Now".</summary>
    public string? CallToAction { get; init; }

    /// <summary>How a person wants it brought to another shape; null leaves it to us.</summary>
    public Fit? Fit { get; init; }

    /// <summary>A person is content with the beginning of a film that is much too long.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool TrimAccepted { get; init; }
}

/// <summary>How a picture is brought to another shape. Never by distortion.</summary>
public enum Fit
{
    /// <summary>All of it, with bars.</summary>
    Pad,

    /// <summary>The middle of it, without bars.</summary>
    Crop,

    /// <summary>All of it in its own shape, no larger than the slot.</summary>
    Inside,
}

/// <summary>One place where a network shows creatives of one kind, with its limits. Sizes in pixels and bytes.</summary>
/// <param name="Name">For people, for example "Story 9:16".</param>
public sealed record CreativeSlot(
    string Name, CreativeKind Kind, PixelSize Target, PixelSize Minimum, long MaxBytes, ImmutableArray<MediaFormat> Formats, string Source)
{
    public TimeSpan? MinDuration { get; init; }

    public TimeSpan? MaxDuration { get; init; }

    public bool Assumed { get; init; }
}

public enum FindingKind
{
    /// <summary>Nothing to do.</summary>
    Fits,

    /// <summary>We will change it, and say how.</summary>
    WillChange,

    /// <summary>A person has to choose or supply something.</summary>
    Refused,
}

/// <summary>What a network's slots make of one creative, in words for people.</summary>
public sealed record SpecFinding(FindingKind Kind, string Says, CreativeSlot? Slot = null);

/// <summary>What is uploaded: the bytes under their own digest, made for one slot.</summary>
/// <param name="Changes">What was done, for people, the size first: "2.1 MB → 310 KB", "HEIC → JPG".</param>
public sealed record PreparedCreative(
    Digest Source, Digest File, Digest Thumbnail, CreativeKind Kind, MediaFormat Format, string Slot, PixelSize Size, long Bytes,
    TimeSpan? Duration, ImmutableArray<string> Changes);

/// <summary>Files by their content. Writing the same bytes twice keeps one.</summary>
public interface IMediaStore
{
    Task<Digest> KeepAsync(Stream bytes, CancellationToken cancellationToken);

    Task<bool> HasAsync(Digest file, CancellationToken cancellationToken);

    Task<Stream> OpenAsync(Digest file, CancellationToken cancellationToken);

    /// <summary>A path for programs that read files by name, such as ffmpeg; read only.</summary>
    string PathOf(Digest file);
}

/// <summary>What came of looking at a file.</summary>
public abstract record Inspection
{
    public sealed record Usable(SourceCreative Creative) : Inspection;

    /// <summary>Why not, and what would be right, in a sentence for people.</summary>
    public sealed record Refused(string Says) : Inspection;
}

/// <summary>Sees into files and changes pixels. Decides nothing.</summary>
public interface ICreativeEditor
{
    Task<Inspection> InspectAsync(Digest file, string fileName, CancellationToken cancellationToken);

    Task<PreparedCreative> PrepareAsync(SourceCreative creative, CreativeSlot slot, Fit fit, CancellationToken cancellationToken);
}
