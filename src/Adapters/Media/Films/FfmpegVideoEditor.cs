using System.Globalization;
using System.Text.Json;
using ChatOpsCampaigns.Adapters.Media.Pictures;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Adapters.Media.Films;

/// <summary>Reads and changes films with ffmpeg. Every job works in a folder of its own, so that no two can mix up their bytes.</summary>
internal sealed class FfmpegVideoEditor(IMediaStore media, DataFolder folder, FfmpegProgram ffmpeg)
{
    private const int MostEncodings = 3;

    private const string Copy = "copy.mp4";

    private const double LessThanNeeded = .95;

    public async Task<Inspection> InspectAsync(Digest file, string fileName, MediaFormat format, CancellationToken cancellationToken)
    {
        try
        {
            var path = media.PathOf(file);
            if (await ProbeAsync(path, fileName, cancellationToken) is not { } probe)
                return new Inspection.Refused(Refusals.NoMovingPicture(fileName));

            using var job = JobFolder.In(folder);
            var thumbnail = await ThumbnailAsync(path, fileName, probe.Duration, job, cancellationToken);
            return new Inspection.Usable(new SourceCreative(
                file, fileName, CreativeKind.Video, format, probe.Size, new FileInfo(path).Length, probe.Duration, probe.HasSound, thumbnail));
        }
        catch (FfmpegMissingException)
        {
            return new Inspection.Refused(Refusals.NoFfmpeg(fileName));
        }
        catch (CreativeException refusal)
        {
            return new Inspection.Refused(refusal.Message);
        }
        catch (TimeoutException)
        {
            return new Inspection.Refused(Refusals.TooSlow(fileName));
        }
    }

    public async Task<PreparedCreative> PrepareAsync(SourceCreative creative, CreativeSlot slot, Fit fit, CancellationToken cancellationToken)
    {
        using var job = JobFolder.In(folder);
        try
        {
            var path = media.PathOf(creative.File);
            var probe = await ProbeAsync(path, creative.FileName, cancellationToken)
                ?? throw new CreativeException(Refusals.NoMovingPicture(creative.FileName));
            var recipe = new FilmRecipe(creative, slot, fit, Framing.Of(creative.Size, slot, fit), probe);
            var made = await EncodeAsync(recipe, path, job, cancellationToken);
            return await FinishAsync(creative, slot, fit, await LighterAsync(recipe, path, made, job, cancellationToken), job, cancellationToken);
        }
        catch (FfmpegMissingException fault)
        {
            throw new CreativeException(Refusals.NoFfmpeg(creative.FileName), fault);
        }
        catch (TimeoutException fault)
        {
            throw new CreativeException(Refusals.TooSlow(creative.FileName), fault);
        }
    }

    /// <summary>Made again, lighter each time, until it is light enough or that has been tried often enough.</summary>
    private async Task<string> EncodeAsync(FilmRecipe recipe, string source, JobFolder job, CancellationToken cancellationToken)
    {
        var target = job.File("film.mp4");
        for (var attempt = 1; ; attempt++)
        {
            var run = await ffmpeg.EncodeAsync(recipe.Arguments(source, target), ProgramLimits.MakeFilm(recipe.Limit), cancellationToken);
            if (run.ExitCode != 0 || !File.Exists(target))
                throw new CreativeException(run.RanOutOfMemory ? Refusals.TooLargeFilm(recipe.Creative.FileName) : Refusals.DamagedFilm(recipe.Creative.FileName));

            var bytes = new FileInfo(target).Length;
            if (bytes <= recipe.Slot.MaxBytes || attempt == MostEncodings)
                return target;

            recipe = recipe with { Share = recipe.Share * recipe.Slot.MaxBytes / bytes * LessThanNeeded };
        }
    }

    /// <summary>A film that is right already and became heavier by being made keeps its picture and sound as they were sent.</summary>
    private async Task<string> LighterAsync(FilmRecipe recipe, string source, string made, JobFolder job, CancellationToken cancellationToken)
    {
        if (!recipe.MayStay || recipe.Creative.Bytes >= new FileInfo(made).Length)
            return made;

        var copy = job.File(Copy);
        var run = await ffmpeg.EncodeAsync(FilmRecipe.Copying(source, copy), ProgramLimits.MakeFilm(recipe.Limit), cancellationToken);
        return run.ExitCode == 0 && new FileInfo(copy) is { Exists: true } copied && copied.Length < new FileInfo(made).Length ? copy : made;
    }

    /// <summary>Looks at what came out before anybody relies on it.</summary>
    private async Task<PreparedCreative> FinishAsync(
        SourceCreative creative, CreativeSlot slot, Fit fit, string target, JobFolder job, CancellationToken cancellationToken)
    {
        var bytes = new FileInfo(target).Length;
        if (bytes > slot.MaxBytes)
            throw new CreativeException($"{creative.FileName} cannot be brought below the {Measures.Words(slot.MaxBytes)} of {slot.Name}. Send a shorter film.");

        var made = await ProbeAsync(target, creative.FileName, cancellationToken)
            ?? throw new CreativeException(Refusals.DamagedFilm(creative.FileName));
        var thumbnail = await ThumbnailAsync(target, creative.FileName, made.Duration, job, cancellationToken);
        await using var stream = File.OpenRead(target);
        return new PreparedCreative(
            creative.File, await media.KeepAsync(stream, cancellationToken), thumbnail, CreativeKind.Video, MediaFormat.Mp4, slot.Name, made.Size, bytes,
            made.Duration, [Weight(creative.Bytes, bytes, target), .. SlotPlan.Of(creative with { Fit = fit }, slot).Changes]);
    }

    private static string Weight(long before, long after, string target) => Path.GetFileName(target) == Copy
        ? $"picture and sound kept as they are, {Measures.Words(after)}"
        : $"{Measures.Words(before)} → {Measures.Words(after)}";

    private async Task<FilmProbe?> ProbeAsync(string path, string fileName, CancellationToken cancellationToken)
    {
        var run = await ffmpeg.ProbeAsync(
            ["-v", "error", .. FilmRecipe.Fences, "-show_format", "-show_streams", "-of", "json", "-i", path], ProgramLimits.LookAtFilm, cancellationToken);
        if (run.ExitCode != 0)
            throw new CreativeException(run.RanOutOfMemory ? Refusals.TooLargeFilm(fileName) : Refusals.DamagedFilm(fileName));

        try
        {
            return FilmProbe.Read(run.Output);
        }
        catch (JsonException fault)
        {
            throw new CreativeException(Refusals.DamagedFilm(fileName), fault);
        }
    }

    private async Task<Digest> ThumbnailAsync(string path, string fileName, TimeSpan duration, JobFolder job, CancellationToken cancellationToken)
    {
        var target = job.File("thumbnail.jpg");
        var at = Math.Min(1, duration.TotalSeconds / 3);
        var side = MagickImageEditor.ThumbnailSide.ToString(CultureInfo.InvariantCulture);
        var run = await ffmpeg.EncodeAsync(
            [
                "-v", "error", "-nostdin", "-y", "-threads", "1", "-noaccurate_seek", .. FilmRecipe.Fences, "-ss", at.ToString("0.###", CultureInfo.InvariantCulture), "-i", path, "-frames:v", "1",
                "-vf", $"scale={side}:{side}:force_original_aspect_ratio=decrease", "-map_metadata", "-1", "-f", "mjpeg", target,
            ],
            ProgramLimits.LookAtFilm, cancellationToken);
        // It may end well and have shown nothing.
        if (run.ExitCode != 0 || new FileInfo(target) is not { Exists: true, Length: > 0 })
            throw new CreativeException(run.RanOutOfMemory ? Refusals.TooLargeFilm(fileName) : Refusals.DamagedFilm(fileName));

        await using var stream = File.OpenRead(target);
        return await media.KeepAsync(stream, cancellationToken);
    }
}
