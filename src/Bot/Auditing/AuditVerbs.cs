using System.Data.Common;
using ChatOpsCampaigns.Adapters;
using ChatOpsCampaigns.Adapters.Persistence;
using ChatOpsCampaigns.Adapters.Persistence.Audit;
using ChatOpsCampaigns.Bot.Options;
using ChatOpsCampaigns.Bot.Start;

namespace ChatOpsCampaigns.Bot.Auditing;

/// <summary>What is asked of an audit trail that is there: nothing is made for it and nothing brought up to date, neither folder nor database nor key.</summary>
internal static class AuditVerbs
{
    public static bool Has(string verb) => verb is Arguments.AuditVerify or Arguments.AuditExport;

    /// <summary>Why there is no trail, found before anything is opened; null when there may be one.</summary>
    public static string? WhyNone(DataFolder folder, IConfiguration configuration)
    {
        var isServer = DatabaseOptions.From(configuration).Postgres is not null;
        return (isServer ? Directory.Exists(folder.Path) : File.Exists(folder.Database)) ? null : None(folder, isServer ? "the folder is not there" : "campaigns.db is not there");
    }

    public static async Task<int> RunAsync(string verb, IServiceProvider services, IConfiguration configuration, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<DatabaseStart>().HoldAsync(cancellationToken);
        var standing = await services.GetRequiredService<DatabaseStanding>().MigrationsAsync(cancellationToken);
        if (standing.IsNew)
            throw new InvalidOperationException(None(services.GetRequiredService<DataFolder>(), "the database has no tables"));

        try
        {
            return verb == Arguments.AuditVerify
                ? await VerifyAsync(services, configuration, cancellationToken)
                : await AuditExport.WriteAsync(services, configuration, Console.Out, Console.Error, cancellationToken);
        }
        catch (DbException fault) when (!standing.IsDone)
        {
            throw new InvalidOperationException(
                standing.OfANewer is { } newer
                    ? $"The database {newer}, and its audit trail cannot be read by this one. {MigrationStanding.RunTheNewer}"
                    : "The database is of an older version, and its audit trail cannot be read before its tables are brought up to date. Ask that version, or start this one once, which does it.",
                fault);
        }
    }

    private static Task<int> VerifyAsync(IServiceProvider services, IConfiguration configuration, CancellationToken cancellationToken)
    {
        var key = services.GetRequiredService<AuditKey>();
        return key.IsThere
            ? AuditReport.WriteAsync(services, configuration, Console.Out, cancellationToken)
            : throw new InvalidOperationException($"{key.LostSays}. {key.LostRepair}");
    }

    private static string None(DataFolder folder, string because) =>
        $"There is no audit trail in {folder.Path}: {because}. Name the folder that the bot works on with --Data:Folder, and its database as the bot does.";
}
