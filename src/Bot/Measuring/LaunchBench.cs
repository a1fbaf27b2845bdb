using System.Collections.Concurrent;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Bot.Measuring.Lines;

namespace ChatOpsCampaigns.Bot.Measuring;

/// <summary>
/// <c>bench launch</c>: from <em>Launch</em> to the network's own word, read back, that the campaign is active. One after the other; the
/// creatives were prepared before. The network's review is no work of ours and takes no time here.
/// </summary>
internal static class LaunchBench
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<BenchResult> RunAsync(BenchPlan plan, CancellationToken cancellationToken)
    {
        await using var host = await BenchHost.OpenAsync(plan, cancellationToken);
        var drafts = await LaunchDrafts.AddAsync(host, plan.Campaigns, cancellationToken);
        var watch = new ActiveWatch(host.Machine);
        host.Line.Watch = watch;
        await host.StartAsync(cancellationToken);

        var before = host.Line.Requests;
        var launches = new List<Launch>();
        foreach (var draft in drafts)
            launches.Add(await LaunchAsync(host, draft, watch, cancellationToken));

        var active = launches.Where(launch => launch.Active is not null).ToList();
        var accounts = drafts.Select(draft => draft.Account).Distinct().Count();
        return new BenchResult(
            "launch", plan.Campaigns, accounts, "Launch → active at its network, read back", Spread.Of(active.Select(launch => launch.Active!.Value)), host.Line.Requests - before)
        {
            Parts = [("answered", "Launch → registered and answered", Spread.Of(launches.Select(launch => launch.Answered)))],
            Counts = [("notActive", "launches that did not become active", launches.Count - active.Count)],
            Notes = [.. launches.Select(launch => launch.Why).OfType<string>().Distinct()],
        };
    }

    private static async Task<Launch> LaunchAsync(BenchHost host, CampaignDraft draft, ActiveWatch watch, CancellationToken cancellationToken)
    {
        var person = await host.Get<IPeople>().GetAsync(draft.Owner, cancellationToken);
        var began = host.Machine.GetTimestamp();
        var answer = await host.Get<LaunchDesk>().RequestAsync(draft, person, LaunchDesk.DigestOf(draft), cancellationToken);
        var answered = host.Machine.GetElapsedTime(began);
        if (answer is not LaunchAnswer.Started { Campaign: var campaign })
            return new Launch(answered, null, WhyNot(answer));

        var seen = watch.WhenActive(campaign.Id);
        var patience = Task.Delay(Patience, host.Machine, cancellationToken);
        if (await Task.WhenAny(seen, patience) == patience)
            return new Launch(answered, null, "not active in time");

        return new Launch(answered, host.Machine.GetElapsedTime(began, await seen), null);
    }

    private static string WhyNot(LaunchAnswer answer) => answer switch
    {
        LaunchAnswer.Refused refused => string.Join(" ", refused.Problems.Select(problem => problem.Says)),
        LaunchAnswer.NotAllowed denied => denied.Says,
        _ => answer.GetType().Name,
    };

    private sealed record Launch(TimeSpan Answered, TimeSpan? Active, string? Why);

    /// <summary>Notes when a network first showed a campaign of ours as active after it was told to let it run.</summary>
    private sealed class ActiveWatch(TimeProvider machine) : ILineWatch
    {
        private readonly ConcurrentDictionary<CampaignId, TaskCompletionSource<long>> _active = new();
        private readonly ConcurrentDictionary<ExternalId, CampaignId> _told = new();

        public Task<long> WhenActive(CampaignId campaign) => SourceOf(campaign).Task;

        public AccountReading Shown(AccountReading reading) => reading;

        public void Answered(NetworkCall call, object? answer, long began)
        {
            if (call.Command is NetworkCommand.CreateCampaign created && answer is ExternalId id)
                _told[id] = created.Campaign;

            if (call.Looked is not null && answer is NetworkCampaign { Status: NetworkStatus.Active } shown && _told.TryGetValue(shown.Id, out var campaign))
                SourceOf(campaign).TrySetResult(machine.GetTimestamp());
        }

        private TaskCompletionSource<long> SourceOf(CampaignId campaign) =>
            _active.GetOrAdd(campaign, _ => new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
