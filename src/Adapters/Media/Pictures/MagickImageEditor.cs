using System.Collections.Immutable;
using System.Globalization;
using ChatOpsCampaigns.Automation.Creatives;
using ImageMagick;

namespace ChatOpsCampaigns.Adapters.Media.Pictures;

/// <summary>
/// Reads and changes pictures with ImageMagick. Pixels only: which slot and which fit is decided elsewhere. Called in the process that
/// <see cref="PictureProgram"/> starts, and nowhere else.
/// </summary>
internal static class MagickImageEditor
{
    public const int ThumbnailSide = 320;
    private const uint ThumbnailQuality = 80;

    /// <summary>Tried in turn until the result is small enough for the slot.</summary>
    private static readonly ImmutableArray<uint> Qualities = [85, 75, 65, 55, 45];

    public static PictureAnswer Look(PictureOrder order)
    {
        var bytes = File.ReadAllBytes(order.Path);
        var (image, factor) = Read(bytes, order.FileName, order.Format);
        using (image)
        {
            image.AutoOrient();
            Keep(order, PictureAnswer.Thumbnail, Thumbnail(image));
            return new PictureAnswer(
                null, new PixelSize((int)Math.Round(image.Width * factor), (int)Math.Round(image.Height * factor)), LengthOf(bytes, order.Format), false, []);
        }
    }

    public static PictureAnswer Make(PictureOrder order, PictureTarget target)
    {
        var bytes = File.ReadAllBytes(order.Path);
        var (image, factor) = Read(bytes, order.FileName, order.Format);
        using (image)
        {
            var mayStay = target.TakesOriginal && factor == 1 && IsPlain(bytes, order.Format) && bytes.LongLength <= target.MaxBytes
                && (image.Width, image.Height) == ((uint)target.Canvas.Width, (uint)target.Canvas.Height);
            var quality = order.Format == MediaFormat.Jpeg && image.Quality is > 0 and var given ? given : Qualities[0];
            var size = new PixelSize((int)image.Width, (int)image.Height);
            var done = Clean(image);
            Reshape(image, target.Fit, target.Canvas);
            image.Strip();
            var made = Encode(image, target, quality);
            var isOriginal = mayStay && (made is null || bytes.Length <= made.Length);
            if (!isOriginal)
                Keep(order, PictureAnswer.Picture, made ?? throw TooHeavy(order.FileName, target));

            Keep(order, PictureAnswer.Thumbnail, Thumbnail(image));
            return new PictureAnswer(null, size, null, isOriginal, isOriginal ? [] : done);
        }
    }

    private static void Keep(PictureOrder order, string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(order.Folder, name), bytes);

    private static bool IsPlain(byte[] bytes, MediaFormat format) => format switch
    {
        MediaFormat.Jpeg => PlainPicture.IsJpeg(bytes),
        MediaFormat.Png => PlainPicture.IsPng(bytes),
        _ => false,
    };

    /// <returns>The picture, and how many times wider and higher the file's is.</returns>
    private static (MagickImage Image, double Factor) Read(byte[] bytes, string fileName, MediaFormat format)
    {
        MagickGuard.Arm();
        var settings = new MagickReadSettings { Format = FormatOf(format), FrameIndex = 0, FrameCount = 1 };
        var image = new MagickImage();
        MagickImageInfo? head = null;
        try
        {
            head = new MagickImageInfo(bytes, settings);
            if (head.Width > MagickGuard.LongestSide || head.Height > MagickGuard.LongestSide || (long)head.Width * head.Height > MagickGuard.MostMegapixels * 1_000_000L)
                throw new CreativeException(Refusals.TooLarge(fileName));

            var jpeg = format == MediaFormat.Jpeg ? JpegShape.Of(bytes) : default;
            if (jpeg.Scans > MagickGuard.MostScans)
                throw new CreativeException(Refusals.TooManyPasses(fileName, jpeg.Scans));

            var cost = PictureCost.Of(head, format, jpeg, bytes.Length);
            if (cost.Bytes > PictureCost.Most)
                throw new CreativeException(Refusals.TooMuchToUnfold(fileName, head.Width, head.Height));

            if (cost.ReadsAtHalf)
                settings.SetDefine(MagickFormat.Jpeg, "size", string.Create(CultureInfo.InvariantCulture, $"{(head.Width + 1) / 2}x{(head.Height + 1) / 2}"));

            // A picture that is cut off decodes with a warning alone.
            var isCut = false;
            image.Warning += (_, warned) => isCut |= warned.Exception is MagickCorruptImageWarningException;
            image.Read(bytes, settings);
            return isCut ? throw new CreativeException(Refusals.DamagedPicture(fileName, format)) : (image, (double)head.Width / image.Width);
        }
        catch (Exception fault)
        {
            image.Dispose();
            throw fault switch
            {
                CreativeException => fault,
                MagickException magick when RanOut(magick) && head is not null => new CreativeException(Refusals.TooMuchToUnfold(fileName, head.Width, head.Height), fault),
                MagickResourceLimitErrorException => new CreativeException(Refusals.TooLarge(fileName), fault),
                MagickException magick when Exceeds(magick) => new CreativeException(Refusals.TooLarge(fileName), fault),
                MagickException => new CreativeException(Refusals.DamagedPicture(fileName, format), fault),
                _ => fault,
            };
        }
    }

    /// <summary>Decoders refuse what is too large in words of their own, some of them only in a warning beside the fault.</summary>
    private static bool Exceeds(MagickException fault) =>
        fault.RelatedExceptions.Append(fault).Any(one => one.Message.Contains("exceeds", StringComparison.OrdinalIgnoreCase));

    /// <summary>The process may have no more memory.</summary>
    private static bool RanOut(MagickException fault) =>
        fault.RelatedExceptions.Append(fault).Any(one => one.Message.Contains("memory", StringComparison.OrdinalIgnoreCase) || one.Message.Contains("exhausted", StringComparison.OrdinalIgnoreCase));

    /// <summary>Turned upright, in screen colours, without transparency; what of it was needed, in words.</summary>
    private static ImmutableArray<string> Clean(MagickImage image)
    {
        var done = ImmutableArray.CreateBuilder<string>();
        if (image.Orientation is not (Orientation.Undefined or Orientation.TopLeft))
            done.Add("turned upright");

        if (image.GetExifProfile() is not null)
            done.Add("camera and place data removed");

        image.AutoOrient();
        if (image.GetColorProfile() is not null)
            image.TransformColorSpace(ColorProfiles.SRGB);

        if (image.ColorSpace != ColorSpace.sRGB)
            image.ColorSpace = ColorSpace.sRGB;

        if (image.HasAlpha)
        {
            if (!image.IsOpaque)
                done.Add("transparent parts made white");

            image.BackgroundColor = MagickColors.White;
            image.Alpha(AlphaAction.Remove);
        }

        return done.ToImmutable();
    }

    private static void Reshape(MagickImage image, Fit fit, PixelSize canvas)
    {
        var (width, height) = ((uint)canvas.Width, (uint)canvas.Height);
        image.FilterType = FilterType.Lanczos;
        image.Resize(new MagickGeometry(width, height) { FillArea = fit == Fit.Crop });
        image.Extent(width, height, Gravity.Center, MagickColors.White);
        image.ResetPage();
    }

    /// <summary>Null when it cannot be made light enough. A JPG that was sent with less is not written with more.</summary>
    private static byte[]? Encode(MagickImage image, PictureTarget target, uint given)
    {
        if (target.Result != MediaFormat.Jpeg)
            return image.ToByteArray(MagickFormat.Png) is var png && png.Length <= target.MaxBytes ? png : null;

        image.Settings.Interlace = Interlace.Plane;
        var best = Math.Min(given, Qualities[0]);
        foreach (var quality in Qualities.Where(one => one < best).Prepend(best))
        {
            image.Quality = quality;
            if (image.ToByteArray(MagickFormat.Jpeg) is var jpeg && jpeg.Length <= target.MaxBytes)
                return jpeg;
        }

        return null;
    }

    private static CreativeException TooHeavy(string fileName, PictureTarget target) =>
        new($"{fileName} cannot be brought below the {Measures.Words(target.MaxBytes)} of {target.Slot} without spoiling it. Send a calmer or smaller picture.");

    private static byte[] Thumbnail(MagickImage image)
    {
        using var small = image.Clone();
        // Made small first: a clone shares the pixels until it is changed.
        small.Thumbnail(new MagickGeometry(ThumbnailSide, ThumbnailSide) { Greater = true });
        small.BackgroundColor = MagickColors.White;
        small.Alpha(AlphaAction.Remove);
        small.Strip();
        small.Quality = ThumbnailQuality;
        return small.ToByteArray(MagickFormat.Jpeg);
    }

    /// <summary>How long an animation runs; null for a picture that stands still.</summary>
    private static TimeSpan? LengthOf(byte[] bytes, MediaFormat format) => format switch
    {
        MediaFormat.Gif => AnimationLength.OfGif(bytes),
        MediaFormat.Webp => AnimationLength.OfWebp(bytes),
        _ => null,
    };

    private static MagickFormat FormatOf(MediaFormat format) => format switch
    {
        MediaFormat.Jpeg => MagickFormat.Jpeg,
        MediaFormat.Png => MagickFormat.Png,
        MediaFormat.Webp => MagickFormat.WebP,
        MediaFormat.Gif => MagickFormat.Gif,
        MediaFormat.Heic => MagickFormat.Heic,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Not a picture."),
    };
}
