using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace ChatOpsCampaigns.Adapters.Persistence;

internal sealed class PostgresCampaignsDb(DbContextOptions<PostgresCampaignsDb> options) : CampaignsDb(options)
{
    /// <summary>A server that does not answer is given up after this, so that a stop is never held for longer.</summary>
    private const int SecondsToWait = 2;

    public static DbContextOptions<PostgresCampaignsDb> Options(string connection) => new DbContextOptionsBuilder<PostgresCampaignsDb>()
        .UseNpgsql(new NpgsqlConnectionStringBuilder(connection) { Timeout = SecondsToWait, CommandTimeout = SecondsToWait }.ToString())
        .Options;

    /// <summary>The server looks after its own files; a migration cut short is rolled back with its session.</summary>
    public override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        await Database.MigrateAsync(cancellationToken);
    }

    /// <summary>Also the samples that the server keeps of what stands in columns; its log and its copies are its keeper's.</summary>
    public override async Task LeaveNothingAsync(CancellationToken cancellationToken)
    {
        Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        await Database.ExecuteSqlRawAsync("VACUUM (FULL, ANALYZE);", cancellationToken);
    }

    /// <summary>The server does it by itself.</summary>
    public override Task<bool> GiveSpaceBackAsync(CancellationToken cancellationToken) => Task.FromResult(false);
}

/// <summary>For the tool that writes migrations; never used by the program.</summary>
internal sealed class PostgresDesign : IDesignTimeDbContextFactory<PostgresCampaignsDb>
{
    public PostgresCampaignsDb CreateDbContext(string[] args) => new(PostgresCampaignsDb.Options("Host=design"));
}
