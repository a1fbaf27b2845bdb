using System.Globalization;

namespace ChatOpsCampaigns.Automation.Creatives;

/// <summary>Sizes, lengths and formats as people say them.</summary>
public static class Measures
{
    private const double Kilobyte = 1024;
    private const long Gigabyte = 1024L * 1024 * 1024;

    /// <summary>"310 KB", "2.1 MB", "5 GB".</summary>
    public static string Words(long bytes) => bytes switch
    {
        < 1024 => $"{bytes} bytes",
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / Kilobyte:0} KB"),
        < Gigabyte => string.Create(CultureInfo.InvariantCulture, $"{bytes / Kilobyte / Kilobyte:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / Kilobyte / Kilobyte / Kilobyte:0.#} GB"),
    };

    /// <summary>"4.5 s", "42 s", "3:05 min", "10 h 2 min".</summary>
    public static string Words(TimeSpan duration) => duration switch
    {
        { TotalSeconds: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.#} s"),
        { TotalSeconds: < 90 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{duration.Minutes}:{duration.Seconds:00} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalHours} h {duration.Minutes} min"),
    };

    public static string Words(MediaFormat format) => format switch
    {
        MediaFormat.Jpeg => "JPG",
        MediaFormat.Webp => "WebP",
        MediaFormat.Unknown => "unknown",
        _ => format.ToString().ToUpperInvariant(),
    };

    /// <summary>The format that a file's name promises, or null when it promises none that we know.</summary>
    public static MediaFormat? PromisedBy(string fileName) => Path.GetExtension(fileName).ToLowerInvariant() switch
    {
        ".jpg" or ".jpeg" or ".jfif" => MediaFormat.Jpeg,
        ".png" => MediaFormat.Png,
        ".webp" => MediaFormat.Webp,
        ".gif" => MediaFormat.Gif,
        ".heic" or ".heif" => MediaFormat.Heic,
        ".mp4" or ".m4v" => MediaFormat.Mp4,
        ".mov" or ".qt" => MediaFormat.Mov,
        ".zip" => MediaFormat.Zip,
        ".html" or ".htm" => MediaFormat.Html,
        _ => null,
    };
}

/// <summary>How heavy a file may be before anybody looks into it, in bytes.</summary>
public static class FileLimits
{
    /// <summary>30 MB: the largest picture that any of the networks takes.</summary>
    public const long Picture = 30L * 1024 * 1024;

    /// <summary>500 MB: the largest film that TikTok and X take. Nothing may be heavier.</summary>
    public const long Film = 500L * 1024 * 1024;

    /// <summary>5 MB: the largest playable that the networks' guides name.</summary>
    public const long Playable = 5L * 1024 * 1024;

    /// <summary>What a file heavier than all of them is told, by its name alone: nobody has read it.</summary>
    public static string TooHeavy(string name, long bytes)
    {
        var (kind, limit) = Measures.PromisedBy(name) switch
        {
            MediaFormat.Mp4 or MediaFormat.Mov => ("a film", Film),
            MediaFormat.Jpeg or MediaFormat.Png or MediaFormat.Webp or MediaFormat.Gif or MediaFormat.Heic => ("a picture", Picture),
            MediaFormat.Zip or MediaFormat.Html => ("a playable", Playable),
            _ => ("a file", Film),
        };
        return $"{name} has {Measures.Words(bytes)}; {kind} may have {Measures.Words(limit)}. Send a smaller one{(kind == "a film" ? ": export it shorter, or at 1080×1920" : "")}.";
    }
}
