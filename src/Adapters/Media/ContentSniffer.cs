using System.Text;
using ChatOpsCampaigns.Automation.Creatives;

namespace ChatOpsCampaigns.Adapters.Media;

/// <summary>What some bytes are.</summary>
/// <param name="Word">For people, with its article: "a PDF", "an SVG drawing".</param>
internal sealed record SniffedContent(MediaFormat Format, string Word)
{
    public bool IsPicture => Format is MediaFormat.Jpeg or MediaFormat.Png or MediaFormat.Webp or MediaFormat.Gif or MediaFormat.Heic;

    public bool IsFilm => Format is MediaFormat.Mp4 or MediaFormat.Mov;

    public bool IsPlayable => Format is MediaFormat.Zip or MediaFormat.Html;
}

/// <summary>Tells formats by their first bytes; names and declared types count for nothing.</summary>
internal static class ContentSniffer
{
    /// <summary>As many bytes as are looked at.</summary>
    public const int HeadLength = 1024;

    public static SniffedContent Sniff(ReadOnlySpan<byte> head)
    {
        if (head is [0xFF, 0xD8, 0xFF, ..])
            return new(MediaFormat.Jpeg, "a JPG");

        if (head is [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, ..])
            return new(MediaFormat.Png, "a PNG");

        if (head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8))
            return new(MediaFormat.Gif, "a GIF");

        if (head.Length >= 12 && head.StartsWith("RIFF"u8))
            return Riff(head[8..12]);

        if (head.Length >= 12 && head[4..8].SequenceEqual("ftyp"u8))
            return Boxes(head);

        if (head.Length >= 8 && IsOldQuickTime(head[4..8]))
            return new(MediaFormat.Mov, "a MOV");

        if (head is [0x50, 0x4B, 0x03, 0x04, ..] || head is [0x50, 0x4B, 0x05, 0x06, ..])
            return new(MediaFormat.Zip, "a ZIP");

        return Others(head);
    }

    private static SniffedContent Riff(ReadOnlySpan<byte> kind) => kind.SequenceEqual("WEBP"u8)
        ? new(MediaFormat.Webp, "a WebP")
        : new(MediaFormat.Unknown, kind.SequenceEqual("AVI "u8) ? "an AVI film" : "a sound file");

    private static SniffedContent Boxes(ReadOnlySpan<byte> head)
    {
        var brand = Encoding.ASCII.GetString(head[8..12]);
        return brand switch
        {
            "qt  " => new(MediaFormat.Mov, "a MOV"),
            "heic" or "heix" or "heim" or "heis" or "hevc" or "hevx" => new(MediaFormat.Heic, "a HEIC"),
            "avif" or "avis" => new(MediaFormat.Unknown, "an AVIF picture"),
            "mif1" or "msf1" => head.IndexOf("avif"u8) is > 0 and < 64
                ? new(MediaFormat.Unknown, "an AVIF picture")
                : new(MediaFormat.Heic, "a HEIC"),
            "M4A " or "M4B " => new(MediaFormat.Unknown, "a sound file"),
            "crx " => new(MediaFormat.Unknown, "a raw camera picture"),
            _ => new(MediaFormat.Mp4, "an MP4"),
        };
    }

    private static bool IsOldQuickTime(ReadOnlySpan<byte> box) =>
        box.SequenceEqual("moov"u8) || box.SequenceEqual("mdat"u8) || box.SequenceEqual("wide"u8) || box.SequenceEqual("pnot"u8);

    private static SniffedContent Others(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("%PDF"u8))
            return new(MediaFormat.Unknown, "a PDF");

        if (head.StartsWith("BM"u8) && head.Length > 14)
            return new(MediaFormat.Unknown, "a BMP picture");

        if (head.StartsWith("II*\0"u8) || head.StartsWith("MM\0*"u8))
            return new(MediaFormat.Unknown, "a TIFF or raw camera picture");

        if (head.StartsWith("8BPS"u8))
            return new(MediaFormat.Unknown, "a Photoshop file");

        if (head is [0x1A, 0x45, 0xDF, 0xA3, ..])
            return new(MediaFormat.Unknown, "a WebM or MKV film");

        if (head.StartsWith("Rar!"u8) || head is [0x37, 0x7A, 0xBC, 0xAF, ..] || head is [0x1F, 0x8B, ..])
            return new(MediaFormat.Unknown, "a packed archive");

        if (head.StartsWith("MZ"u8) || head is [0x7F, 0x45, 0x4C, 0x46, ..])
            return new(MediaFormat.Unknown, "a program");

        return Written(head);
    }

    private static SniffedContent Written(ReadOnlySpan<byte> head)
    {
        var text = Encoding.UTF8.GetString(head).TrimStart('\uFEFF', ' ', '\t', '\r', '\n').ToLowerInvariant();
        if (text.StartsWith("<!doctype html", StringComparison.Ordinal) || text.StartsWith("<html", StringComparison.Ordinal))
            return new(MediaFormat.Html, "an HTML page");

        if (text.StartsWith("#extm3u", StringComparison.Ordinal) || text.StartsWith("ffconcat", StringComparison.Ordinal))
            return new(MediaFormat.Unknown, "a playlist, which only points to films elsewhere");

        if (text.Contains("<svg", StringComparison.Ordinal))
            return new(MediaFormat.Unknown, "an SVG drawing");

        return new(MediaFormat.Unknown, text.Length > 0 && text.All(letter => !char.IsControl(letter) || char.IsWhiteSpace(letter)) && !text.Contains('\uFFFD', StringComparison.Ordinal)
            ? "a text"
            : "a file of a kind I do not know");
    }
}
