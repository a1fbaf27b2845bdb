using ChatOpsCampaigns.Adapters.Media.Pictures;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Creatives;
using ImageMagick;

namespace ChatOpsCampaigns.Adapters.Tests.Media;

/// <summary>Pictures as phones, cameras and strangers make them, through the real editor.</summary>
public sealed class PictureTests : IDisposable
{
    private const string Upright = "red green blue white";

    private readonly MediaBench _bench = new();

    private static NetworkProfile Meta => MediaBench.Network("Meta");

    public void Dispose() => _bench.Dispose();

    [Proves(24, 72)]
    [Fact]
    public async Task A_HEIC_becomes_a_JPG()
    {
        var creative = await _bench.UsableAsync(MediaBench.Sample("quarters.heic"), "quarters.heic");
        (creative.Format, creative.Size).ShouldBe((MediaFormat.Heic, new PixelSize(640, 800)));

        var prepared = await _bench.PreparedAsync(creative, Meta);

        using var picture = await _bench.PictureAsync(prepared.File);
        (picture.Format, prepared.Format).ShouldBe((MagickFormat.Jpeg, MediaFormat.Jpeg));
        MediaBench.Corners(picture).ShouldBe(Upright);
        prepared.Changes[0].ShouldBe($"1 KB → {Measures.Words(prepared.Bytes)}");
        prepared.Changes.ShouldContain("HEIC → JPG");
    }

    [Fact]
    public async Task A_phone_s_HEIC_is_turned_once_and_loses_its_place()
    {
        var creative = await _bench.UsableAsync(MediaBench.Sample("phone.heic"), "phone.heic");
        creative.Size.ShouldBe(new PixelSize(640, 800));

        using var picture = await _bench.PictureAsync((await _bench.PreparedAsync(creative, Meta)).File);

        MediaBench.Corners(picture).ShouldBe(Upright);
        picture.ProfileNames.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2, Traits = ["Length", "Long"])]
    [InlineData(3)]
    [InlineData(4, Traits = ["Length", "Long"])]
    [InlineData(5, Traits = ["Length", "Long"])]
    [InlineData(6)]
    [InlineData(7, Traits = ["Length", "Long"])]
    [InlineData(8, Traits = ["Length", "Long"])]
    public async Task A_camera_s_picture_is_turned_upright_and_stripped(ushort orientation)
    {
        var creative = await _bench.UsableAsync(Turned(orientation), "camera.jpg");
        creative.Size.ShouldBe(new PixelSize(800, 1000));

        var prepared = await _bench.PreparedAsync(creative, Meta);

        using var picture = await _bench.PictureAsync(prepared.File);
        MediaBench.Corners(picture).ShouldBe(Upright);
        picture.ProfileNames.ShouldBeEmpty();
        picture.Orientation.ShouldBe(Orientation.Undefined);
        using var thumbnail = await _bench.PictureAsync(prepared.Thumbnail);
        MediaBench.Corners(thumbnail).ShouldBe(Upright);
        thumbnail.ProfileNames.ShouldBeEmpty();
    }

    [Proves(70)]
    [Theory]
    [InlineData(30_000_000, true)]
    [InlineData(400_000, true)]
    [InlineData(20_000, false)]
    public async Task A_picture_is_compressed_until_it_is_small_enough_or_refused(long limit, bool fits)
    {
        var creative = await _bench.UsableAsync(Noise(1080, 1080), "noise.png");
        var profile = Meta with { Slots = [Meta.Slots[0] with { MaxBytes = limit }] };

        if (!fits)
        {
            var refused = await Should.ThrowAsync<CreativeException>(() => _bench.PreparedAsync(creative, profile));
            refused.Message.ShouldBe("noise.png cannot be brought below the 20 KB of Feed 1:1 without spoiling it. Send a calmer or smaller picture.");
            return;
        }

        var prepared = await _bench.PreparedAsync(creative, profile);
        prepared.Bytes.ShouldBeLessThanOrEqualTo(limit);
        (await _bench.BytesAsync(prepared.File)).LongLength.ShouldBe(prepared.Bytes);
    }

    [Proves(69)]
    [Theory]
    [InlineData(Fit.Crop)]
    [InlineData(Fit.Pad, Traits = ["Length", "Long"])]
    [InlineData(Fit.Inside, Traits = ["Length", "Long"])]
    public async Task In_every_shape_that_is_chosen_a_circle_stays_a_circle(Fit fit)
    {
        using var drawn = new MagickImage(MagickColors.White, 2000, 1400);
        drawn.Settings.FillColor = MagickColors.Black;
        drawn.Draw(new ImageMagick.Drawing.DrawableCircle(1000, 700, 1000, 1000));
        var creative = await _bench.UsableAsync(drawn.ToByteArray(MagickFormat.Png), "circle.png") with { Fit = fit };
        var profile = Meta with { Slots = [Meta.Slots[0]] };

        using var picture = await _bench.PictureAsync((await _bench.PreparedAsync(creative, profile)).File);

        picture.Negate();
        picture.Threshold(new Percentage(50));
        var box = picture.BoundingBox.ShouldNotBeNull();
        ((double)box.Width / box.Height).ShouldBe(1.0, 0.02);
    }

    public static TheoryData<string, byte[]> Strange() => new()
    {
        { "cmyk.jpg", Converted(image => image.ColorSpace = ColorSpace.CMYK, MagickFormat.Jpeg) },
        { "gray.png", Converted(image => image.ColorSpace = ColorSpace.Gray, MagickFormat.Png) },
        { "palette.png", Converted(image => image.ColorType = ColorType.Palette, MagickFormat.Png) },
        { "clear.png", Converted(image => image.Evaluate(Channels.Alpha, EvaluateOperator.Set, 40), MagickFormat.Png) },
        { "profile.jpg", Converted(image => image.SetProfile(ColorProfiles.AdobeRGB1998), MagickFormat.Jpeg) },
        { "progressive.jpg", Converted(image => image.Settings.Interlace = Interlace.Plane, MagickFormat.Jpeg) },
        { "polyglot.jpg", [.. Converted(_ => { }, MagickFormat.Jpeg), .. "<script>alert(1)</script>"u8] },
        { "wrong.mp4", Converted(_ => { }, MagickFormat.WebP) },
    };

    [Theory, MemberData(nameof(Strange))]
    public async Task Whatever_it_was_a_plain_JPG_comes_out(string name, byte[] bytes)
    {
        var prepared = await _bench.PreparedAsync(await _bench.UsableAsync(bytes, name), Meta);

        using var picture = await _bench.PictureAsync(prepared.File);
        (picture.Format, picture.ColorSpace is ColorSpace.sRGB or ColorSpace.Gray, picture.HasAlpha, picture.Depth).ShouldBe((MagickFormat.Jpeg, true, false, 8u));
        picture.ProfileNames.ShouldBeEmpty();
        (await _bench.BytesAsync(prepared.File)).AsSpan().IndexOf("<script"u8).ShouldBe(-1);
    }

    [Fact]
    public async Task A_picture_of_sixteen_bits_is_taken()
    {
        MediaBench.NeedsFfmpeg();
        var deep = _bench.Film("deep.png", "-f", "lavfi", "-i", "testsrc=size=900x900:rate=1:duration=1", "-frames:v", "1", "-pix_fmt", "rgb48be");

        (await _bench.PreparedAsync(await _bench.UsableAsync(deep, "deep.png"), Meta)).Format.ShouldBe(MediaFormat.Jpeg);
    }

    [Fact]
    public async Task A_picture_of_one_pixel_is_refused_with_the_size_that_is_needed()
    {
        var creative = await _bench.UsableAsync(Converted(image => image.Resize(1, 1), MagickFormat.Png), "dot.png");

        CreativeProcessor.Judge(creative, Meta).ShouldAllBe(finding => finding.Kind == FindingKind.Refused && finding.Says.Contains("needs at least"));
        (await _bench.Processor.PrepareAsync(creative, Meta, TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_picture_that_only_claims_to_be_enormous_is_refused_before_it_is_unfolded()
    {
        var bomb = MediaBench.Claiming(Converted(_ => { }, MagickFormat.Png), 50_000);

        var refused = (await _bench.LookAsync(bomb, "bomb.png")).ShouldBeOfType<Inspection.Refused>();

        refused.Says.ShouldStartWith("bomb.png is larger than 16000 pixels");
    }

    [Theory]
    [InlineData(MagickFormat.Jpeg, MediaFormat.Jpeg)]
    [InlineData(MagickFormat.Png, MediaFormat.Png)]
    public async Task What_is_right_and_would_grow_is_kept_as_it_was_sent(MagickFormat written, MediaFormat kept)
    {
        var creative = await _bench.UsableAsync(Light(written), "light");

        var prepared = await _bench.PreparedAsync(creative, Meta);

        (prepared.File, prepared.Bytes, prepared.Format, prepared.Size).ShouldBe((creative.File, creative.Bytes, kept, creative.Size));
        prepared.Changes.ShouldBe([$"kept as it is, {Measures.Words(creative.Bytes)}"]);
        prepared.Thumbnail.ShouldNotBe(creative.File);
    }

    [Fact]
    public async Task What_holds_anything_beside_its_picture_is_made_anew_and_no_better_than_it_was()
    {
        using var image = new MagickImage(Light(MagickFormat.Jpeg)) { Quality = 30 };
        var exif = new ExifProfile();
        exif.SetValue(ExifTag.GPSLatitude, [new Rational(48), new Rational(8), new Rational(15)]);
        image.SetProfile(exif);
        var creative = await _bench.UsableAsync(image.ToByteArray(MagickFormat.Jpeg), "phone.jpg");

        var prepared = await _bench.PreparedAsync(creative, Meta);

        prepared.File.ShouldNotBe(creative.File);
        prepared.Bytes.ShouldBeLessThan(creative.Bytes * 11 / 10);
        using var picture = await _bench.PictureAsync(prepared.File);
        picture.ProfileNames.ShouldBeEmpty();
        picture.Quality.ShouldBe(30u);
    }

    public static TheoryData<string, byte[]> NotPlain()
    {
        var (jpeg, png) = (Light(MagickFormat.Jpeg), Light(MagickFormat.Png));
        return new()
        {
            { "behind.jpg", [.. jpeg, .. "<script>"u8] },
            { "comment.jpg", [.. jpeg[..2], 0xFF, 0xFE, 0, 6, .. "home"u8, .. jpeg[2..]] },
            { "behind.png", [.. png, .. "<script>"u8] },
            { "cmyk.jpg", Converted(image => image.ColorSpace = ColorSpace.CMYK, MagickFormat.Jpeg) },
            { "clear.png", Converted(image => { image.Alpha(AlphaAction.On); image.Evaluate(Channels.Alpha, EvaluateOperator.Set, 40); image.Strip(); }, MagickFormat.Png) },
            { "cut.jpg", jpeg[..^2] },
            { "cut.png", png[..^6] },
        };
    }

    [Theory, MemberData(nameof(NotPlain))]
    public void Only_a_picture_and_nothing_else_may_stay(string name, byte[] bytes) =>
        (name.EndsWith("jpg", StringComparison.Ordinal) ? PlainPicture.IsJpeg(bytes) : PlainPicture.IsPng(bytes)).ShouldBeFalse();

    [Fact]
    public async Task Of_an_animation_the_first_picture_is_taken_and_it_is_said()
    {
        using var frames = new MagickImageCollection { Plain(MagickColors.Red), Plain(MagickColors.Blue) };
        foreach (var frame in frames)
            frame.AnimationDelay = 50;

        var creative = await _bench.UsableAsync(frames.ToByteArray(MagickFormat.Gif), "moving.gif");
        var prepared = await _bench.PreparedAsync(creative, Meta);

        creative.Duration.ShouldBe(TimeSpan.FromSeconds(1));
        using var picture = await _bench.PictureAsync(prepared.File);
        MediaBench.Corners(picture).ShouldBe("red red red red");
        prepared.Changes.ShouldContain(change => change.StartsWith("only the first picture"));
    }

    /// <summary>Red and green above, blue and white below, stored so that a viewer has to turn it.</summary>
    private static byte[] Turned(ushort orientation)
    {
        using var image = Quarters();
        Action store = orientation switch
        {
            2 => image.Flop,
            3 => () => image.Rotate(180),
            4 => image.Flip,
            5 => image.Transpose,
            6 => () => image.Rotate(270),
            7 => image.Transverse,
            8 => () => image.Rotate(90),
            _ => () => { },
        };
        store();
        image.ResetPage();
        var exif = new ExifProfile();
        exif.SetValue(ExifTag.Orientation, orientation);
        exif.SetValue(ExifTag.GPSLatitude, [new Rational(48), new Rational(8), new Rational(15)]);
        image.SetProfile(exif);
        image.Orientation = (Orientation)orientation;
        image.Quality = 95;
        return image.ToByteArray(MagickFormat.Jpeg);
    }

    private static MagickImage Quarters()
    {
        var image = new MagickImage(MagickColors.White, 800, 1000);
        image.Composite(new MagickImage(MagickColors.Red, 400, 500), 0, 0, CompositeOperator.Copy);
        image.Composite(new MagickImage(MagickColors.Lime, 400, 500), 400, 0, CompositeOperator.Copy);
        image.Composite(new MagickImage(MagickColors.Blue, 400, 500), 0, 500, CompositeOperator.Copy);
        return image;
    }

    /// <summary>CRC-32, as every PNG chunk ends with it.</summary>
    private static MagickImage Plain(MagickColor colour) => new(colour, 700, 700);

    private static byte[] Converted(Action<MagickImage> change, MagickFormat format)
    {
        using var image = Quarters();
        change(image);
        return image.ToByteArray(format);
    }

    /// <summary>Square, of the size that is shown, with nothing beside its picture, and lighter than it would be made.</summary>
    private static byte[] Light(MagickFormat format)
    {
        using var image = new MagickImage(MagickColors.White, 1080, 1080) { Quality = 30 };
        image.Settings.FillColor = MagickColors.Black;
        image.Draw(new ImageMagick.Drawing.DrawableCircle(540, 540, 540, 200));
        image.Strip();
        image.Settings.SetDefine(MagickFormat.Png, "exclude-chunks", "date,time,text,bKGD");
        return image.ToByteArray(format);
    }

    /// <summary>The heaviest picture of its size.</summary>
    private static byte[] Noise(uint width, uint height)
    {
        var pixels = new byte[width * height * 3];
        new Random(20261124).NextBytes(pixels);
        using var image = new MagickImage();
        image.ReadPixels(pixels, new PixelReadSettings(width, height, StorageType.Char, PixelMapping.RGB));
        return image.ToByteArray(MagickFormat.Png);
    }
}
