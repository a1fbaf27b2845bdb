using ChatOpsCampaigns.Adapters.Media.Films;
using ChatOpsCampaigns.Adapters.Media.Pictures;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Adapters.Media;

/// <summary>
/// Tells by the content who works on a file, and lets only a few work at a time. Looking has places of its own, so that a person
/// never waits for a film of somebody else.
/// </summary>
internal sealed class CreativeEditor(IMediaStore media, PictureEditor pictures, FfmpegVideoEditor films, PlayableInspector playables)
    : ICreativeEditor, IDisposable
{
    private const int AtATime = 2;

    private readonly SemaphoreSlim _looking = new(AtATime);
    private readonly SemaphoreSlim _making = new(AtATime);

    public async Task<Inspection> InspectAsync(Digest file, string fileName, CancellationToken cancellationToken)
    {
        if (!await media.HasAsync(file, cancellationToken))
            return new Inspection.Refused(Refusals.Gone(fileName));

        var (content, bytes) = await SniffAsync(file, cancellationToken);
        if (Problem(fileName, content, bytes) is { } problem)
            return new Inspection.Refused(problem);

        return await InTurnAsync(_looking, () => LookAsync(file, fileName, content, cancellationToken), cancellationToken);
    }

    public async Task<PreparedCreative> PrepareAsync(SourceCreative creative, CreativeSlot slot, Fit fit, CancellationToken cancellationToken) =>
        await media.HasAsync(creative.File, cancellationToken)
            ? await MakeAsync(creative, slot, fit, cancellationToken)
            : throw new CreativeException(Refusals.Gone(creative.FileName));

    public void Dispose()
    {
        _looking.Dispose();
        _making.Dispose();
    }

    private Task<PreparedCreative> MakeAsync(SourceCreative creative, CreativeSlot slot, Fit fit, CancellationToken cancellationToken) => creative.Kind switch
    {
        CreativeKind.Image => InTurnAsync(_making, () => pictures.PrepareAsync(creative, slot, fit, cancellationToken), cancellationToken),
        CreativeKind.Video => InTurnAsync(_making, () => films.PrepareAsync(creative, slot, fit, cancellationToken), cancellationToken),
        CreativeKind.Carousel or CreativeKind.Playable => throw new CreativeException(
            $"{creative.FileName} is a {creative.Kind.ToString().ToLowerInvariant()}, which is not uploaded yet. Send a picture or a film."),
        _ => throw new ArgumentOutOfRangeException(nameof(creative), creative.Kind, "A new kind of creative needs an editor here."),
    };

    private Task<Inspection> LookAsync(Digest file, string fileName, SniffedContent content, CancellationToken cancellationToken)
    {
        if (content.IsPicture)
            return pictures.InspectAsync(file, fileName, content.Format, cancellationToken);

        return content.IsFilm
            ? films.InspectAsync(file, fileName, content.Format, cancellationToken)
            : playables.InspectAsync(file, fileName, content.Format, cancellationToken);
    }

    private static string? Problem(string fileName, SniffedContent content, long bytes)
    {
        if (bytes == 0)
            return Refusals.Empty(fileName);

        if (bytes > FileLimits.Film)
            return FileLimits.TooHeavy(fileName, bytes);

        if (content.Format == MediaFormat.Unknown)
            return Refusals.WrongKind(fileName, content);

        var limit = content.IsPicture ? FileLimits.Picture : content.IsFilm ? FileLimits.Film : FileLimits.Playable;
        return bytes > limit ? Refusals.TooHeavy(fileName, content, bytes, limit) : null;
    }

    private async Task<(SniffedContent Content, long Bytes)> SniffAsync(Digest file, CancellationToken cancellationToken)
    {
        await using var stream = await media.OpenAsync(file, cancellationToken);
        var head = new byte[ContentSniffer.HeadLength];
        var read = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        return (ContentSniffer.Sniff(head.AsSpan(0, read)), stream.Length);
    }

    private static async Task<T> InTurnAsync<T>(SemaphoreSlim places, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            places.Release();
        }
    }
}
