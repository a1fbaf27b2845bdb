using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ChatOpsCampaigns.Adapters.Persistence;

/// <summary>The one model, free of what only one engine knows. Each engine has a child with its own migrations.</summary>
internal abstract class CampaignsDb(DbContextOptions options) : DbContext(options)
{
    /// <summary>Brings the database up to date and looks whether it is whole.</summary>
    /// <exception cref="InvalidOperationException">It is damaged, or another process works on it; the message says what to do.</exception>
    public abstract Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Its save gives way to all others: much data that nobody waits for.</summary>
    public bool CanWait { get; init; }

    /// <summary>A statement that writes by itself, in its turn where the engine takes one writer at a time.</summary>
    public virtual Task<int> InTurnAsync(Func<CancellationToken, Task<int>> write, CancellationToken cancellationToken) => write(cancellationToken);

    /// <summary>Hands a part of the room that deleted rows left back to the disk.</summary>
    /// <returns>Whether there is more.</returns>
    public abstract Task<bool> GiveSpaceBackAsync(CancellationToken cancellationToken);

    /// <summary>Writes all tables anew, so that nothing of what was deleted or overwritten is left in the database's files.</summary>
    public abstract Task LeaveNothingAsync(CancellationToken cancellationToken);

    /// <summary>Whether migrations and model agree is held by a test; looking at every start costs a fifth of it.</summary>
    protected static void ModelIsHeldByTests(WarningsConfigurationBuilder warnings) => warnings.Ignore(RelationalEventId.PendingModelChangesWarning);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<Milliseconds>();
        configurationBuilder.Properties<decimal>().HavePrecision(18, 6);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<CampaignRow>(row =>
        {
            Document(row, "Campaigns");
            row.HasIndex(campaign => new { campaign.Workspace, campaign.Handle }).IsUnique();
            row.HasIndex(campaign => new { campaign.Workspace, campaign.Name }).IsUnique();
            row.HasIndex(campaign => campaign.Status);
        });
        modelBuilder.Entity<DraftRow>(row =>
        {
            Document(row, "Drafts");
            row.HasIndex(draft => draft.Person);
        });
        modelBuilder.Entity<IncidentRow>(row =>
        {
            Document(row, "Incidents");
            // One open incident for each campaign and cause.
            row.HasIndex(incident => new { incident.Campaign, incident.Cause }).IsUnique().HasFilter("\"IsOpen\"");
            row.HasIndex(incident => incident.IsOpen);
        });
        modelBuilder.Entity<ApprovalRow>(row =>
        {
            Document(row, "Approvals");
            row.HasIndex(approval => approval.State);
        });
        modelBuilder.Entity<IntentRow>(row =>
        {
            Document(row, "Intents");
            row.HasIndex(intent => intent.State);
            row.HasIndex(intent => new { intent.Campaign, intent.SettledAt });
        });
        modelBuilder.Entity<DecisionRow>(row =>
        {
            Document(row, "Decisions");
            row.HasIndex(decision => new { decision.Campaign, decision.At });
            row.Property(decision => decision.Turns).HasDefaultValue(1);
        });
        modelBuilder.Entity<ForecastRow>(row =>
        {
            row.ToTable("Forecasts").HasKey(forecast => new { forecast.Campaign, forecast.Span, forecast.At });
            row.HasIndex(forecast => forecast.At);
        });
        modelBuilder.Entity<ReadingRow>(row =>
        {
            row.ToTable("Readings").HasKey(reading => reading.Number);
            row.HasIndex(reading => new { reading.Campaign, reading.ReadAt });
            row.HasIndex(reading => reading.ReadAt);
        });
        modelBuilder.Entity<DayRow>().ToTable("Days").HasKey(day => new { day.Campaign, day.Day });
        modelBuilder.Entity<AuditRow>(row =>
        {
            row.ToTable("Audit").HasKey(entry => entry.Number);
            row.Property(entry => entry.Number).ValueGeneratedNever();
            row.HasIndex(entry => entry.Campaign);
        });
        modelBuilder.Entity<FeedRow>(row =>
        {
            row.ToTable("Feed").HasKey(happened => happened.Number);
            row.HasIndex(happened => new { happened.Campaign, happened.Number });
            row.HasIndex(happened => new { happened.Campaign, happened.At });
            row.HasIndex(happened => happened.At);
        });
        modelBuilder.Entity<GivenNumberRow>(row =>
        {
            row.ToTable("Handles").HasKey(handle => new { handle.Workspace, handle.Kind });
            row.Property(handle => handle.Last).IsConcurrencyToken();
        });
        modelBuilder.Entity<SettingRow>().ToTable("Settings").HasKey(setting => new { setting.Workspace, setting.Name });
        modelBuilder.Entity<AlertRow>(row =>
        {
            row.ToTable("Alerts").HasKey(alert => new { alert.Key, alert.Channel });
            row.HasIndex(alert => alert.Accepted);
            row.HasIndex(alert => alert.At);
            row.HasIndex(alert => alert.Incident);
        });
        modelBuilder.Entity<ConversationRow>(row =>
        {
            row.ToTable("Conversations").HasKey(conversation => conversation.Id);
            row.HasIndex(conversation => conversation.Person);
        });
        modelBuilder.Entity<PostRow>().ToTable("Posts").HasKey(post => new { post.Subject, post.Conversation });
        modelBuilder.Entity<TurnRow>(row =>
        {
            row.ToTable("Turns").HasKey(turn => turn.Number);
            row.HasIndex(turn => turn.Id).IsUnique();
            row.HasIndex(turn => turn.Done);
        });
        modelBuilder.Entity<ActivityRow>(row =>
        {
            row.ToTable("Activities").HasKey(activity => activity.Number);
            row.HasIndex(activity => new { activity.Conversation, activity.Number });
            row.HasIndex(activity => new { activity.Conversation, activity.Id });
        });
        modelBuilder.Entity<ChatCardRow>(row =>
        {
            row.ToTable("ChatCards").HasKey(card => card.Id);
            row.HasIndex(card => card.At);
        });
        modelBuilder.Entity<TeamsReferenceRow>(row =>
        {
            row.ToTable("TeamsReferences").HasKey(reference => reference.Id);
            row.HasIndex(reference => reference.At);
        });
        modelBuilder.Entity<SlackInstallationRow>().ToTable("SlackInstallations").HasKey(installation => installation.Team);
        modelBuilder.Entity<SecretKeyRow>().ToTable("SecretKeys").HasKey(key => key.Id);
        modelBuilder.Entity<PreparedRow>().ToTable("Prepared").HasKey(prepared => new { prepared.Source, prepared.Slot });
    }

    private static void Document<TRow>(Microsoft.EntityFrameworkCore.Metadata.Builders.EntityTypeBuilder<TRow> row, string table)
        where TRow : DocumentRow
    {
        row.ToTable(table).HasKey(document => document.Id);
        row.Property(document => document.Version).IsConcurrencyToken();
        row.HasIndex(document => document.At);
    }

    /// <summary>Instants are Unix milliseconds: they compare and sort in SQL on both engines.</summary>
    private sealed class Milliseconds() : ValueConverter<DateTimeOffset, long>(
        instant => instant.ToUnixTimeMilliseconds(), milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
}
