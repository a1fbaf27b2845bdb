using System.Collections.Concurrent;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Bot.Measuring.Lines;

/// <summary>
/// From its moment on each campaign's report shows more spend than its daily cap. Notes by the machine's clock when a report that shows it
/// was asked for and answered, when the pause was sent and accepted, and when reading back first showed it paused.
/// </summary>
internal sealed class BreachWatch(TimeProvider machine) : ILineWatch
{
    private const decimal OverCap = 1.1m;

    private readonly ConcurrentDictionary<ExternalId, Stop> _stops = new();
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _confirmed;

    public IReadOnlyCollection<Stop> Stops => [.. _stops.Values];

    /// <summary>Ends when every pause was read back.</summary>
    public Task AllConfirmed => _all.Task;

    /// <param name="at">The machine's timestamp from which on the network's report shows it.</param>
    public void Plan(Campaign campaign, long at)
    {
        var id = campaign.Network.Campaign ?? throw new InvalidOperationException($"{campaign.Name} is at no network.");
        _stops[id] = new Stop(at, campaign.Spec.Budget.MaxDailySpend * OverCap);
    }

    public AccountReading Shown(AccountReading reading)
    {
        var now = machine.GetTimestamp();
        var over = reading.Campaigns.Where(one => IsVisible(one.Key, now)).Select(one => KeyValuePair.Create(one.Key, Over(one.Value)));
        return reading with { Campaigns = reading.Campaigns.SetItems(over) };
    }

    public void Answered(NetworkCall call, object? answer, long began)
    {
        var now = machine.GetTimestamp();
        switch (answer)
        {
            case AccountReading reading:
                foreach (var (id, stop) in _stops.Where(one => reading.Campaigns.TryGetValue(one.Key, out var shown) && shown.Today.Spend == one.Value.Spend))
                    stop.Seen(began, now);
                break;

            case NetworkCampaign { Status: NetworkStatus.Paused } shown when call.Looked is not null && _stops.TryGetValue(shown.Id, out var stop) && stop.Confirm(began, now):
                if (Interlocked.Increment(ref _confirmed) == _stops.Count)
                    _all.TrySetResult();
                break;

            default:
                if (call.Command is NetworkCommand.Pause pause && _stops.TryGetValue(pause.Target, out var paused))
                    paused.Accepted(began, now);
                break;
        }
    }

    private bool IsVisible(ExternalId id, long now) => _stops.TryGetValue(id, out var stop) && stop.At <= now;

    private PerformanceReading Over(PerformanceReading reading) => reading with { Today = reading.Today with { Spend = _stops[reading.Settings.Id].Spend } };

    /// <summary>One stop in the machine's timestamps; null is "not yet".</summary>
    internal sealed class Stop(long at, Money spend)
    {
        private readonly Lock _lock = new();

        public long At => at;

        public Money Spend => spend;

        public (long Asked, long Answered)? Fetch { get; private set; }

        public (long Sent, long Answered)? Pause { get; private set; }

        public (long Asked, long Answered)? ReadBack { get; private set; }

        public void Seen(long asked, long answered)
        {
            lock (_lock)
                Fetch ??= (asked, answered);
        }

        public void Accepted(long sent, long answered)
        {
            lock (_lock)
                Pause ??= (sent, answered);
        }

        /// <summary>True the first time.</summary>
        public bool Confirm(long asked, long answered)
        {
            lock (_lock)
            {
                if (ReadBack is not null)
                    return false;

                ReadBack = (asked, answered);
                return true;
            }
        }
    }
}
