using ChatOpsCampaigns.Automation.Creatives;
using ImageMagick;

namespace ChatOpsCampaigns.Adapters.Media.Pictures;

/// <summary>What it takes to look at a picture, worked out from its head before it is unfolded.</summary>
/// <param name="Bytes">At most, the file itself included.</param>
/// <param name="ReadsAtHalf">It is so large that it is read at half its width and height, which is many times what any ad shows.</param>
internal readonly record struct PictureCost(long Bytes, bool ReadsAtHalf)
{
    /// <summary>256 MB for one picture.</summary>
    public const long Most = 256L << 20;

    /// <summary>Each pixel as the editor holds it: four channels of a byte.</summary>
    private const int Unfolded = 4;

    public static PictureCost Of(IMagickImageInfo head, MediaFormat format, JpegShape jpeg, int fileBytes)
    {
        var pixels = (long)head.Width * head.Height;
        var whole = new PictureCost((pixels * BytesAPixel(head, format, jpeg)) + fileBytes, false);
        return whole.Bytes > Most && format == MediaFormat.Jpeg && !jpeg.IsHeldWhole ? new PictureCost((pixels * Unfolded / 2) + fileBytes, true) : whole;
    }

    /// <summary>What the decoder holds beside the picture, or turning it upright needs afterwards, whichever is more.</summary>
    private static int BytesAPixel(IMagickImageInfo head, MediaFormat format, JpegShape jpeg) => Unfolded + format switch
    {
        // Three colours of two bytes until the last pass.
        MediaFormat.Jpeg when jpeg.IsHeldWhole => 6,
        // Lossless: once as it is unpacked, once as it is handed over.
        MediaFormat.Webp => 2 * Unfolded,
        // Brightness and colour as filmed, and as shown.
        MediaFormat.Heic => 5,
        // All passes together, at one or two bytes a channel.
        MediaFormat.Png when head.Interlace is not (Interlace.NoInterlace or Interlace.Undefined) => 2 * Unfolded,
        _ => Unfolded,
    };
}
