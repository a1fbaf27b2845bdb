using System.Reflection;
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Adapters.Persistence.Audit;
using ChatOpsCampaigns.Adapters.Persistence.Forgetting;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Persistence.Retention;

/// <summary>
/// Files that something names which is kept: in every table of the model, so that one that is added later is not left out. The audit trail says what
/// happened to a file, and needs none.
/// </summary>
internal sealed partial class NamedFiles(Database database)
{
    private const string Body = nameof(DocumentRow.Body);
    private const int DigestLength = 64;

    /// <summary>Campaigns come last: a launch takes what its draft names over to its campaign, and what moves meanwhile is met in one of them.</summary>
    /// <returns>Their digests, and whatever else looks like one.</returns>
    public async Task<IReadOnlySet<string>> AllAsync(CancellationToken cancellationToken)
    {
        var named = new HashSet<string>();
        await using var db = database.OpenToWait();
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        var tables = db.Model.GetEntityTypes().Where(type => type.FindProperty(Body) is not null).Select(type => type.ClrType);
        foreach (var table in tables.Except(PersonalRecords.OfNobody).Where(type => type != typeof(AuditRow)).OrderBy(type => type == typeof(CampaignRow)))
        {
            var bodies = (IAsyncEnumerable<string?>)typeof(NamedFiles).GetMethod(nameof(BodiesOf), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(table).Invoke(null, [db])!;
            await foreach (var body in bodies.WithCancellation(cancellationToken))
                Add(named, body ?? "");
        }

        return named;
    }

    /// <summary>Adds what a text names.</summary>
    public static void Add(HashSet<string> named, string text)
    {
        foreach (var run in FileDigest().EnumerateMatches(text))
        {
            for (var at = run.Index; at <= run.Index + run.Length - DigestLength; at++)
                named.Add(text.Substring(at, DigestLength));
        }
    }

    private static IAsyncEnumerable<string?> BodiesOf<TRow>(CampaignsDb db) where TRow : Row =>
        db.Set<TRow>().AsNoTracking().Select(row => EF.Property<string?>(row, Body)).AsAsyncEnumerable();

    /// <summary>What stands right before or after one may look like a part of it.</summary>
    [GeneratedRegex("[0-9a-f]{64,}")]
    private static partial Regex FileDigest();
}
