using System.Buffers.Binary;

namespace ChatOpsCampaigns.Adapters.Media.Pictures;

/// <summary>How a JPEG is stored, from its markers alone: nothing is decoded.</summary>
/// <param name="Scans">How often a decoder passes over the picture.</param>
/// <param name="IsProgressive">Each pass makes all of it a little sharper.</param>
internal readonly record struct JpegShape(int Scans, bool IsProgressive)
{
    public const byte StartOfScan = 0xDA;
    public const byte EndOfImage = 0xD9;

    /// <summary>All of it has to be held until the last pass; else it is read in strips, and smaller at once.</summary>
    public bool IsHeldWhole => IsProgressive || Scans > 1;

    public static JpegShape Of(ReadOnlySpan<byte> bytes)
    {
        var (at, scans, progressive) = (2, 0, false);
        while (at + 4 <= bytes.Length && bytes[at] == 0xFF && bytes[at + 1] != EndOfImage)
        {
            var marker = bytes[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }

            progressive |= marker is 0xC2 or 0xC6 or 0xCA or 0xCE;
            scans += marker == StartOfScan ? 1 : 0;
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            if (marker == StartOfScan)
                at = NextMarker(bytes, at);
        }

        return new JpegShape(scans, progressive);
    }

    /// <summary>Behind the coded data of a scan, in which FF 00 is data and FF D0 to D7 are marks for beginning again.</summary>
    public static int NextMarker(ReadOnlySpan<byte> bytes, int at)
    {
        while (at < bytes.Length && bytes[at..].IndexOf((byte)0xFF) is >= 0 and var found)
        {
            at += found;
            if (at + 1 < bytes.Length && bytes[at + 1] is not (0x00 or (>= 0xD0 and <= 0xD7)))
                return at;

            at += 2;
        }

        return bytes.Length;
    }
}
