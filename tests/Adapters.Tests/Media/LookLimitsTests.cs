using System.Diagnostics;
using System.Globalization;
using ChatOpsCampaigns.Adapters.Media;
using ChatOpsCampaigns.Adapters.Media.Films;
using ChatOpsCampaigns.Adapters.Media.Pictures;
using ChatOpsCampaigns.Automation.Creatives;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.Media;

/// <summary>
/// A verdict on a file takes no more than five seconds: of the processor, since how long a machine that is busy with something else takes is not for a
/// file to promise. Every run that a verdict needs is ended by its limit, and the sentence says so.
/// </summary>
public sealed class LookLimitsTests : IDisposable
{
    private static readonly TimeSpan Verdict = TimeSpan.FromSeconds(5);

    private const string Busy = "while :; do :; done";

    private readonly MediaBench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Begun => Path.Combine(_bench.Folder.Path, "begun");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void What_a_verdict_may_take_of_the_processor_is_less_than_five_seconds_with_all_its_runs()
    {
        const int runsOfFilm = 2;
        PictureProgram.Look.Processor!.Value.ShouldBeLessThan(Verdict);
        (runsOfFilm * ProgramLimits.LookAtFilm.Processor!.Value).ShouldBeLessThan(Verdict);
    }

    [Theory]
    [InlineData("ffprobe")]
    [InlineData("ffmpeg")]
    public async Task A_film_that_one_of_its_programs_hangs_at_is_given_up_when_its_time_is_up(string program)
    {
        var machine = new FakeTimeProvider();
        var looking = await LookAsync(program, $"touch '{Begun}'; sleep 600", machine);

        await HasBegunAsync();
        looking.IsCompleted.ShouldBeFalse();
        await AdvanceAsync(machine, ProgramLimits.LookAtFilm.Time, looking);

        (await looking).ShouldBeOfType<Inspection.Refused>().Says.ShouldBe(Refusals.TooSlow("film.mp4"));
    }

    [Theory]
    [InlineData("ffprobe")]
    [InlineData("ffmpeg")]
    public async Task A_film_that_keeps_one_of_its_programs_busy_is_ended_by_the_processor_s_time(string program)
    {
        var looking = await LookAsync(program, $"touch '{Begun}'; {Busy}", new FakeTimeProvider());

        (await looking).ShouldBeOfType<Inspection.Refused>().Says.ShouldBe(Refusals.TooSlow("film.mp4"));
        File.Exists(Begun).ShouldBeTrue();
    }

    [Fact]
    public async Task How_long_a_verdict_takes_here_is_printed()
    {
        MediaBench.NeedsFfmpeg();
        foreach (var (name, bytes) in new[] { ("picture.png", Film("picture.png", "-frames:v", "1")), ("film.mp4", Film("film.mp4", "-preset", "ultrafast")) })
        {
            var file = await _bench.KeepAsync(bytes);
            var began = Stopwatch.GetTimestamp();

            (await _bench.Processor.InspectAsync(file, name, Cancel)).ShouldBeOfType<Inspection.Usable>();

            TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"{name}: a verdict after {Stopwatch.GetElapsedTime(began).TotalSeconds:0.00} s"));
        }
    }

    /// <summary>A look at a whole film, by programs of which one does something else.</summary>
    private async Task<Task<Inspection>> LookAsync(string program, string does, TimeProvider machine)
    {
        MediaBench.NeedsFfmpeg();
        var file = await _bench.KeepAsync(Film("film.mp4", "-preset", "ultrafast"));
        var folder = Directory.CreateDirectory(Path.Combine(_bench.Folder.Path, "programs")).FullName;
        foreach (var name in new[] { "ffprobe", "ffmpeg" })
        {
            var path = Path.Combine(folder, name);
            await File.WriteAllTextAsync(path, $"#!/bin/sh\n{(name == program ? does : $"exec {name} \"$@\"")}\n", Cancel);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return _bench.Editor(new FfmpegProgram(folder, machine)).InspectAsync(file, "film.mp4", Cancel);
    }

    private byte[] Film(string name, params string[] how) => _bench.Film(name, ["-f", "lavfi", "-i", "testsrc=size=1080x1080:rate=10:duration=2", .. how]);

    private async Task HasBegunAsync()
    {
        using var often = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        while (!File.Exists(Begun))
            await often.WaitForNextTickAsync(Cancel);
    }

    /// <summary>Whoever waits may begin to count only after the program has begun.</summary>
    private static async Task AdvanceAsync(FakeTimeProvider machine, TimeSpan time, Task until)
    {
        using var often = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        for (var look = 0; !until.IsCompleted; look++)
        {
            look.ShouldBeLessThan(3_000, "it goes on after its time");
            if (look < 10)
                machine.Advance(time);

            await often.WaitForNextTickAsync(Cancel);
        }
    }
}
