using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using ChatOpsCampaigns.Adapters.AdNetworks;
using ChatOpsCampaigns.Adapters.Media;
using ChatOpsCampaigns.Adapters.Media.Films;
using ChatOpsCampaigns.Adapters.Media.Pictures;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using ImageMagick;

namespace ChatOpsCampaigns.Adapters.Tests.Media;

/// <summary>The real editors over a folder of their own, and what a test needs to make files and to look into what came out.</summary>
internal sealed class MediaBench : IDisposable
{
    public MediaBench()
    {
        Media = new FileMediaStore(Folder);
        Processor = new CreativeProcessor(Editor(new FfmpegProgram("", TimeProvider.System)), Media, new FilePreparedStore(Folder), new PreparationQueue());
    }

    public DataFolder Folder { get; } = new(Directory.CreateTempSubdirectory("media-").FullName);

    public FileMediaStore Media { get; }

    public CreativeProcessor Processor { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static NetworkProfile Network(string name) => AdNetworkCatalog.Profiles.First(profile => profile.Name.Value == name);

    public static void NeedsFfmpeg() => Assert.SkipUnless(File.Exists("/usr/bin/ffmpeg"), "ffmpeg is not installed; scripts/test.sh installs it.");

    public static byte[] Sample(string name, [CallerFilePath] string here = "") => File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(here)!, "Samples", name));

    public CreativeEditor Editor(FfmpegProgram ffmpeg) =>
        Editor(ffmpeg, new PictureProgram(PictureCommand.Of(BotProcess.Program), TimeProvider.System));

    public CreativeEditor Editor(PictureProgram pictures) => Editor(new FfmpegProgram("", TimeProvider.System), pictures);

    private CreativeEditor Editor(FfmpegProgram ffmpeg, PictureProgram pictures) =>
        new(Media, new PictureEditor(Media, Folder, pictures), new FfmpegVideoEditor(Media, Folder, ffmpeg), new PlayableInspector(Media));

    public async Task<Digest> KeepAsync(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return await Media.KeepAsync(stream, Cancel);
    }

    public async Task<Inspection> LookAsync(byte[] bytes, string name) => await Processor.InspectAsync(await KeepAsync(bytes), name, Cancel);

    public async Task<SourceCreative> UsableAsync(byte[] bytes, string name)
    {
        var inspection = await LookAsync(bytes, name);
        return inspection.ShouldBeOfType<Inspection.Usable>((inspection as Inspection.Refused)?.Says).Creative;
    }

    public async Task<PreparedCreative> PreparedAsync(SourceCreative creative, NetworkProfile profile) =>
        (await Processor.PrepareAsync(creative, profile, Cancel)).ShouldHaveSingleItem();

    public Task<byte[]> BytesAsync(Digest file) => File.ReadAllBytesAsync(Media.PathOf(file), Cancel);

    public async Task<MagickImage> PictureAsync(Digest file) => new(await BytesAsync(file));

    /// <summary>A film made by ffmpeg from its own test sources.</summary>
    public byte[] Film(string name, params string[] arguments)
    {
        var file = Path.Combine(Folder.Path, name);
        Run("ffmpeg", ["-v", "error", "-y", .. arguments, file]);
        return File.ReadAllBytes(file);
    }

    /// <summary>The first frame of a film as a player shows it.</summary>
    public async Task<MagickImage> FrameAsync(Digest film)
    {
        var frame = Path.Combine(Folder.Path, $"{Guid.NewGuid():N}.png");
        Run("ffmpeg", ["-v", "error", "-y", "-i", Media.PathOf(film), "-frames:v", "1", frame]);
        return new MagickImage(await File.ReadAllBytesAsync(frame, Cancel));
    }

    /// <summary>What ffprobe says of one stream (<c>v:0</c>, <c>a:0</c>), for example its <c>codec_name</c> or <c>duration</c>; empty when there is none.</summary>
    public string Probe(Digest film, string stream, string entry) =>
        Run("ffprobe", ["-v", "error", "-select_streams", stream, "-show_entries", $"stream={entry}", "-of", "csv=p=0", Media.PathOf(film)]).Trim().Trim(',');

    /// <summary>The colours a little inside the four corners: above left, above right, below left, below right.</summary>
    public static string Corners(MagickImage picture)
    {
        using var pixels = picture.GetPixels();
        var (right, below) = ((int)(picture.Width * .9), (int)(picture.Height * .9));
        var (left, above) = ((int)(picture.Width * .1), (int)(picture.Height * .1));
        return string.Join(' ', ((int, int)[])[(left, above), (right, above), (left, below), (right, below)] switch
        {
            var places => places.Select(place => Name(pixels.GetPixel(place.Item1, place.Item2).ToColor()!)),
        });
    }

    /// <summary>A PNG whose head says another size, with a checksum that agrees.</summary>
    public static byte[] Claiming(byte[] png, int side)
    {
        var bomb = png.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(bomb.AsSpan(16), side);
        BinaryPrimitives.WriteInt32BigEndian(bomb.AsSpan(20), side);
        BinaryPrimitives.WriteUInt32BigEndian(bomb.AsSpan(29), Checksum(bomb.AsSpan(12, 17)));
        return bomb;
    }

    public void Dispose() => Directory.Delete(Folder.Path, recursive: true);

    private static uint Checksum(ReadOnlySpan<byte> bytes)
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

    private static string Name(IMagickColor<byte> colour) => (colour.R > 128, colour.G > 128, colour.B > 128) switch
    {
        (true, false, false) => "red",
        (false, true, false) => "green",
        (false, false, true) => "blue",
        (true, true, true) => "white",
        (false, false, false) => "black",
        _ => $"{colour.R}/{colour.G}/{colour.B}",
    };

    private static string Run(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, $"{program} could not make or read a film for the test");
        return output;
    }
}
