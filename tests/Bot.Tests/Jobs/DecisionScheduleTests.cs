using System.Collections.Concurrent;
using ChatOpsCampaigns.Adapters;
using ChatOpsCampaigns.Automation.Agent.Rounds;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Bot.Jobs.Deciding;
using ChatOpsCampaigns.Bot.Options;
using ChatOpsCampaigns.Bot.Tests.Months;
using ChatOpsCampaigns.Kit.Faults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Bot.Tests.Jobs;

/// <summary>The real scheduler over its own file, on a clock that the test moves: each round of the agent's turns leaves its heartbeat.</summary>
public sealed class DecisionScheduleTests
{
    private const int RoundsADay = 288;

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Proves(82, 167)]
    [Fact(Timeout = 600_000)]
    public async Task A_day_has_288_rounds_and_a_standstill_is_made_up_for_by_one()
    {
        var patience = TestContext.Current.CancellationToken;
        await using var bot = await WholeBot.OpenAsync(new FaultPlan(0, 0));
        var beats = new Heartbeats();
        var schedule = await StartedAsync(bot, beats);
        var midnight = bot.Clock.GetUtcNow();

        for (var round = 1; round <= RoundsADay; round++)
        {
            bot.Machine.Advance(Every);
            await beats.UntilAsync(round);
        }

        beats.At.ShouldBe(Enumerable.Range(1, RoundsADay).Select(round => midnight + (round * Every)));
        await schedule.StopAsync(patience);
        bot.Machine.Advance(TimeSpan.FromHours(2));
        beats.At.Count.ShouldBe(RoundsADay, "nothing decides while it stands still");

        schedule = await StartedAsync(bot, beats);
        await beats.UntilAsync(RoundsADay + 1);
        bot.Machine.Advance(Every - Short);
        await beats.StaysAsync(RoundsADay + 1);
        bot.Machine.Advance(Short);
        await beats.UntilAsync(RoundsADay + 2);
        await schedule.StopAsync(patience);
    }

    /// <summary>As after a start of the program: a schedule of its own over the same file.</summary>
    private static async Task<DecisionSchedule> StartedAsync(WholeBot bot, Heartbeats beats)
    {
        var turns = new AgentTurns(bot.Get<AccountTurns>(), bot.Get<ICampaignStore>(), beats, bot.Clock, bot.Machine);
        var services = new ServiceCollection().AddSingleton(turns).BuildServiceProvider();
        var schedule = new DecisionSchedule(
            services, bot.Get<DataFolder>(), bot.Clock, new AgentOptions { DecideEvery = Every }, NullLoggerFactory.Instance);
        await schedule.StartAsync(Cancel);
        return schedule;
    }

    /// <summary>When each round ended, in campaign time.</summary>
    private sealed class Heartbeats : ISettingsStore
    {
        private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

        private readonly ConcurrentQueue<DateTimeOffset> _at = new();

        public IReadOnlyCollection<DateTimeOffset> At => _at;

        public Task<T?> FindAsync<T>(WorkspaceId workspace, string name, CancellationToken cancellationToken) where T : class => Task.FromResult<T?>(null);

        public Task SetAsync<T>(WorkspaceId workspace, string name, T value, CancellationToken cancellationToken) where T : class
        {
            if (value is TurnsReport report)
                _at.Enqueue(report.At);

            return Task.CompletedTask;
        }

        public Task SetAsync<T>(WorkspaceId workspace, string name, T value, AuditEntry entry, CancellationToken cancellationToken) where T : class =>
            SetAsync(workspace, name, value, cancellationToken);

        /// <summary>The scheduler has a thread of its own: waited for as long as the test has patience.</summary>
        public async Task UntilAsync(int wanted)
        {
            while (_at.Count < wanted)
                await Task.Delay(Look, TimeProvider.System, Cancel);

            _at.Count.ShouldBe(wanted);
        }

        /// <summary>Nothing more comes, looked at often enough for a round that was under way.</summary>
        public async Task StaysAsync(int wanted)
        {
            for (var look = 0; look < 40; look++)
            {
                _at.Count.ShouldBe(wanted);
                await Task.Delay(Look, TimeProvider.System, Cancel);
            }
        }
    }
}
