using ChatOpsCampaigns.Adapters.Media;
using ChatOpsCampaigns.Adapters.Media.Pictures;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Kit;
using ImageMagick;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.Media;

/// <summary>A picture that never ends, keeps the processor busy or brings its decoder down ends with a sentence, and alone.</summary>
public sealed class PictureProgramTests : IDisposable
{
    private readonly MediaBench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task One_that_hangs_is_given_up_after_its_time_and_the_others_are_done()
    {
        var machine = new FakeTimeProvider();
        var hangs = await _bench.KeepAsync(Picture(1));
        var editor = _bench.Editor(new PictureProgram(
            Shell($"read -r order; case \"$order\" in *{hangs}*) sleep 600 ;; *) printf '%s' \"$order\" | {Real} ;; esac"), machine));
        var hanging = editor.InspectAsync(hangs, "hangs.png", Cancel);

        var others = await Task.WhenAll(Enumerable.Range(2, 4).Select(async number => await editor.InspectAsync(await _bench.KeepAsync(Picture(number)), $"{number}.png", Cancel)));
        hanging.IsCompleted.ShouldBeFalse();
        machine.Advance(PictureProgram.Look.Time);

        others.ShouldAllBe(verdict => verdict is Inspection.Usable);
        (await hanging).ShouldBeOfType<Inspection.Refused>().Says.ShouldBe(Refusals.TooSlowPicture("hangs.png"));
    }

    [Fact]
    public async Task One_that_keeps_the_processor_busy_is_ended_by_the_processor_s_time_whatever_the_clock_says()
    {
        var editor = _bench.Editor(new PictureProgram(Shell("while :; do :; done"), new FakeTimeProvider()));

        var verdict = await editor.InspectAsync(await _bench.KeepAsync(Picture(1)), "busy.png", Cancel);

        verdict.ShouldBeOfType<Inspection.Refused>().Says.ShouldBe(Refusals.TooSlowPicture("busy.png"));
    }

    [Theory]
    [InlineData("kill -SEGV $$")]
    [InlineData("kill -ABRT $$")]
    [InlineData("exit 1")]
    public async Task One_that_brings_its_decoder_down_gets_a_sentence(string falls)
    {
        var editor = _bench.Editor(new PictureProgram(Shell(falls), TimeProvider.System));

        var verdict = await editor.InspectAsync(await _bench.KeepAsync(Picture(1)), "falls.webp", Cancel);

        verdict.ShouldBeOfType<Inspection.Refused>().Says.ShouldBe(Refusals.TookTooMuch("falls.webp"));
    }

    [Fact]
    public async Task Making_one_has_its_time_too()
    {
        var machine = new FakeTimeProvider();
        var creative = await _bench.UsableAsync(Picture(1), "slow.png");
        var editor = _bench.Editor(new PictureProgram(Shell("sleep 600"), machine));
        var making = editor.PrepareAsync(creative, MediaBench.Network("Meta").Slots[0], Fit.Pad, Cancel);

        using var often = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        while (!making.IsCompleted && await often.WaitForNextTickAsync(Cancel))
            machine.Advance(PictureProgram.Make.Time);

        (await Should.ThrowAsync<CreativeException>(() => making)).Message.ShouldBe(Refusals.TooSlowPicture("slow.png"));
    }

    [Fact]
    public async Task Nothing_of_a_job_is_left_whatever_its_end()
    {
        await _bench.UsableAsync(Picture(1), "done.png");
        await _bench.Editor(new PictureProgram(Shell("exit 1"), TimeProvider.System)).InspectAsync(await _bench.KeepAsync(Picture(2)), "falls.png", Cancel);

        Directory.EnumerateFileSystemEntries(Path.Combine(_bench.Folder.Media, "jobs")).ShouldBeEmpty();
    }

    private static string Real
    {
        get
        {
            var command = PictureCommand.Of(BotProcess.Program);
            return string.Join(' ', command.Arguments.Prepend(command.Program));
        }
    }

    private static PictureCommand Shell(string does) => new("/bin/sh", ["-c", does]);

    private static byte[] Picture(int number)
    {
        using var picture = new MagickImage(new MagickColor((byte)(number * 20), 120, 60), 1080, 1080);
        return picture.ToByteArray(MagickFormat.Png);
    }
}
