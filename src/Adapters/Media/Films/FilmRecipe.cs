using System.Collections.Immutable;
using System.Globalization;
using ChatOpsCampaigns.Automation.Creatives;

namespace ChatOpsCampaigns.Adapters.Media.Films;

/// <summary>How ffmpeg is asked to make one film: H.264 and AAC, index at the front, picture and sound cut together.</summary>
internal sealed record FilmRecipe(SourceCreative Creative, CreativeSlot Slot, Fit Fit, Framing Framing, FilmProbe Probe)
{
    /// <summary>Only films, only from this disk, and only as the one container that was found by the content.</summary>
    public static readonly ImmutableArray<string> Fences =
        ["-f", "mov", "-format_whitelist", "mov,mp4,m4a,3gp,3g2,mj2", "-protocol_whitelist", "file", "-max_alloc", "536870912"];

    /// <summary>120 s for films up to 30 s.</summary>
    private static readonly TimeSpan ShortFilmLimit = TimeSpan.FromSeconds(120);

    private static readonly TimeSpan ShortFilm = TimeSpan.FromSeconds(30);

    /// <summary>For each second of film beyond: H.264 "medium" at 1080p takes 1–2 s on one core.</summary>
    private const double SecondsForEach = 4;

    private const int MostFramesPerSecond = 60;
    private const int SoundBitsPerSecond = 128_000;

    /// <summary>Left free for the container.</summary>
    private const double FilledShare = .92;

    /// <summary>Rates are kept on average only: a short film that came out too heavy is made again with a smaller share of them, 0–1.</summary>
    public double Share { get; init; } = 1;

    public TimeSpan Length => Slot.MaxDuration is { } longest && Probe.Duration > longest ? longest : Probe.Duration;

    public TimeSpan Limit => ShortFilmLimit + (Length > ShortFilm ? (Length - ShortFilm) * SecondsForEach : TimeSpan.Zero);

    public ImmutableArray<string> Arguments(string source, string target) =>
    [
        "-v", "error", "-nostdin", "-y", "-xerror", "-err_detect", "explode", .. Fences, "-i", source,
        "-map", "0:v:0", "-map", "0:a:0?", "-map_metadata", "-1", "-map_chapters", "-1", "-t", Number(Length.TotalSeconds),
        "-vf", Filters, "-c:v", "libx264", "-profile:v", "high", "-pix_fmt", "yuv420p", "-crf", "23", "-preset", "medium",
        "-maxrate", Number(MostBitsPerSecond), "-bufsize", Number(2 * MostBitsPerSecond), "-threads", "2",
        "-c:a", "aac", "-b:a", Number(SoundBitsPerSecond), "-ac", "2", "-ar", "44100", "-movflags", "+faststart",
        "-timelimit", Number(Math.Ceiling(Limit.TotalSeconds * 2)), "-f", "mp4", target,
    ];

    /// <summary>It needs no other picture, sound or length: without what else stands in it, and with its index in front, it is right.</summary>
    public bool MayStay => Probe.IsAsMade && Probe.Size == Framing.Canvas && Probe.Duration <= Length && Probe.FramesPerSecond <= MostFramesPerSecond;

    public static ImmutableArray<string> Copying(string source, string target) =>
    [
        "-v", "error", "-nostdin", "-y", "-xerror", "-err_detect", "explode", .. Fences, "-i", source,
        "-map", "0:v:0", "-map", "0:a:0?", "-map_metadata", "-1", "-map_chapters", "-1", "-c", "copy", "-movflags", "+faststart", "-f", "mp4", target,
    ];

    private double MostBitsPerSecond => Math.Floor(Math.Min(
        40_000_000, Math.Max(200_000, (Slot.MaxBytes * 8 * FilledShare * Share / Math.Max(1, Length.TotalSeconds)) - SoundBitsPerSecond)));

    private string Filters
    {
        get
        {
            var (width, height) = (Framing.Canvas.Width, Framing.Canvas.Height);
            var shape = Fit switch
            {
                Fit.Crop => $"scale={width}:{height}:force_original_aspect_ratio=increase:flags=lanczos,crop={width}:{height}",
                Fit.Pad => $"scale={width}:{height}:force_original_aspect_ratio=decrease:force_divisible_by=2:flags=lanczos,pad={width}:{height}:(ow-iw)/2:(oh-ih)/2:black",
                _ => $"scale={width}:{height}:flags=lanczos",
            };
            var rate = Probe.FramesPerSecond > MostFramesPerSecond ? $",fps={MostFramesPerSecond}" : "";
            return $"{shape},setsar=1{rate}";
        }
    }

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
