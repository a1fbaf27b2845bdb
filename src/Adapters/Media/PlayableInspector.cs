using System.IO.Compression;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Adapters.Media;

/// <summary>Looks into playables without unpacking them.</summary>
internal sealed class PlayableInspector(IMediaStore media)
{
    private const int MostFiles = 1_000;

    /// <summary>50 MB unpacked.</summary>
    private const long MostUnpacked = 50L * 1024 * 1024;

    public async Task<Inspection> InspectAsync(Digest file, string fileName, MediaFormat format, CancellationToken cancellationToken)
    {
        await using var stream = await media.OpenAsync(file, cancellationToken);
        var problem = format == MediaFormat.Zip
            ? await ProblemAsync(stream, fileName, cancellationToken)
            : await PageProblemAsync(stream, fileName, cancellationToken);
        if (problem is not null)
            return new Inspection.Refused(problem);

        return new Inspection.Usable(
            new SourceCreative(file, fileName, CreativeKind.Playable, format, new PixelSize(0, 0), stream.Length, null, HasSound: false, Thumbnail: null));
    }

    private static async Task<string?> ProblemAsync(Stream stream, string fileName, CancellationToken cancellationToken)
    {
        try
        {
            await using var zip = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancellationToken);
            if (zip.Entries.Count > MostFiles)
                return Refusals.UnsafeZip(fileName, $"holds {zip.Entries.Count} files, more than {MostFiles}");

            if (zip.Entries.Any(entry => entry.IsEncrypted))
                return Refusals.Locked(fileName);

            if (zip.Entries.Any(entry => LeavesItsFolder(entry.FullName)))
                return Refusals.UnsafeZip(fileName, "names files outside its own folder");

            if (zip.Entries.Sum(entry => entry.Length) > MostUnpacked)
                return Refusals.UnsafeZip(fileName, $"unfolds to more than {Measures.Words(MostUnpacked)}");

            var pages = zip.Entries.Where(entry => Measures.PromisedBy(entry.Name) == MediaFormat.Html).ToList();
            foreach (var page in pages)
            {
                await using var content = await page.OpenAsync(cancellationToken);
                if (await PageProblemAsync(content, fileName, cancellationToken) is { } problem)
                    return problem;
            }

            return pages.Count > 0 ? null : Refusals.NoPage(fileName);
        }
        catch (InvalidDataException)
        {
            return Refusals.BrokenZip(fileName);
        }
    }

    private static async Task<string?> PageProblemAsync(Stream page, string fileName, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(page, leaveOpen: true);
        return PlayablePage.FetchesFrom(await reader.ReadToEndAsync(cancellationToken)) is { } host ? Refusals.FetchesFromElsewhere(fileName, host) : null;
    }

    private static bool LeavesItsFolder(string name) =>
        name.StartsWith('/') || name.Contains(':', StringComparison.Ordinal) || name.Split('/', '\\').Contains("..");
}
