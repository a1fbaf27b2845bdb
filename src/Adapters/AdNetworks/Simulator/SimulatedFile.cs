using System.Text.Json;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Data.Sqlite;

namespace ChatOpsCampaigns.Adapters.AdNetworks.Simulator;

/// <summary>One change at a simulated network: what was made, under which key, and what it did to the market.</summary>
/// <param name="Answer">The id that the caller gets, now and for ever under this key.</param>
/// <param name="Target">The campaign it concerns; null for a creative.</param>
internal sealed record Change(
    AdAccountId Account, CommandKey? Key, ExternalId Answer, ExternalId? Target, CreatedCampaign? Created, MarketEvent? Happened);

/// <summary>
/// The simulated networks' own memory, apart from the bot's: a change is committed before it is answered, so that a bot that
/// dies finds at the network what it left there.
/// </summary>
internal sealed class SimulatedFile : IDisposable
{
    private const string Schema = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        CREATE TABLE IF NOT EXISTS changes (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            account TEXT NOT NULL,
            command_key TEXT NULL,
            answer TEXT NOT NULL,
            target TEXT NULL,
            created TEXT NULL,
            happened TEXT NULL,
            UNIQUE (account, command_key));
        """;

    private const string Insert = """
        INSERT INTO changes (account, command_key, answer, target, created, happened)
        VALUES ($account, $key, $answer, $target, $created, $happened)
        """;

    private readonly SqliteConnection _connection;

    public SimulatedFile(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);

        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 5 }.ToString());
        try
        {
            _connection.Open();
            using var command = _connection.CreateCommand();
            command.CommandText = Schema;
            command.ExecuteNonQuery();
        }
        catch (SqliteException fault)
        {
            _connection.Dispose();
            throw new InvalidOperationException(FileFault.SentenceOf(fault, path), fault);
        }
    }

    public IEnumerable<Change> All()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT account, command_key, answer, target, created, happened FROM changes ORDER BY number";
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            yield return new Change(
                new AdAccountId(rows.GetString(0)), Text(rows, 1) is { } key ? new CommandKey(key) : null, new ExternalId(rows.GetString(2)),
                Text(rows, 3) is { } target ? new ExternalId(target) : null,
                Text(rows, 4) is { } created ? JsonSerializer.Deserialize<CreatedCampaign>(created) : null,
                Text(rows, 5) is { } happened ? JsonSerializer.Deserialize<MarketEvent>(happened) : null);
        }
    }

    /// <summary>All of them or none.</summary>
    public void Add(params IReadOnlyList<Change> changes)
    {
        using var transaction = _connection.BeginTransaction();
        foreach (var change in changes)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = Insert;
            command.Transaction = transaction;
            command.Parameters.AddWithValue("$account", change.Account.Value);
            command.Parameters.AddWithValue("$key", Or(change.Key?.Value));
            command.Parameters.AddWithValue("$answer", change.Answer.Value);
            command.Parameters.AddWithValue("$target", Or(change.Target?.Value));
            command.Parameters.AddWithValue("$created", Or(change.Created is { } created ? JsonSerializer.Serialize(created) : null));
            command.Parameters.AddWithValue("$happened", Or(change.Happened is { } happened ? JsonSerializer.Serialize(happened) : null));
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    public void Dispose() => _connection.Dispose();

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static object Or(string? text) => text is null ? DBNull.Value : text;
}
