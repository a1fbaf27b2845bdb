using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Persistence.Audit;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Feed.Reports;

namespace ChatOpsCampaigns.Bot.Auditing;

/// <summary>
/// <c>audit export [--from DAY] [--to DAY] [--csv FILE]</c>: the entries of some days, both days among them, as one JSON object a line or as a
/// table for a spreadsheet. Days are UTC, an instant may stand in the place of a day.
/// </summary>
internal static class AuditExport
{
    private static readonly string[] Columns = ["number", "at", "workspace", "account", "campaign", "by", "kind", "says", "facts", "previousHash", "hash"];
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<int> WriteAsync(IServiceProvider services, IConfiguration configuration, TextWriter output, TextWriter besides, CancellationToken cancellationToken)
    {
        var from = Instant(configuration["from"], "from", endOfDay: false) ?? DateTimeOffset.MinValue;
        var before = Instant(configuration["to"], "to", endOfDay: true) ?? DateTimeOffset.MaxValue;
        if (from >= before)
            throw new InvalidOperationException($"--from {configuration["from"]} lies after --to {configuration["to"]}; turn them round.");

        var entries = new AuditRange(services.GetRequiredService<Adapters.Persistence.Database>()).ReadAsync(from, before, cancellationToken);
        var count = configuration["csv"] is { Length: > 0 } file
            ? await ToFileAsync(file, entries)
            : await WriteAsync(entries, output, Line, header: null);
        await besides.WriteLineAsync($"{count} {(count == 1 ? "entry" : "entries")}. Whether they are as they were written, \"audit verify\" tells.");
        return 0;
    }

    /// <summary>Never over a file that is there: it may be somebody's proof.</summary>
    private static async Task<long> ToFileAsync(string file, IAsyncEnumerable<StoredAuditEntry> entries)
    {
        try
        {
            // A spreadsheet takes the mark at the beginning for UTF-8.
            await using var writer = new StreamWriter(new FileStream(file, FileMode.CreateNew, FileAccess.Write), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
            return await WriteAsync(entries, writer, Row, string.Join(',', Columns));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"--csv {file} cannot be written: {fault.Message.TrimEnd('.')}. Name a file that is not there yet, in a folder that is.", fault);
        }
    }

    private static async Task<long> WriteAsync(IAsyncEnumerable<StoredAuditEntry> entries, TextWriter writer, Func<StoredAuditEntry, string> written, string? header)
    {
        if (header is not null)
            await writer.WriteAsync($"{header}\r\n");

        var count = 0L;
        await foreach (var entry in entries)
        {
            await writer.WriteAsync(written(entry));
            count++;
        }

        await writer.FlushAsync();
        return count;
    }

    private static string Line(StoredAuditEntry stored)
    {
        var line = new JsonObject();
        foreach (var (column, cell) in Columns.Zip(Cells(stored)))
            line[column] = cell;

        line["number"] = stored.Number;
        line["facts"] = stored.Entry.Facts.DeepClone();
        return $"{line.ToJsonString(Readable)}\n";
    }

    private static string Row(StoredAuditEntry stored) => $"{string.Join(',', Cells(stored).Select(CsvCell.Quoted))}\r\n";

    private static string?[] Cells(StoredAuditEntry stored) =>
    [
        stored.Number.ToString(CultureInfo.InvariantCulture), stored.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        stored.Entry.Workspace.Value, stored.Entry.Account?.Value, stored.Entry.Campaign?.Value, stored.Entry.Actor.Value, stored.Entry.Kind, stored.Entry.Says,
        stored.Entry.Facts.ToJsonString(Readable), stored.PreviousHash, stored.Hash,
    ];

    private static DateTimeOffset? Instant(string? text, string option, bool endOfDay)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return new DateTimeOffset(day.AddDays(endOfDay ? 1 : 0).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
            : throw new InvalidOperationException($"--{option} is \"{text}\"; write a day such as 2026-03-02 or an instant such as 2026-03-02T12:00:00Z.");
    }
}
