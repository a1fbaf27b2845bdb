using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Automation.Feed;

namespace ChatOpsCampaigns.Adapters.Persistence.Audit;

/// <summary>A person was taken out of an entry.</summary>
/// <param name="As">The pseudonym that the forgetting goes by.</param>
/// <param name="Seal">The keyed hash of the entry as the forgetting left it.</param>
internal sealed record Removal(string As, string Seal)
{
    /// <summary>What the entry's own keyed hash has to be; null where what was taken out of it cannot be read.</summary>
    public static string? HashOf(AuditRow row)
    {
        try
        {
            return Of(row) is [.., var last] ? last.Seal : row.Hash;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static IReadOnlyList<Removal> Of(AuditRow row) => row.Removed is null ? [] : Database.Read<IReadOnlyList<Removal>>(row.Removed);
}

/// <summary>
/// Holds what entries say was taken out of them against what the forgetting itself put on record: its own entry in the chain, which comes after
/// them, has how many they were and a digest over their seals. Nothing can be taken out, put back or changed beside it.
/// </summary>
internal sealed class Removals : IDisposable
{
    /// <summary>The kind of entry that a forgetting leaves.</summary>
    public const string Kind = "forgotten";

    private const string Person = "person";
    private const string Count = "entries";
    private const string Seals = "seals";

    private readonly Dictionary<string, Sum> _open = [];

    /// <summary>How many entries had something taken out.</summary>
    public long Entries { get; private set; }

    /// <summary>The first entry of which no forgetting knows; null when there is none.</summary>
    public long? FirstUnknown => _open.Count == 0 ? null : _open.Values.Min(sum => sum.First);

    /// <summary>What a forgetting puts on record of the entries that it changed, which are given in their order.</summary>
    public static JsonObject Facts(string pseudonym, IEnumerable<AuditRow> changed)
    {
        using var removals = new Removals();
        foreach (var row in changed)
            removals.Add(row, Removal.Of(row).Single(removal => removal.As == pseudonym));

        return removals.FactsOf(pseudonym);
    }

    /// <summary>Looks at the next entry of the chain.</summary>
    /// <returns>What the entry's own keyed hash has to be, and whether what it says of a forgetting is so.</returns>
    public (string Hash, bool Fits) See(AuditRow row)
    {
        try
        {
            var removals = Removal.Of(row);
            foreach (var removal in removals)
                Add(row, removal);

            Entries += removals.Count == 0 ? 0 : 1;
            return (removals.Count == 0 ? row.Hash : removals[^1].Seal, Fits(row));
        }
        catch (JsonException)
        {
            return (row.Hash, false);
        }
    }

    public void Dispose()
    {
        foreach (var sum in _open.Values)
            sum.Hash.Dispose();
    }

    private bool Fits(AuditRow row)
    {
        if (!row.Body.Contains($"\"Kind\":\"{Kind}\"", StringComparison.Ordinal) || Database.Read<AuditEntry>(row.Body) is not { Kind: Kind } entry)
            return true;

        var pseudonym = (string?)entry.Facts[Person] ?? "";
        var fits = JsonNode.DeepEquals(entry.Facts, FactsOf(pseudonym));
        if (_open.Remove(pseudonym, out var sum))
            sum.Hash.Dispose();

        return fits;
    }

    private void Add(AuditRow row, Removal removal)
    {
        if (!_open.TryGetValue(removal.As, out var sum))
            _open[removal.As] = sum = new Sum(row.Number, IncrementalHash.CreateHash(HashAlgorithmName.SHA256));

        sum.Hash.AppendData(Encoding.UTF8.GetBytes($"{row.Number} {removal.Seal}\n"));
        sum.Entries++;
    }

    private JsonObject FactsOf(string pseudonym) => new()
    {
        [Person] = pseudonym,
        [Count] = _open.TryGetValue(pseudonym, out var sum) ? sum.Entries : 0,
        [Seals] = sum is null ? "" : Convert.ToHexStringLower(sum.Hash.GetCurrentHash()),
    };

    private sealed record Sum(long First, IncrementalHash Hash)
    {
        public long Entries { get; set; }
    }
}
