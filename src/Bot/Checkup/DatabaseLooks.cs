using System.Data.Common;
using ChatOpsCampaigns.Adapters;
using ChatOpsCampaigns.Adapters.Persistence;
using ChatOpsCampaigns.Adapters.Persistence.Audit;
using ChatOpsCampaigns.Automation.Accounts.Setup;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Bot.Options;

namespace ChatOpsCampaigns.Bot.Checkup;

/// <summary>The database, and what it knows of the time. A file that is not there is not made.</summary>
internal static class DatabaseLooks
{
    private const string Check = "database";

    /// <summary>How far campaign time may stand ahead of this machine's clock at speed 1.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(1);

    public static async Task<IReadOnlyList<Finding>> AllAsync(ServiceProvider services, DataFolder folder, CancellationToken cancellationToken)
    {
        var isServer = DatabaseOptions.From(services.GetRequiredService<IConfiguration>()).Postgres is not null;
        if (!isServer && !File.Exists(folder.Database))
        {
            return
            [
                Finding.Ok(Check, "not there yet; the first start makes it"),
                Finding.Ok("clock", $"it is {TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC; nothing is recorded yet to hold against it"),
            ];
        }

        var database = await DatabaseAsync(services.GetRequiredService<DatabaseStanding>(), isServer, cancellationToken);
        return database.Standing == Standing.Fail ? [database] : [database, .. await TrailAsync(services.GetRequiredService<TrailStanding>(), cancellationToken), await ClockAsync(services.GetRequiredService<ISettingsStore>(), cancellationToken)];
    }

    /// <summary>What was said in the chat about channels and on-call; as if nothing was where it cannot be read, of which another look tells.</summary>
    public static async Task ReadSetupAsync(ServiceProvider services, DataFolder folder, CancellationToken cancellationToken)
    {
        var said = services.GetRequiredService<SetupBook>();
        try
        {
            if (DatabaseOptions.From(services.GetRequiredService<IConfiguration>()).Postgres is null && !File.Exists(folder.Database))
                said.AssumeNothing();
            else
                await said.AllAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            said.AssumeNothing();
        }
    }

    private static async Task<Finding> DatabaseAsync(DatabaseStanding standing, bool isServer, CancellationToken cancellationToken)
    {
        var what = isServer ? "the PostgreSQL server" : "campaigns.db";
        try
        {
            if (await standing.DamageAsync(cancellationToken) is { } damage)
                return Finding.Fail(Check, $"{what} is damaged ({damage})", "Stop the bot and restore a copy: docs/operating.md says how.");

            var migrations = await standing.MigrationsAsync(cancellationToken);
            if (migrations.OfANewer is { } newer)
                return Finding.Fail(Check, $"{what} {newer}", MigrationStanding.RunTheNewer);

            if (migrations.Waiting.Count > 0)
                return Finding.Warn(Check, $"{what} waits for {migrations.Waiting.Count} changes of its tables", "Make a copy; the next start makes them.");

            await standing.TryWritingAsync(cancellationToken);
            return Finding.Ok(Check, $"{what} is whole, up to date and can be written");
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            return Finding.Fail(Check, $"{what} cannot be used: {fault.Message.TrimEnd('.')}", isServer ? "Check Database:ConnectionString and the server." : "Free the file, or restore a copy: docs/operating.md says how.");
        }
    }

    /// <summary>Whether the audit trail belongs to its checkpoints and its key; neither is made here.</summary>
    private static async Task<IReadOnlyList<Finding>> TrailAsync(TrailStanding trail, CancellationToken cancellationToken)
    {
        const string Name = "audit trail";
        try
        {
            if (await trail.TroublesAsync(cancellationToken) is [_, ..] troubles)
                return [.. troubles.Select(trouble => Finding.Fail(Name, trouble.Says, trouble.Repair))];

            return await trail.SizeAsync(cancellationToken) switch
            {
                (0, _) => [Finding.Ok(Name, "nothing is on record yet")],
                (var entries, 0) => [Finding.Warn(Name, $"{entries} entries and no checkpoint: a trail that was cut short is not found", "Put checkpoints.jsonl back from its copy; else the next entry begins another.")],
                var (entries, _) => [Finding.Ok(Name, $"{entries} entries; key, checkpoints and newest entry belong together")],
            };
        }
        catch (DbException fault)
        {
            return [Finding.Warn(Name, $"it cannot be read: {fault.Message.TrimEnd('.')}", "Look again after the next start, which brings the tables up to date.")];
        }
    }

    /// <summary>Time that was recorded lies in the past, unless a clock went back or campaign time ran faster than the world's.</summary>
    private static async Task<Finding> ClockAsync(ISettingsStore settings, CancellationToken cancellationToken)
    {
        const string Name = "clock";
        var now = TimeProvider.System.GetUtcNow();
        var kept = await settings.FindAsync<KeptTime>(WorkspaceId.Local, KeptTime.Setting, cancellationToken);
        if (kept is { Scaled: true })
            return Finding.Ok(Name, $"it is {now:yyyy-MM-dd HH:mm} UTC; campaign time ran faster and stands at {kept.CampaignTime:yyyy-MM-dd HH:mm} UTC");

        return kept is not null && kept.CampaignTime - now > Ahead
            ? Finding.Fail(Name, $"it is {now:yyyy-MM-dd HH:mm} UTC here, and {kept.CampaignTime:yyyy-MM-dd HH:mm} UTC was recorded already", "Set this machine's clock right, for example by NTP: timedatectl set-ntp true")
            : Finding.Ok(Name, $"it is {now:yyyy-MM-dd HH:mm} UTC, later than everything that was recorded");
    }
}
