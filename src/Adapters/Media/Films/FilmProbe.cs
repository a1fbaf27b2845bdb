using System.Globalization;
using System.Text.Json;
using ChatOpsCampaigns.Automation.Creatives;

namespace ChatOpsCampaigns.Adapters.Media.Films;

/// <summary>What ffprobe says about a film, as a person would see it.</summary>
/// <param name="IsAsMade">Its picture and sound are stored as we would store them, upright.</param>
internal sealed record FilmProbe(PixelSize Size, TimeSpan Duration, bool HasSound, double FramesPerSecond, bool IsAsMade)
{
    /// <summary>Reads ffprobe's JSON; null when there is no moving picture.</summary>
    public static FilmProbe? Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var streams = document.RootElement.TryGetProperty("streams", out var found) ? found.EnumerateArray().ToList() : [];
        var picture = streams.FirstOrDefault(stream => Text(stream, "codec_type") == "video" && !IsCover(stream));
        if (picture.ValueKind != JsonValueKind.Object)
            return null;

        var (width, height) = (Number(picture, "width"), Number(picture, "height"));
        if (width <= 0 || height <= 0)
            return null;

        var seconds = document.RootElement.TryGetProperty("format", out var format) ? Decimal(Text(format, "duration")) : 0;
        if (seconds <= 0)
            seconds = Decimal(Text(picture, "duration"));

        var size = IsTurned(picture) ? new PixelSize(height, width) : new PixelSize(width, height);
        var sound = streams.Any(stream => Text(stream, "codec_type") == "audio");
        return seconds <= 0 ? null : new FilmProbe(size, TimeSpan.FromSeconds(seconds), sound, Rate(Text(picture, "avg_frame_rate")), streams.All(IsOurs));
    }

    private static bool IsOurs(JsonElement stream) => Text(stream, "codec_type") switch
    {
        "video" => Text(stream, "codec_name") == "h264" && Text(stream, "pix_fmt") == "yuv420p" && !IsCover(stream)
            && Text(stream, "sample_aspect_ratio") is "" or "1:1" && !stream.TryGetProperty("side_data_list", out _),
        "audio" => Text(stream, "codec_name") == "aac",
        _ => false,
    };

    private static bool IsCover(JsonElement stream) => stream.TryGetProperty("disposition", out var disposition) && Number(disposition, "attached_pic") == 1;

    /// <summary>Phones film sideways and write the angle beside it.</summary>
    private static bool IsTurned(JsonElement stream)
    {
        if (!stream.TryGetProperty("side_data_list", out var list))
            return false;

        return list.EnumerateArray().Any(side => Math.Abs(Number(side, "rotation")) is 90 or 270);
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static int Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : 0;

    private static double Decimal(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && number < TimeSpan.MaxValue.TotalSeconds
        ? number
        : 0;

    private static double Rate(string fraction)
    {
        var parts = fraction.Split('/');
        return parts.Length == 2 && Decimal(parts[1]) is > 0 and var below ? Decimal(parts[0]) / below : 0;
    }
}
