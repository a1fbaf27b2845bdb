using ChatOpsCampaigns.Adapters.Media.Pictures;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Kit;
using ImageMagick;

namespace ChatOpsCampaigns.Adapters.Tests.Media;

[CollectionDefinition(nameof(MeasuresMemory), DisableParallelization = true)]
public sealed class MeasuresMemory;

/// <summary>Large pictures and such as unfold too far, by their real bytes. Alone, since the memory of the process is measured.</summary>
[Collection(nameof(MeasuresMemory))]
public sealed class PictureCostTests : IDisposable
{
    /// <summary>What the process that opens a picture takes for itself.</summary>
    private const long Program = 96L << 20;

    private readonly MediaBench _bench = new();

    public void Dispose() => _bench.Dispose();

    /// <summary>Name, format, width, height, whether it is stored in passes, and whether it is taken.</summary>
    public static TheoryData<string, MagickFormat, uint, uint, bool, bool> Large => new()
    {
        { "sixty-megapixels.jpg", MagickFormat.Jpeg, 7800, 7800, false, true },
        { "in-passes.jpg", MagickFormat.Jpeg, 5000, 4800, true, true },
        { "too-large-in-passes.jpg", MagickFormat.Jpeg, 7800, 7800, true, false },
        { "phone.webp", MagickFormat.WebP, 4500, 4400, false, true },
        { "bomb.webp", MagickFormat.WebP, 6000, 6000, false, false },
        { "large.png", MagickFormat.Png, 5600, 5600, false, true },
        { "bomb.png", MagickFormat.Png, 7900, 7900, false, false },
        { "bomb-in-passes.png", MagickFormat.Png, 5600, 5600, true, false },
        { "bomb.gif", MagickFormat.Gif, 7900, 7900, false, false },
    };

    [Theory, MemberData(nameof(Large))]
    [Trait("Length", "Long")]
    public async Task A_look_at_a_picture_takes_less_than_256_MB_or_it_is_refused(string name, MagickFormat format, uint width, uint height, bool inPasses, bool isTaken)
    {
        var file = await _bench.KeepAsync(Plain(format, width, height, inPasses));
        await using var memory = new PeakMemory(Environment.ProcessId);

        var look = await _bench.Processor.InspectAsync(file, name, TestContext.Current.CancellationToken);

        memory.Children.ShouldBe(1);
        memory.MostOfOneChild.ShouldBeInRange(1, PictureCost.Most + Program);
        if (isTaken)
            look.ShouldBeOfType<Inspection.Usable>((look as Inspection.Refused)?.Says).Creative.Size.ShouldBe(new PixelSize((int)width, (int)height));
        else
            look.ShouldBeOfType<Inspection.Refused>().Says.ShouldStartWith($"{name} has {width}×{height} pixels, and stored as it is it takes more memory");
    }

    [Theory]
    [InlineData("large.heic", true)]
    [InlineData("lying.heic", false)]
    public async Task A_HEIC_takes_no_more_than_any_other_picture_whatever_its_head_says(string name, bool isTaken)
    {
        var file = await _bench.KeepAsync(MediaBench.Sample(name));
        await using var memory = new PeakMemory(Environment.ProcessId);

        var look = await _bench.Processor.InspectAsync(file, name, TestContext.Current.CancellationToken);

        memory.MostOfOneChild.ShouldBeInRange(1, PictureCost.Most + Program);
        if (isTaken)
            look.ShouldBeOfType<Inspection.Usable>((look as Inspection.Refused)?.Says).Creative.Size.ShouldBe(new PixelSize(5600, 4800));
        else
            look.ShouldBeOfType<Inspection.Refused>().Says.ShouldStartWith("lying.heic has 1000×1000 pixels, and stored as it is it takes more memory");
    }

    [Fact]
    public async Task What_was_read_at_half_is_upright_and_prepared_like_any_other()
    {
        using var wide = new MagickImage(MagickColors.Red, 7600, 6000);
        var exif = new ExifProfile();
        exif.SetValue(ExifTag.Orientation, (ushort)Orientation.RightTop);
        wide.SetProfile(exif);
        wide.Orientation = Orientation.RightTop;
        var creative = await _bench.UsableAsync(wide.ToByteArray(MagickFormat.Jpeg), "turned.jpg");
        creative.Size.ShouldBe(new PixelSize(6000, 7600));

        using var picture = await _bench.PictureAsync((await _bench.PreparedAsync(creative, MediaBench.Network("Meta"))).File);
        MediaBench.Corners(picture).ShouldBe("red red red red");
    }

    [Fact]
    public async Task A_JPG_of_hundreds_of_passes_is_refused_before_it_is_read()
    {
        var plain = Plain(MagickFormat.Jpeg, 800, 800, inPasses: true);
        var last = plain.AsSpan().LastIndexOf<byte>([0xFF, 0xDA]);
        byte[] bomb = [.. plain[..^2], .. Enumerable.Repeat(plain[last..^2], 300).SelectMany(pass => pass), .. plain[^2..]];

        JpegShape.Of(plain).IsHeldWhole.ShouldBeTrue();
        (await _bench.LookAsync(bomb, "bomb.jpg")).ShouldBeOfType<Inspection.Refused>().Says.ShouldContain("has to be read in 31");
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void The_passes_of_a_JPG_are_counted_in_its_markers(bool inPasses, bool isHeldWhole)
    {
        var shape = JpegShape.Of(Plain(MagickFormat.Jpeg, 300, 300, inPasses));

        (shape.IsProgressive, shape.IsHeldWhole).ShouldBe((inPasses, isHeldWhole));
        shape.Scans.ShouldBeInRange(1, MagickGuard.MostScans);
    }

    private static byte[] Plain(MagickFormat format, uint width, uint height, bool inPasses)
    {
        using var image = new MagickImage(MagickColors.SeaGreen, width, height);
        if (inPasses)
            image.Settings.Interlace = Interlace.Plane;

        image.Settings.SetDefine(MagickFormat.WebP, "lossless", "true");
        return image.ToByteArray(format);
    }
}
