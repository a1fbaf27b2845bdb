using ChatOpsCampaigns.Adapters.Persistence;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Bot.Operating;

/// <summary>Whether the database is as this version needs it and takes what is written.</summary>
internal sealed partial class DatabaseQuestions(DatabaseStanding standing, ISettingsStore settings, TimeProvider machine, ILogger<DatabaseQuestions> logger)
{
    private const string Written = "last-asked-whether-ready";

    /// <summary>Longer than a locked file is waited for. Machine time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Whoever asks more often is told the last answer: strangers may ask, and each answer is a commit. Machine time.</summary>
    private static readonly TimeSpan Holds = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private Task<string?>? _answer;
    private long _askedAt;

    /// <summary>What is wrong, or null. Really writes, since a full disk shows in nothing else.</summary>
    public Task<string?> ProblemAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_answer is null || (_answer.IsCompleted && machine.GetElapsedTime(_askedAt) >= Holds))
            {
                _askedAt = machine.GetTimestamp();
                _answer = AskAsync(CancellationToken.None);
            }

            return _answer.WaitAsync(cancellationToken);
        }
    }

    private async Task<string?> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            var migrations = await standing.MigrationsAsync(cancellationToken).WaitAsync(Patience, machine, cancellationToken);
            if (migrations.OfANewer is { } newer)
                return $"the database {newer} while this one runs; sweeps and stops go on. {MigrationStanding.RunTheNewer}";

            if (!migrations.IsDone)
                return "the database is not as this version needs it; start the program again, which brings it up to date";

            await settings.SetAsync(WorkspaceId.Local, Written, machine.GetUtcNow().ToString("O"), cancellationToken).WaitAsync(Patience, machine, cancellationToken);
            return null;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            NotWritten(fault);
            return "the database cannot be written; the log says why";
        }
    }

    [LoggerMessage(EventId = 181, Level = LogLevel.Error, Message = "The database cannot be used.")]
    private partial void NotWritten(Exception fault);
}
