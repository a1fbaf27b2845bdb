using ChatOpsCampaigns.Adapters;
using ChatOpsCampaigns.Adapters.Chat.WebChat;
using ChatOpsCampaigns.Adapters.Persistence;
using ChatOpsCampaigns.Adapters.Persistence.Audit;
using ChatOpsCampaigns.Adapters.Persistence.Forgetting;
using ChatOpsCampaigns.Adapters.Persistence.Retention;
using ChatOpsCampaigns.Adapters.Persistence.Secrets;
using ChatOpsCampaigns.Adapters.Persistence.Stores;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.Foresight;
using ChatOpsCampaigns.Automation.Alerts;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.People.Forgetting;
using ChatOpsCampaigns.Automation.Safety.Auditing;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Bot.Jobs;
using ChatOpsCampaigns.Bot.Options;
using ChatOpsCampaigns.Dialogs.Chat;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace ChatOpsCampaigns.Bot.Composition;

internal static class PersistenceServices
{
    /// <summary>Everything that is kept, in the <see cref="DataFolder"/> that is registered already.</summary>
    public static IServiceCollection AddPersistence(this IServiceCollection services, IConfiguration configuration) => services
        .AddDatabase(DatabaseOptions.From(configuration))
        .AddSingleton(provider => new AuditKey(provider.GetRequiredService<DataFolder>(), configuration["Audit:Key"]))
        .AddSingleton<DatabaseStanding>()
        .AddSingleton<Checkpoints>()
        .AddSingleton<TrailStanding>()
        .AddSingleton<ISelfCheck>(provider => provider.GetRequiredService<TrailStanding>())
        .AddSingleton<CheckpointMaker>()
        .AddHostedService<CheckpointWorker>()
        .AddSingleton<AuditChain>()
        .AddSingleton(provider => new Lazy<AuditChain>(provider.GetRequiredService<AuditChain>))
        .AddSingleton<IAuditTrail>(provider => provider.GetRequiredService<AuditChain>())
        .AddSingleton<ForgettingEnd>()
        .AddSingleton<IPersonalRecords, PersonalRecords>()
        .AddSingleton<IStopJournal, FileStopJournal>()
        .AddSingleton<JournalStanding>()
        .AddSingleton<ICampaignStore, CampaignStore>()
        .AddSingleton<IDraftStore, DraftStore>()
        .AddSingleton<IReadingStore, ReadingStore>()
        .AddSingleton<IDecisionStore, DecisionStore>()
        .AddSingleton<IForecastStore, ForecastStore>()
        .AddSingleton<IIncidentStore, IncidentStore>()
        .AddSingleton<IApprovalStore, ApprovalStore>()
        .AddSingleton<IIntentStore, IntentStore>()
        .AddSingleton<ActRecorder>()
        .AddSingleton<IActivityFeed, ActivityFeedStore>()
        .AddSingleton(provider => new Lazy<IActivityFeed>(provider.GetRequiredService<IActivityFeed>))
        .AddSingleton<ISettingsStore, SettingsStore>()
        .AddSingleton<SettingsOnRecord>()
        .AddHostedService<SettingsStart>()
        .AddSingleton<IAlertStore, AlertStore>()
        .AddSingleton(RetentionOptions.From(configuration))
        .AddSingleton<RollUp>()
        .AddSingleton<OldRecords>()
        .AddSingleton<NamedFiles>()
        .AddSingleton<OldFiles>()
        .AddSingleton<Housekeeping>()
        .AddHostedService<OldRecordsWorker>()
        .AddSingleton<IConversationStore, ConversationStore>()
        .AddSingleton<IInbox, InboxStore>()
        .AddSingleton<IActivityLog, ActivityLogStore>();

    /// <summary>Encrypts what is kept and may be read by nobody: with keys in the database, locked under one that is not.</summary>
    public static void AddSecrets(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("ChatOpsCampaigns");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(options =>
        {
            options.XmlRepository = new SecretKeys(provider.GetRequiredService<Database>());
            options.XmlEncryptor = new SecretKeyLock(provider.GetRequiredService<AuditKey>());
        }));
    }

    private static IServiceCollection AddDatabase(this IServiceCollection services, DatabaseOptions options)
    {
        if (options.Postgres is { } connection)
        {
            return services
                .AddSingleton(Database.Of(PostgresCampaignsDb.Options(connection)))
                .AddSingleton(provider => new PostgresHold(connection, provider.GetRequiredService<TimeProvider>()))
                .AddSingleton<DatabaseStart>();
        }

        return services
            .AddSingleton<WriterTurns>()
            .AddSingleton(provider => Database.Of(SqliteCampaignsDb.Options(provider.GetRequiredService<DataFolder>().Database), provider.GetRequiredService<WriterTurns>()))
            .AddSingleton<DatabaseStart>();
    }
}
