using ChatOpsCampaigns.Adapters;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Bot.Options;
using Quartz;
using Quartz.Impl;

namespace ChatOpsCampaigns.Bot.Jobs.Deciding;

/// <summary>
/// The agent's schedule, kept in <c>schedule.db</c> in the data folder and going by campaign time. Rounds that were missed while
/// the process was down are made up for by one.
/// </summary>
internal sealed class DecisionSchedule(IServiceProvider services, DataFolder folder, CampaignClock clock, AgentOptions options, ILoggerFactory logging)
    : IHostedService
{
    private static readonly JobKey Job = new("decide", "agent");
    private static readonly TriggerKey Trigger = new("decide", "agent");

    private IScheduler? _scheduler;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder.Path);
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
            store.UseSqlite($"Data Source={Path.Combine(folder.Path, "schedule.db")}");
        });
    }
}
