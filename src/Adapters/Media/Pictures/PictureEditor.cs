using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Adapters.Media.Pictures;

/// <summary>Has pictures looked at and made by <see cref="PictureProgram"/>, and keeps what comes of it.</summary>
internal sealed class PictureEditor(IMediaStore media, DataFolder folder, PictureProgram program)
{
    public async Task<Inspection> InspectAsync(Digest file, string fileName, MediaFormat format, CancellationToken cancellationToken)
    {
        using var job = JobFolder.In(folder);
        try
        {
            var path = media.PathOf(file);
            var seen = await program.RunAsync(new PictureOrder(path, job.Path, fileName, format, null), PictureProgram.Look, cancellationToken);
            return seen.Refused is { } says
                ? new Inspection.Refused(says)
                : new Inspection.Usable(new SourceCreative(
                    file, fileName, CreativeKind.Image, format, seen.Size, new FileInfo(path).Length, seen.Lasts, HasSound: false,
                    await KeepAsync(job, PictureAnswer.Thumbnail, cancellationToken)));
        }
        catch (TimeoutException)
        {
            return new Inspection.Refused(Refusals.TooSlowPicture(fileName));
        }
    }

    public async Task<PreparedCreative> PrepareAsync(SourceCreative creative, CreativeSlot slot, Fit fit, CancellationToken cancellationToken)
    {
        using var job = JobFolder.In(folder);
        var canvas = Framing.Of(creative.Size, slot, fit).Canvas;
        var target = new PictureTarget(slot.Name, canvas, fit, SlotPlan.ResultOf(slot), slot.MaxBytes, slot.Formats.Contains(creative.Format));
        var made = await MakeAsync(new PictureOrder(media.PathOf(creative.File), job.Path, creative.FileName, creative.Format, target), cancellationToken);
        var thumbnail = await KeepAsync(job, PictureAnswer.Thumbnail, cancellationToken);
        if (made.IsOriginal)
        {
            return new PreparedCreative(
                creative.File, creative.File, thumbnail, CreativeKind.Image, creative.Format, slot.Name, canvas, creative.Bytes, null,
                [$"kept as it is, {Measures.Words(creative.Bytes)}"]);
        }

        var bytes = new FileInfo(job.File(PictureAnswer.Picture)).Length;
        return new PreparedCreative(
            creative.File, await KeepAsync(job, PictureAnswer.Picture, cancellationToken), thumbnail, CreativeKind.Image, target.Result, slot.Name, canvas, bytes, null,
            [$"{Measures.Words(creative.Bytes)} → {Measures.Words(bytes)}", .. SlotPlan.Of(creative with { Fit = fit }, slot).Changes, .. made.Done]);
    }

    private async Task<PictureAnswer> MakeAsync(PictureOrder order, CancellationToken cancellationToken)
    {
        try
        {
            var made = await program.RunAsync(order, PictureProgram.Make, cancellationToken);
            return made.Refused is { } says ? throw new CreativeException(says) : made;
        }
        catch (TimeoutException fault)
        {
            throw new CreativeException(Refusals.TooSlowPicture(order.FileName), fault);
        }
    }

    private async Task<Digest> KeepAsync(JobFolder job, string name, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(job.File(name));
        return await media.KeepAsync(stream, cancellationToken);
    }
}
