using System.Buffers.Binary;

namespace ChatOpsCampaigns.Adapters.Media.Pictures;

/// <summary>
/// Whether a file holds its picture and nothing else, from its parts alone: no data about camera and place, no comments, no colours of
/// its own, nothing behind its end. Only then may it be shown as it was sent.
/// </summary>
internal static class PlainPicture
{
    private const int PngHead = 8;

    /// <summary>Length, name and checksum around what is in a part.</summary>
    private const int PngPart = 12;

    /// <summary>How gAMA says that the picture is meant for a screen.</summary>
    private const uint ScreenGamma = 45455;

    public static bool IsJpeg(ReadOnlySpan<byte> bytes)
    {
        var at = 2;
        while (at + 4 <= bytes.Length && bytes[at] == 0xFF)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            if (length < 2 || at + 2 + length > bytes.Length || !MayStand(bytes[at + 1], bytes.Slice(at + 4, length - 2)))
                return false;

            var isScan = bytes[at + 1] == JpegShape.StartOfScan;
            at += 2 + length;
            if (isScan)
                at = JpegShape.NextMarker(bytes, at);
        }

        return at + 2 == bytes.Length && bytes[at] == 0xFF && bytes[at + 1] == JpegShape.EndOfImage;
    }

    public static bool IsPng(ReadOnlySpan<byte> bytes)
    {
        var at = PngHead;
        while (at + PngPart <= bytes.Length)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            if (length > bytes.Length - at - PngPart || !MayStand(bytes.Slice(at + 4, 4), bytes.Slice(at + 8, (int)length)))
                return false;

            var isEnd = bytes.Slice(at + 4, 4).SequenceEqual("IEND"u8);
            at += PngPart + (int)length;
            if (isEnd)
                return at == bytes.Length;
        }

        return false;
    }

    private static bool MayStand(byte marker, ReadOnlySpan<byte> content) => marker switch
    {
        // Tables, and where a scan begins again.
        0xDB or 0xC4 or 0xDD or JpegShape.StartOfScan => true,
        // Eight bits, in grey or three colours.
        0xC0 or 0xC1 or 0xC2 => content is [8, _, _, _, _, 1 or 3, ..],
        0xE0 => content.Length == 14 && content.StartsWith("JFIF\0"u8),
        _ => false,
    };

    private static bool MayStand(ReadOnlySpan<byte> name, ReadOnlySpan<byte> content)
    {
        // No more than eight bits, and none of them for what shows through.
        if (name.SequenceEqual("IHDR"u8))
            return content.Length == 13 && content[8] <= 8 && content[9] is 0 or 2 or 3;

        if (name.SequenceEqual("gAMA"u8))
            return content.Length == 4 && BinaryPrimitives.ReadUInt32BigEndian(content) == ScreenGamma;

        return name.SequenceEqual("PLTE"u8) || name.SequenceEqual("IDAT"u8) || name.SequenceEqual("IEND"u8) || name.SequenceEqual("sRGB"u8)
            || name.SequenceEqual("cHRM"u8) || name.SequenceEqual("pHYs"u8);
    }
}
