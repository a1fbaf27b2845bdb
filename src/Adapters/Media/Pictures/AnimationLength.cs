using System.Buffers.Binary;

namespace ChatOpsCampaigns.Adapters.Media.Pictures;

/// <summary>Whether a picture moves and for how long, from its blocks alone: nothing is decoded.</summary>
internal static class AnimationLength
{
    private const int GifHeader = 13;
    private const int RiffHeader = 12;

    /// <summary>The time of all frames of a GIF; null when it has one.</summary>
    public static TimeSpan? OfGif(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < GifHeader)
            return null;

        var (at, frames, hundredths) = (GifHeader + ColourTable(bytes[10]), 0, 0);
        while (at < bytes.Length)
        {
            switch (bytes[at])
            {
                case 0x21 when at + 6 < bytes.Length && bytes[at + 1] == 0xF9:
                    hundredths += BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 4)..]);
                    at = SkipBlocks(bytes, at + 2);
                    break;
                case 0x21:
                    at = SkipBlocks(bytes, at + 2);
                    break;
                case 0x2C when at + 10 < bytes.Length:
                    frames++;
                    at = SkipBlocks(bytes, at + 11 + ColourTable(bytes[at + 9]));
                    break;
                default:
                    at = bytes.Length;
                    break;
            }
        }

        return frames > 1 ? TimeSpan.FromMilliseconds(10 * hundredths) : null;
    }

    /// <summary>The time of all frames of a WebP; null when it stands still.</summary>
    public static TimeSpan? OfWebp(ReadOnlySpan<byte> bytes)
    {
        var (at, frames, milliseconds) = ((long)RiffHeader, 0, 0L);
        while (at + 8 <= bytes.Length)
        {
            var chunk = bytes[(int)at..];
            if (chunk.StartsWith("ANMF"u8) && chunk.Length >= 24)
            {
                frames++;
                milliseconds += chunk[20] | (chunk[21] << 8) | (chunk[22] << 16);
            }

            var length = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            at += 8 + length + (length & 1);
        }

        return frames > 1 ? TimeSpan.FromMilliseconds(milliseconds) : null;
    }

    private static int ColourTable(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);

    private static int SkipBlocks(ReadOnlySpan<byte> bytes, int at)
    {
        while (at < bytes.Length && bytes[at] != 0)
            at += bytes[at] + 1;

        return at + 1;
    }
}
