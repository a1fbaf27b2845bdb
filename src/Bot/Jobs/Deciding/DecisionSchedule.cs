using ChatOpsCampaigns.Adapters;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Bot.Options;
using Microsoft.Data.Sqlite;
using Quartz;
using Quartz.Impl;

namespace ChatOpsCampaigns.Bot.Jobs.Deciding;

/// <summary>
/// The agent's schedule, kept in <c>schedule.db</c> in the data folder and going by campaign time. Rounds that were missed while
/// the process was down are made up for by one. A damaged schedule is put aside and made anew: nothing else is in it.
/// </summary>
internal sealed partial class DecisionSchedule(
    IServiceProvider services, DataFolder folder, CampaignClock clock, AgentOptions options, ILoggerFactory logging)
    : IHostedService
{
    private static readonly JobKey Job = new("decide", "agent");
    private static readonly TriggerKey Trigger = new("decide", "agent");

    private readonly ILogger _logger = logging.CreateLogger<DecisionSchedule>();
    private IScheduler? _scheduler;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder.Path);
        try
        {
            await BeginAsync(cancellationToken);
        }
        catch (Exception fault) when (FileFault.IsDamage(fault))
        {
            await StopAsync(cancellationToken);
            PutAside(folder.Schedule);
            MadeAnew(folder.Schedule, fault.Message);
            await BeginAsync(cancellationToken);
        }
        catch (Exception fault) when (FileFault.SentenceOf(fault, folder.Schedule) is { } sentence)
        {
            throw new InvalidOperationException(sentence, fault);
        }
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        _scheduler = await QuartzSchedulerBuilder.Create(Configure).BuildScheduler(cancellationToken);

        var job = JobBuilder.Create<DecisionJob>().WithIdentity(Job).Build();
        var trigger = TriggerBuilder.Create()
            .WithIdentity(Trigger)
            .ForJob(Job)
            .StartAt(clock.GetUtcNow() + options.DecideEvery)
            .WithSimpleSchedule(every => every
                .WithInterval(options.DecideEvery)
                .RepeatForever()
                .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithExistingCount))
            .Build();

        if (!await IsKeptAsync(_scheduler, cancellationToken))
            await _scheduler.ScheduleJob(job, trigger, new ScheduleJobOptions { Replace = true }, cancellationToken);

        await _scheduler.Start(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_scheduler is { } scheduler)
            await scheduler.Shutdown(waitForJobsToComplete: true, cancellationToken);
    }

    /// <summary>A schedule of an earlier run goes on, unless its interval was changed or its next round lies too far ahead.</summary>
    private async Task<bool> IsKeptAsync(IScheduler scheduler, CancellationToken cancellationToken) =>
        await scheduler.GetTrigger(Trigger, cancellationToken) is ISimpleTrigger kept
        && kept.RepeatInterval == options.DecideEvery
        && kept.NextFireTimeUtc <= clock.GetUtcNow() + options.DecideEvery;

    private void Configure(IQuartzBuilder quartz)
    {
        quartz.ConfigureScheduler(scheduler => scheduler.InstanceName = "agent");
        quartz.UseTimeProvider(clock);
        quartz.UseDefaultThreadPool(2);
        quartz.UseJobFactory(new MicrosoftDependencyInjectionJobFactory(services, Microsoft.Extensions.Options.Options.Create(new JobFactoryOptions()), logging));
        quartz.UsePersistentStore(store =>
        {
            store.ConfigureStore(kept => kept.StoreJobDataAsStrings = true);
            store.ProvisionSchema();
            store.UseSystemTextJsonSerializer();
            store.UseSqlite(ConnectionTo(folder.Schedule));
        });
    }

    private static string ConnectionTo(string file) => $"Data Source={file}";

    private static void PutAside(string file)
    {
        using (var connection = new SqliteConnection(ConnectionTo(file)))
            SqliteConnection.ClearPool(connection);

        File.Move(file, $"{file}.damaged", overwrite: true);
        foreach (var beside in new[] { "-wal", "-shm", "-journal" })
            File.Delete(file + beside);
    }

    [LoggerMessage(EventId = 154, Level = LogLevel.Warning, Message = "{File} was damaged and is made anew; the old one lies beside it. The agent's next round comes as if the program were new. {Says}")]
    private partial void MadeAnew(string file, string says);
}
