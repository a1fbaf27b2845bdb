using System.Text;
using ChatOpsCampaigns.Adapters.AdNetworks;
using ChatOpsCampaigns.Adapters.Media;
using ChatOpsCampaigns.Adapters.Media.Films;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;
using ImageMagick;

namespace ChatOpsCampaigns.Adapters.Tests.Media;

/// <summary>Real files through the real editors.</summary>
public sealed class CreativeEditorTests : IDisposable
{
    private readonly MediaBench _bench = new();
    private readonly CreativeProcessor _processor;

    public CreativeEditorTests() => _processor = _bench.Processor;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static NetworkProfile Meta => MediaBench.Network("Meta");

    public void Dispose() => _bench.Dispose();

    [Proves(23, 24)]
    [Theory]
    [InlineData(MagickFormat.Jpeg, MediaFormat.Jpeg)]
    [InlineData(MagickFormat.Png, MediaFormat.Png)]
    [InlineData(MagickFormat.WebP, MediaFormat.Webp)]
    [InlineData(MagickFormat.Gif, MediaFormat.Gif)]
    public async Task A_picture_is_known_by_its_content_whatever_it_is_called(MagickFormat written, MediaFormat known)
    {
        var creative = await _bench.UsableAsync(Picture(1200, 900, written), "holiday.mp4");

        (creative.Format, creative.Kind, creative.Size).ShouldBe((known, CreativeKind.Image, new PixelSize(1200, 900)));
        creative.Thumbnail.ShouldNotBeNull();
    }

    [Proves(69)]
    [Fact]
    public async Task A_wide_picture_is_padded_or_cropped_and_never_distorted()
    {
        using var circle = new MagickImage(MagickColors.White, 2400, 1200);
        circle.Settings.FillColor = MagickColors.Black;
        circle.Draw(new ImageMagick.Drawing.DrawableCircle(1200, 600, 1200, 300));
        var creative = await _bench.UsableAsync(circle.ToByteArray(MagickFormat.Png), "circle.png");

        var prepared = (await _processor.PrepareAsync(creative, Meta, Cancel)).ShouldHaveSingleItem();

        using var made = new MagickImage(await _bench.BytesAsync(prepared.File));
        var dark = made.Clone();
        dark.Negate();
        dark.Threshold(new Percentage(50));
        var box = dark.BoundingBox.ShouldNotBeNull();
        ((double)box.Width / box.Height).ShouldBe(1.0, 0.03);
    }

    [Proves(79)]
    [Fact]
    public async Task Prepared_once_it_is_found_again()
    {
        var creative = await _bench.UsableAsync(Picture(2000, 2000, MagickFormat.Png), "square.png");

        var first = await _processor.PrepareAsync(creative, Meta, Cancel);
        var second = await _processor.PrepareAsync(creative, Meta, Cancel);

        second.Single().File.ShouldBe(first.Single().File);
    }

    [Proves(81)]
    [Fact]
    public async Task What_was_made_of_a_file_is_kept_with_everything_that_describes_it()
    {
        var creative = await _bench.UsableAsync(Picture(2000, 2000, MagickFormat.Png), "square.png");

        var made = await _bench.PreparedAsync(creative, Meta);

        var kept = await new FilePreparedStore(_bench.Folder).FindAsync(creative.File, SlotPlan.Best(creative, Meta)!.Recipe, Cancel);
        kept.ShouldNotBeNull().ShouldBe(made with { Changes = kept.Changes });
        kept.Changes.ShouldBe(made.Changes);
        (kept.Source, kept.Kind, kept.Format, kept.Slot, kept.Duration).ShouldBe((creative.File, CreativeKind.Image, MediaFormat.Jpeg, "Feed 1:1", null));
        kept.Bytes.ShouldBe((await _bench.BytesAsync(kept.File)).Length);
        using var picture = await _bench.PictureAsync(kept.File);
        kept.Size.ShouldBe(new PixelSize((int)picture.Width, (int)picture.Height));
        (await _bench.Media.HasAsync(kept.Thumbnail, Cancel)).ShouldBeTrue();
    }

    [Proves(71)]
    [Fact]
    public async Task Every_picture_and_film_has_a_small_picture_and_so_has_what_is_made_of_it()
    {
        MediaBench.NeedsFfmpeg();
        var film = _bench.Film("clip.mp4", "-f", "lavfi", "-i", "testsrc=size=1280x720:rate=10:duration=2", "-pix_fmt", "yuv420p");
        foreach (var creative in (SourceCreative[])[await _bench.UsableAsync(Picture(2000, 1000, MagickFormat.Png), "wide.png"), await _bench.UsableAsync(film, "clip.mp4")])
        {
            foreach (var file in (Digest[])[creative.Thumbnail.ShouldNotBeNull(), (await _bench.PreparedAsync(creative, Meta)).Thumbnail])
            {
                using var small = await _bench.PictureAsync(file);
                Math.Max(small.Width, small.Height).ShouldBeInRange(16u, 640u);
            }
        }
    }

    public static TheoryData<string, CreativeKind, string> EveryPlace()
    {
        var places = new TheoryData<string, CreativeKind, string>();
        foreach (var profile in AdNetworkCatalog.Profiles)
        {
            foreach (var slot in profile.Slots.Where(slot => slot.Kind is CreativeKind.Image or CreativeKind.Video))
                places.Add(profile.Name.Value, slot.Kind, slot.Name);
        }

        return places;
    }

    [Proves(25)]
    [Theory, MemberData(nameof(EveryPlace))]
    public void A_file_of_the_size_of_its_place_fits_and_one_that_is_too_small_is_told_the_size_that_is_needed(string network, CreativeKind kind, string place)
    {
        var slot = MediaBench.Network(network).Slots.Single(slot => slot.Kind == kind && slot.Name == place);
        var right = new SourceCreative(Digest.Of("x"), "x", slot.Kind, SlotPlan.ResultOf(slot), slot.Target, 1000, slot.MaxDuration, true, null);

        CreativeProcessor.Judge(right, MediaBench.Network(network)).ShouldHaveSingleItem().Kind.ShouldBe(FindingKind.Fits);
        var small = SlotPlan.Of(right with { Size = new PixelSize((slot.Minimum.Width / 2) - 2, (slot.Minimum.Height / 2) - 2) }, slot);

        small.IsPossible.ShouldBeFalse();
        small.Problems.ShouldContain(problem => problem.Contains($"{slot.Name} needs at least {slot.Minimum}", StringComparison.Ordinal));
    }

    [Proves(68)]
    [Fact]
    public async Task Twenty_at_once_keep_their_own_pictures()
    {
        var creatives = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => _bench.UsableAsync(Picture(1200, 1200, MagickFormat.Png, (byte)(number * 12)), $"{number}.png")));

        var prepared = await Task.WhenAll(creatives.Select(creative => _processor.PrepareAsync(creative, Meta, Cancel)));

        for (var number = 0; number < creatives.Length; number++)
        {
            var made = prepared[number].Single();
            made.Source.ShouldBe(creatives[number].File);
            using var picture = new MagickImage(await _bench.BytesAsync(made.File));
            using var pixels = picture.GetPixels();
            ((double)pixels.GetPixel(100, 100).ToColor()!.R).ShouldBe(number * 12, 6.0);
        }
    }

    public static TheoryData<string, byte[]> Unusable() => new()
    {
        { "empty.png", [] },
        { "noise.jpg", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16] },
        { "drawing.jpg", Encoding.UTF8.GetBytes("<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>") },
        { "paper.png", Encoding.UTF8.GetBytes("%PDF-1.4\n%%EOF") },
        { "list.mp4", Encoding.UTF8.GetBytes("#EXTM3U\nhttp://127.0.0.1:1/secret.ts\n") },
        { "cut.png", Picture(900, 900, MagickFormat.Png)[..200] },
        { "broken.mp4", [0, 0, 0, 24, .. "ftypisom"u8, 0, 0, 2, 0, .. "isomiso2"u8, 1, 2, 3, 4] },
    };

    [Theory, MemberData(nameof(Unusable))]
    public async Task What_cannot_be_used_is_refused_with_a_sentence_about_it(string name, byte[] bytes)
    {
        var refused = (await _processor.InspectAsync(await _bench.KeepAsync(bytes), name, Cancel)).ShouldBeOfType<Inspection.Refused>();

        refused.Says.ShouldContain(name);
        refused.Says.Length.ShouldBeGreaterThan(name.Length + 15);
    }

    [Fact]
    public async Task Without_ffmpeg_pictures_work_and_a_film_says_what_to_install()
    {
        var nothing = Directory.CreateDirectory(Path.Combine(_bench.Folder.Path, "nothing")).FullName;
        var editor = _bench.Editor(new FfmpegProgram(nothing, TimeProvider.System));

        var film = await editor.InspectAsync(await _bench.KeepAsync([0, 0, 0, 24, .. "ftypqt  "u8, 0, 0, 2, 0, .. "qt  "u8]), "clip.mov", Cancel);
        var picture = await editor.InspectAsync(await _bench.KeepAsync(Picture(900, 900, MagickFormat.Png)), "a.png", Cancel);

        film.ShouldBeOfType<Inspection.Refused>().Says.ShouldContain("ffmpeg");
        picture.ShouldBeOfType<Inspection.Usable>();
    }

    public static TheoryData<string, CreativeKind> EveryNetworkAndKind()
    {
        var cases = new TheoryData<string, CreativeKind>();
        foreach (var profile in AdNetworkCatalog.Profiles)
        {
            foreach (var kind in Enum.GetValues<CreativeKind>())
                cases.Add(profile.Name.Value, kind);
        }

        return cases;
    }

    [Theory, MemberData(nameof(EveryNetworkAndKind))]
    public void Every_kind_has_a_verdict_at_every_network(string network, CreativeKind kind)
    {
        var creative = new SourceCreative(Digest.Of("x"), "x", kind, MediaFormat.Unknown, new PixelSize(1080, 1080), 1000, TimeSpan.FromSeconds(15), true, null);

        var findings = CreativeProcessor.Judge(creative, AdNetworkCatalog.Profiles.First(profile => profile.Name.Value == network));

        findings.ShouldNotBeEmpty();
        findings.ShouldAllBe(finding => finding.Says.Length > 5);
    }

    private static byte[] Picture(uint width, uint height, MagickFormat format, byte red = 90)
    {
        using var picture = new MagickImage(new MagickColor(red, 120, 60), width, height);
        return picture.ToByteArray(format);
    }
}
