using Npgsql;

namespace ChatOpsCampaigns.Bot.Options;

/// <summary>Where everything is kept: a file in the data folder, or a PostgreSQL server.</summary>
/// <param name="Postgres">How to reach the server; null for SQLite.</param>
internal sealed record DatabaseOptions(string? Postgres)
{
    /// <summary><c>Database:Provider</c> (<c>Sqlite</c>, or <c>Postgres</c> with <c>Database:ConnectionString</c>).</summary>
    /// <exception cref="InvalidOperationException">They do not fit each other; the message says what would be right and repeats no secret.</exception>
    public static DatabaseOptions From(IConfiguration configuration)
    {
        var provider = configuration["Database:Provider"] is { Length: > 0 } given ? given : "Sqlite";
        var connection = configuration["Database:ConnectionString"] is { Length: > 0 } text ? text : null;
        if (provider.Equals("Sqlite", StringComparison.OrdinalIgnoreCase))
        {
            return connection is null
                ? new DatabaseOptions((string?)null)
                : throw new InvalidOperationException("Database:ConnectionString is for PostgreSQL. Set Database:Provider to Postgres, or leave it out: SQLite keeps its file in Data:Folder.");
        }

        if (!provider.Equals("Postgres", StringComparison.OrdinalIgnoreCase))
            throw new InvalidOperationException($"Database:Provider is {provider}; it can be Sqlite or Postgres.");

        return new DatabaseOptions(Checked(connection)
            ?? throw new InvalidOperationException("Database:Provider is Postgres and Database:ConnectionString is not set; write for example Host=db.example.com;Database=campaigns;Username=campaigns;Password=…"));
    }

    private static string? Checked(string? connection)
    {
        try
        {
            return connection is null ? null : new NpgsqlConnectionStringBuilder(connection).ToString();
        }
        catch (ArgumentException)
        {
            throw new InvalidOperationException("Database:ConnectionString cannot be read; write for example Host=db.example.com;Database=campaigns;Username=campaigns;Password=…");
        }
    }
}
