using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using ImageMagick;

namespace ChatOpsCampaigns.Bot.Tests.Chat;

/// <summary>Small files that unfold to much.</summary>
internal static class Bombs
{
    public static (string Name, byte[] Bytes)[] All() =>
        [("plain.png", Png(50_000)), ("wide.webp", Webp(6000)), ("many.gif", Gif(10_000)), ("lying.heic", Sample("lying.heic"))];

    /// <summary>Black, and whole: a decoder that begins would find all its lines.</summary>
    private static byte[] Png(int side)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var line = new byte[1 + (side / 8)];
            for (var row = 0; row < side; row++)
                zip.Write(line);
        }

        byte[] head = [.. Number(side), .. Number(side), 1, 0, 0, 0, 0];
        return [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', .. Part("IHDR"u8, head), .. Part("IDAT"u8, packed.ToArray()), .. Part("IEND"u8, [])];
    }

    private static byte[] Webp(uint side)
    {
        using var image = new MagickImage(MagickColors.SeaGreen, side, side);
        image.Settings.SetDefine(MagickFormat.WebP, "lossless", "true");
        return image.ToByteArray(MagickFormat.WebP);
    }

    /// <summary>One picture of a million pixels so many times.</summary>
    private static byte[] Gif(int frames)
    {
        using var image = new MagickImage(MagickColors.SeaGreen, 1000, 1000);
        var one = image.ToByteArray(MagickFormat.Gif);
        var picture = one.AsSpan().LastIndexOf<byte>([0x2C, 0, 0, 0, 0, 0xE8, 3, 0xE8, 3]);
        byte[] frame = [0x21, 0xF9, 4, 0, 5, 0, 0, 0, .. one[picture..^1]];
        return [.. one[..picture], .. Enumerable.Repeat(frame, frames).SelectMany(bytes => bytes), 0x3B];
    }

    private static byte[] Sample(string name, [CallerFilePath] string here = "") =>
        File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "Adapters.Tests", "Media", "Samples", name));

    private static byte[] Part(ReadOnlySpan<byte> name, byte[] content)
    {
        byte[] named = [.. name, .. content];
        return [.. Number(content.Length), .. named, .. Number((int)Checksum(named))];
    }

    /// <summary>CRC-32, as every part of a PNG ends with it.</summary>
    private static uint Checksum(byte[] bytes)
    {
        var sum = uint.MaxValue;
        foreach (var one in bytes)
        {
            sum ^= one;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ 0xEDB88320;
        }

        return ~sum;
    }

    private static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
