using System.Globalization;
using ChatOpsCampaigns.Adapters.Media.Films;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Creatives;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.Media;

/// <summary>Films as phones, cutting programs and strangers make them, through the real ffmpeg.</summary>
public sealed class FilmTests : IDisposable
{
    private static readonly string[] Quick = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"];

    private readonly MediaBench _bench = new();

    public FilmTests() => MediaBench.NeedsFfmpeg();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static NetworkProfile Meta => MediaBench.Network("Meta");

    public void Dispose() => _bench.Dispose();

    [Proves(24, 73)]
    [Fact]
    public async Task A_MOV_becomes_an_MP4_of_H264_and_AAC_with_its_index_in_front()
    {
        var film = _bench.Film("clip.mov", [.. Source("testsrc=size=1280x720:rate=10:duration=2"), .. Tone(2), "-c:v", "mjpeg", "-c:a", "pcm_s16le"]);
        var creative = await _bench.UsableAsync(film, "clip.mov");
        (creative.Format, creative.HasSound).ShouldBe((MediaFormat.Mov, true));

        var prepared = await _bench.PreparedAsync(creative, Meta);

        prepared.Format.ShouldBe(MediaFormat.Mp4);
        _bench.Probe(prepared.File, "v:0", "codec_name").ShouldBe("h264");
        _bench.Probe(prepared.File, "a:0", "codec_name").ShouldBe("aac");
        var bytes = await _bench.BytesAsync(prepared.File);
        (bytes.AsSpan().IndexOf("moov"u8) < bytes.AsSpan().IndexOf("mdat"u8)).ShouldBeTrue("a player can begin before the file is there");
    }

    [Proves(74)]
    [Fact]
    [Trait("Length", "Long")]
    public async Task A_film_that_is_longer_than_its_place_is_trimmed_together_with_its_sound()
    {
        var film = _bench.Film("long.mp4", [.. Source("testsrc=size=960x540:rate=5:duration=34"), .. Tone(34), .. Quick, "-c:a", "aac"]);

        var prepared = await _bench.PreparedAsync(await _bench.UsableAsync(film, "long.mp4"), MediaBench.Network("Unity"));

        Seconds(_bench.Probe(prepared.File, "v:0", "duration")).ShouldBe(30, 0.25);
        Seconds(_bench.Probe(prepared.File, "a:0", "duration")).ShouldBe(30, 0.25);
        prepared.Duration!.Value.TotalSeconds.ShouldBeLessThanOrEqualTo(30.05);
        prepared.Changes.ShouldContain("trim 34 s → 30 s, with its sound");
    }

    [Fact]
    public async Task A_film_is_brought_below_the_heaviest_its_place_takes()
    {
        var film = _bench.Film("heavy.mp4", [.. Source("nullsrc=size=1280x720:rate=10:duration=3,geq=random(1)*255:128:128"), .. Quick, "-crf", "10"]);
        var creative = await _bench.UsableAsync(film, "heavy.mp4");
        creative.Bytes.ShouldBeGreaterThan(2_500_000);

        var prepared = await _bench.PreparedAsync(creative, Landscape(slot => slot with { MaxBytes = 1_000_000 }));

        prepared.Bytes.ShouldBeLessThanOrEqualTo(1_000_000);
        prepared.Changes[0].ShouldBe($"{Measures.Words(creative.Bytes)} → {Measures.Words(prepared.Bytes)}");
    }

    [Fact]
    public async Task A_film_that_is_right_and_would_grow_keeps_its_picture_and_sound_and_loses_what_else_it_tells()
    {
        var film = _bench.Film("light.mp4", [.. Source("testsrc2=size=1280x720:rate=10:duration=3"), .. Tone(3), "-c:v", "libx264", "-crf", "40", "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "48k", "-metadata", "comment=+48.1373+011.5755/"]);
        film.AsSpan().IndexOf("+48.1373"u8).ShouldBePositive();
        var creative = await _bench.UsableAsync(film, "light.mp4");

        var prepared = await _bench.PreparedAsync(creative, Landscape(slot => slot));

        prepared.Bytes.ShouldBeLessThanOrEqualTo(creative.Bytes);
        prepared.Changes.ShouldBe([$"picture and sound kept as they are, {Measures.Words(prepared.Bytes)}"]);
        var bytes = await _bench.BytesAsync(prepared.File);
        bytes.AsSpan().IndexOf("+48.1373"u8).ShouldBe(-1);
        (bytes.AsSpan().IndexOf("moov"u8) < bytes.AsSpan().IndexOf("mdat"u8)).ShouldBeTrue("a player can begin before the file is there");
        _bench.Probe(prepared.File, "v:0", "nb_frames").ShouldBe("30");
    }

    [Theory]
    [InlineData(90)]
    [InlineData(180, Traits = ["Length", "Long"])]
    [InlineData(270, Traits = ["Length", "Long"])]
    public async Task A_film_that_a_phone_took_lying_is_upright(int degrees)
    {
        // Stored turned back, so that the player's turn gives red and green above, blue and white below.
        var (stored, size, back) = degrees switch
        {
            90 => (new PixelSize(1280, 720), new PixelSize(720, 1280), "transpose=2"),
            180 => (new PixelSize(720, 1280), new PixelSize(720, 1280), "hflip,vflip"),
            _ => (new PixelSize(1280, 720), new PixelSize(720, 1280), "transpose=1"),
        };
        string Quarter(string colour) => $"color={colour}:size=360x640:rate=5:duration=2";
        var graph = $"{Quarter("red")}[a];{Quarter("lime")}[b];{Quarter("blue")}[c];{Quarter("white")}[d];[a][b]hstack[t];[c][d]hstack[u];[t][u]vstack,{back}";
        var film = Boxes.Turn(_bench.Film("lying.mov", ["-filter_complex", graph, .. Quick]), degrees);
        _bench.Probe(await _bench.KeepAsync(film), "v:0", "width,height").ShouldBe($"{stored.Width},{stored.Height}");

        var creative = await _bench.UsableAsync(film, "lying.mov");
        creative.Size.ShouldBe(size);
        var prepared = await _bench.PreparedAsync(creative, Meta);

        prepared.Size.ShouldBe(size);
        using var frame = await _bench.FrameAsync(prepared.File);
        MediaBench.Corners(frame).ShouldBe("red green blue white");
        using var thumbnail = await _bench.PictureAsync(prepared.Thumbnail);
        MediaBench.Corners(thumbnail).ShouldBe("red green blue white");
    }

    [Proves(75)]
    [Theory]
    [InlineData(Fit.Crop)]
    [InlineData(Fit.Pad, Traits = ["Length", "Long"])]
    [InlineData(Fit.Inside, Traits = ["Length", "Long"])]
    public async Task A_film_of_odd_size_comes_out_even_in_every_shape(Fit fit)
    {
        var film = _bench.Film("odd.mov", [.. Source("testsrc=size=1281x721:rate=5:duration=2"), "-c:v", "mjpeg", "-pix_fmt", "yuvj444p"]);

        var prepared = await _bench.PreparedAsync(await _bench.UsableAsync(film, "odd.mov") with { Fit = fit }, Meta);

        (prepared.Size.Width % 2, prepared.Size.Height % 2).ShouldBe((0, 0));
        _bench.Probe(prepared.File, "v:0", "sample_aspect_ratio").ShouldBe("1:1");
    }

    [Fact]
    public async Task A_film_without_sound_and_with_uneven_pace_is_taken()
    {
        var film = _bench.Film("uneven.mp4", [.. Source("testsrc=size=1280x720:rate=30:duration=3"), "-vf", "select='lt(mod(n,10),3)'", "-vsync", "vfr", .. Quick]);

        var creative = await _bench.UsableAsync(film, "uneven.mp4");
        var prepared = await _bench.PreparedAsync(creative, Meta);

        creative.HasSound.ShouldBeFalse();
        _bench.Probe(prepared.File, "a:0", "codec_name").ShouldBeEmpty();
        prepared.Duration!.Value.TotalSeconds.ShouldBe(creative.Duration!.Value.TotalSeconds, 0.2);
    }

    [Fact]
    public async Task A_film_of_ten_hours_has_its_verdict_from_its_index()
    {
        var film = _bench.Film("long.mp4", [.. Source("color=size=1280x720:rate=1/120:duration=36000"), .. Quick]);

        var creative = await _bench.UsableAsync(film, "long.mp4");

        creative.Duration!.Value.TotalHours.ShouldBe(10, 0.1);
        CreativeProcessor.Judge(creative, Meta).ShouldContain(finding => finding.Kind == FindingKind.Refused && finding.Says.Contains("runs 10 h 0 min, and more than half of it would be cut off"));
        CreativeProcessor.Judge(creative with { TrimAccepted = true }, Meta).ShouldContain(finding => finding.Says.Contains("trim 10 h 0 min → 4:00 min, with its sound"));
    }

    [Fact]
    public async Task A_film_of_4K_is_taken()
    {
        var film = _bench.Film("large.mp4", [.. Source("testsrc2=size=3840x2160:rate=10:duration=2"), .. Quick]);

        (await _bench.UsableAsync(film, "large.mp4")).Size.ShouldBe(new PixelSize(3840, 2160));
    }

    [Fact]
    [Trait("Length", "Long")]
    public async Task A_film_that_takes_more_than_256_MB_to_show_is_refused_and_says_why()
    {
        var film = _bench.Film("huge.mp4", [.. Source("testsrc2=size=7680x4320:rate=10:duration=1"), .. Quick, "-x264-params", "ref=16:bframes=0"]);

        (await _bench.LookAsync(film, "huge.mp4")).ShouldBeOfType<Inspection.Refused>().Says.ShouldStartWith("huge.mp4 takes more memory to show than one film may");
    }

    [Fact]
    public async Task A_look_that_keeps_the_processor_busy_is_ended_by_the_processor_s_time_whatever_the_clock_says()
    {
        var file = await _bench.KeepAsync(_bench.Film("busy.mp4", [.. Source("testsrc=size=720x720:rate=5:duration=2"), .. Quick]));
        var programs = ProgramsOf("while :; do :; done");

        var verdict = await _bench.Editor(new FfmpegProgram(programs, new FakeTimeProvider())).InspectAsync(file, "busy.mp4", Cancel);

        verdict.ShouldBeOfType<Inspection.Refused>().Says.ShouldContain("took too long");
    }

    [Fact]
    public async Task A_film_of_one_frame_is_refused_with_the_length_that_is_needed()
    {
        var creative = await _bench.UsableAsync(_bench.Film("blink.mp4", [.. Source("testsrc=size=1280x720:rate=10:duration=1"), "-frames:v", "1", .. Quick]), "blink.mp4");

        CreativeProcessor.Judge(creative, Meta).ShouldAllBe(finding => finding.Kind == FindingKind.Refused && finding.Says.Contains("needs at least 1 s"));
    }

    [Fact]
    public async Task A_film_that_points_to_another_file_shows_nothing_of_it()
    {
        var film = _bench.Film("whole.mov", [.. Source("testsrc=size=1280x720:rate=10:duration=2"), .. Quick]);
        var pointing = await _bench.KeepAsync(Boxes.PointTo(film, "/whole.mov"));
        File.WriteAllBytes(Path.Combine(Path.GetDirectoryName(_bench.Media.PathOf(pointing))!, "whole.mov"), film);

        var verdict = await _bench.Processor.InspectAsync(pointing, "pointing.mov", Cancel);

        verdict.ShouldBeOfType<Inspection.Refused>().Says.ShouldStartWith("pointing.mov");
    }

    [Proves(68)]
    [Fact]
    [Trait("Length", "Long")]
    public async Task Of_ten_at_once_one_that_hangs_is_given_up_and_the_others_are_done()
    {
        var machine = new FakeTimeProvider();
        var films = new List<byte[]>();
        for (var number = 0; number < 10; number++)
            films.Add(_bench.Film($"{number}.mp4", [.. Source($"testsrc=size=720x720:rate=5:duration={2 + (number / 10m)}"), .. Quick]));

        var files = await Task.WhenAll(films.Select(_bench.KeepAsync));
        var editor = _bench.Editor(new FfmpegProgram(HangingAt(files[0].Value), machine));
        var looks = files.Select((file, number) => editor.InspectAsync(file, $"{number}.mp4", Cancel)).ToList();

        var others = await Task.WhenAll(looks.Skip(1));
        machine.Advance(TimeSpan.FromSeconds(120));

        others.ShouldAllBe(verdict => verdict is Inspection.Usable);
        others.Cast<Inspection.Usable>().Select(usable => usable.Creative.File).ShouldBe(files.Skip(1));
        (await looks[0]).ShouldBeOfType<Inspection.Refused>().Says.ShouldContain("took too long");
    }

    private static NetworkProfile Landscape(Func<CreativeSlot, CreativeSlot> change) => Meta with { Slots = [change(Meta.Slots.First(slot => slot.Name.StartsWith("Landscape video", StringComparison.Ordinal)))] };

    private static string[] Source(string graph) => ["-f", "lavfi", "-i", graph];

    private static string[] Tone(int seconds) => ["-f", "lavfi", "-i", $"sine=duration={seconds}"];

    private static double Seconds(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>A folder with the two programs, of which ffprobe never ends at one file.</summary>
    private string HangingAt(string file) => ProgramsOf($"case \"$*\" in *{file}*) sleep 600 ;; *) exec ffprobe \"$@\" ;; esac");

    private string ProgramsOf(string ffprobe)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_bench.Folder.Path, "programs")).FullName;
        Write("ffprobe", ffprobe);
        Write("ffmpeg", "exec ffmpeg \"$@\"");
        return folder;

        void Write(string name, string line)
        {
            var path = Path.Combine(folder, name);
            File.WriteAllText(path, $"#!/bin/sh\n{line}\n");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
