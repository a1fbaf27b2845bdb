using System.Buffers.Binary;
using System.Text;

namespace ChatOpsCampaigns.Adapters.Tests.Media;

/// <summary>Changes the boxes of a MOV or MP4 whose index stands at the end, so that no offset moves.</summary>
internal static class Boxes
{
    /// <summary>Writes a turn clockwise into the track's head, as phones do.</summary>
    public static byte[] Turn(byte[] film, int degrees) => Change(film, ["moov", "trak", "tkhd"], head =>
    {
        var (cosine, sine) = degrees switch { 90 => (0, 1), 180 => (-1, 0), _ => (0, -1) };
        int[] matrix = [cosine << 16, sine << 16, 0, -sine << 16, cosine << 16, 0, 0, 0, 1 << 30];
        for (var cell = 0; cell < matrix.Length; cell++)
            BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(40 + (4 * cell)), matrix[cell]);

        return head;
    });

    /// <summary>Says that the track's bytes lie in another file, by an alias: a name beside this one.</summary>
    public static byte[] PointTo(byte[] film, string path)
    {
        var target = Encoding.UTF8.GetBytes(path);
        byte[] alias = [.. new byte[10], 4, .. "Disk"u8, .. new byte[23], .. new byte[12], 5, .. "whole"u8, .. new byte[58], .. new byte[16], 0, 1, 0, 1, .. new byte[16], 0, 2, .. Short(target.Length), .. target, .. new byte[target.Length % 2], 0xFF, 0xFF, 0, 0];
        byte[] entry = [.. Long(12 + alias.Length), .. "alis"u8, 0, 0, 0, 0, .. alias];
        return Change(film, ["moov", "trak", "mdia", "minf", "dinf", "dref"], _ => [0, 0, 0, 0, 0, 0, 0, 1, .. entry]);
    }

    private static byte[] Change(byte[] boxes, ReadOnlySpan<string> path, Func<byte[], byte[]> change)
    {
        var made = new List<byte>();
        var done = false;
        for (var at = 0; at + 8 <= boxes.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt32BigEndian(boxes.AsSpan(at));
            var name = Encoding.ASCII.GetString(boxes, at + 4, 4);
            var content = boxes[(at + 8)..(at + length)];
            if (name == path[0] && !done)
            {
                content = path.Length == 1 ? change(content) : Change(content, path[1..], change);
                done = true;
            }

            made.AddRange([.. Long(8 + content.Length), .. Encoding.ASCII.GetBytes(name), .. content]);
            at += length;
        }

        return done ? [.. made] : throw new InvalidOperationException($"There is no {path[0]} in this film.");
    }

    private static byte[] Long(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }

    private static byte[] Short(int number) => Long(number)[2..];
}
