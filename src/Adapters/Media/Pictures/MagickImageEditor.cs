using System.Collections.Immutable;
using System.Globalization;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;
using ImageMagick;

namespace ChatOpsCampaigns.Adapters.Media.Pictures;

/// <summary>Reads and changes pictures with ImageMagick. Pixels only: which slot and which fit is decided elsewhere.</summary>
internal sealed class MagickImageEditor(IMediaStore media)
{
    public const int ThumbnailSide = 320;
    private const uint ThumbnailQuality = 80;

    /// <summary>Tried in turn until the result is small enough for the slot.</summary>
    private static readonly ImmutableArray<uint> Qualities = [85, 75, 65, 55, 45];

    public async Task<Inspection> InspectAsync(Digest file, string fileName, MediaFormat format, CancellationToken cancellationToken)
    {
        var bytes = await BytesAsync(file, cancellationToken);
        try
        {
            var (size, lasts, thumbnail) = await Task.Run(() => Look(bytes, fileName, format), cancellationToken);
            var kept = await KeepAsync(thumbnail, cancellationToken);
            return new Inspection.Usable(new SourceCreative(file, fileName, CreativeKind.Image, format, size, bytes.Length, lasts, HasSound: false, kept));
        }
        catch (CreativeException refusal)
        {
            return new Inspection.Refused(refusal.Message);
        }
    }

    public async Task<PreparedCreative> PrepareAsync(SourceCreative creative, CreativeSlot slot, Fit fit, CancellationToken cancellationToken)
    {
        var bytes = await BytesAsync(creative.File, cancellationToken);
        var framing = Framing.Of(creative.Size, slot, fit);
        var (picture, thumbnail, done) = await Task.Run(() => Make(bytes, creative, slot, fit, framing), cancellationToken);
        return new PreparedCreative(
            creative.File, await KeepAsync(picture, cancellationToken), await KeepAsync(thumbnail, cancellationToken), CreativeKind.Image,
            SlotPlan.ResultOf(slot), slot.Name, framing.Canvas, picture.Length, null,
            [$"{Measures.Words(bytes.Length)} → {Measures.Words(picture.Length)}", .. SlotPlan.Of(creative with { Fit = fit }, slot).Changes, .. done]);
    }

    private static (PixelSize Size, TimeSpan? Lasts, byte[] Thumbnail) Look(byte[] bytes, string fileName, MediaFormat format)
    {
        var (image, factor) = Read(bytes, fileName, format);
        using (image)
        {
            image.AutoOrient();
            return (new PixelSize((int)Math.Round(image.Width * factor), (int)Math.Round(image.Height * factor)), LengthOf(bytes, format), Thumbnail(image));
        }
    }

    private static (byte[] Picture, byte[] Thumbnail, ImmutableArray<string> Done) Make(
        byte[] bytes, SourceCreative creative, CreativeSlot slot, Fit fit, Framing framing)
    {
        using var image = Read(bytes, creative.FileName, creative.Format).Image;
        var done = Clean(image);
        Reshape(image, fit, framing.Canvas);
        image.Strip();
        return (Encode(image, creative.FileName, slot), Thumbnail(image), done);
    }

    /// <returns>The picture, and how many times wider and higher the file's is.</returns>
    private static (MagickImage Image, double Factor) Read(byte[] bytes, string fileName, MediaFormat format)
    {
        MagickGuard.Arm();
        var settings = new MagickReadSettings { Format = FormatOf(format), FrameIndex = 0, FrameCount = 1 };
        var image = new MagickImage();
        try
        {
            var head = new MagickImageInfo(bytes, settings);
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

    private static byte[] Encode(MagickImage image, string fileName, CreativeSlot slot)
    {
        if (SlotPlan.ResultOf(slot) != MediaFormat.Jpeg)
            return image.ToByteArray(MagickFormat.Png) is var png && png.Length <= slot.MaxBytes ? png : throw TooHeavy(fileName, slot);

        image.Settings.Interlace = Interlace.Plane;
        foreach (var quality in Qualities)
        {
            image.Quality = quality;
            if (image.ToByteArray(MagickFormat.Jpeg) is var jpeg && jpeg.Length <= slot.MaxBytes)
                return jpeg;
        }

        throw TooHeavy(fileName, slot);
    }

    private static CreativeException TooHeavy(string fileName, CreativeSlot slot) =>
        new($"{fileName} cannot be brought below the {Measures.Words(slot.MaxBytes)} of {slot.Name} without spoiling it. Send a calmer or smaller picture.");

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

    private async Task<byte[]> BytesAsync(Digest file, CancellationToken cancellationToken)
    {
        await using var stream = await media.OpenAsync(file, cancellationToken);
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    private Task<Digest> KeepAsync(byte[] bytes, CancellationToken cancellationToken) => media.KeepAsync(new MemoryStream(bytes), cancellationToken);
}
