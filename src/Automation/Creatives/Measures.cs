using System.Globalization;

namespace ChatOpsCampaigns.Automation.Creatives;

/// <summary>Sizes, lengths and formats as people say them.</summary>
public static class Measures
{
    private const double Kilobyte = 1024;

    /// <summary>"310 KB", "2.1 MB".</summary>
    public static string Words(long bytes) => bytes switch
    {
        < 1024 => $"{bytes} bytes",
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / Kilobyte:0} KB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / Kilobyte / Kilobyte:0.#} MB"),
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
