using System.Collections.Concurrent;
using System.Globalization;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Agent.Rounds;

/// <summary>
/// Tells people, once for each account and on the channels that they chose, when the agent's turns there fail one after the other, and closes it
/// by itself when one succeeds. What the monitor has told already, that the network does not answer, is not told again.
/// </summary>
public sealed partial class AgentSight(
    IncidentBook book, IncidentVoice voice, IncidentReminders reminders, IAdNetworkDirectory networks, CampaignClock clock, ILogger<AgentSight> logger)
{
    /// <summary>Accounts of which it is known that nothing is open. Absent: not looked up since the start.</summary>
    private readonly ConcurrentDictionary<AdAccountId, bool> _clear = new();

    /// <summary>Accounts that the agent does not see, as people were told.</summary>
    public async Task<IReadOnlyList<AdAccountId>> LostAsync(CancellationToken cancellationToken) =>
        [.. (await book.OpenAsync(cancellationToken)).Where(open => open.Cause == SafetyRules.AgentBlind).Select(open => open.Account).Distinct()];

    /// <param name="managed">The account's campaigns, at least one.</param>
    /// <param name="failures">Rounds in a row in which a turn failed.</param>
    public async Task LostAsync(IReadOnlyList<Campaign> managed, int failures, DateTimeOffset since, Exception fault, CancellationToken cancellationToken)
    {
        var (one, account) = (managed[0], managed[0].Account);
        try
        {
            _clear.TryRemove(account, out _);
            if (fault is AdNetworkException && (await book.OpenAsync(cancellationToken)).Any(open => open.Account == account && open.Cause == SafetyRules.NetworkErrors))
                return;

            var now = clock.GetUtcNow();
            var (profile, isSimulated) = (networks.Profile(one.Spec.Network), managed.All(campaign => campaign.IsSimulated));
            var title = profile.ShortTitle;
            var (incident, isNew) = await book.OpenAsync(
                reminders.Begun(new Incident(
                    IncidentId.New(), one.Workspace, account, Incident.OfAccount(account), AdAccount.Named(title, account), SafetyRules.AgentBlind, Remedy.Alert, Severity.High,
                    new Evidence("turns in a row that failed", string.Create(CultureInfo.InvariantCulture, $"{failures} in {(now - since).TotalMinutes:0} min"), ""), now, IncidentState.Open)
                {
                    OwnPages = isSimulated ? null : profile.OwnPages,
                    Simulated = isSimulated,
                    Campaigns = [.. managed.Select(campaign => campaign.Id)],
                    Notify = managed.Aggregate(AlertChannels.Email, (all, campaign) => all | campaign.Spec.Automation.Notify),
                }),
                cancellationToken);
            if (isNew)
                await voice.OpenedAsync(incident, Says(fault, title), cancellationToken);
        }
        catch (Exception thrown) when (thrown is not OperationCanceledException)
        {
            NotTold(account, thrown);
        }
    }

    /// <param name="because">What is so again, as people say it.</param>
    public async Task RegainedAsync(AdAccountId account, string because, CancellationToken cancellationToken)
    {
        if (_clear.ContainsKey(account))
            return;

        try
        {
            foreach (var open in (await book.OpenAsync(cancellationToken)).Where(open => open.Account == account && open.Cause == SafetyRules.AgentBlind))
            {
                var closed = await book.ChangeAsync(
                    open, found => found with { State = IncidentState.Closed, ClosedAt = clock.GetUtcNow(), Resolution = because }, cancellationToken);
                await voice.NoteAsync(closed, FeedKind.Incident, Severity.Medium, $"{because}, incident closed", closed.CauseWords, PersonId.Agent, cancellationToken);
            }

            _clear[account] = true;
        }
        catch (Exception thrown) when (thrown is not OperationCanceledException)
        {
            NotTold(account, thrown);
        }
    }

    private static string Says(Exception fault, string title) => fault is AdNetworkException
        ? $"the agent cannot see this account: {title} does not answer it; what it cannot see there it does not optimise until it does"
        : "the agent's turns in this account fail by an error of its own, which the log shows; what they fail for is not optimised meanwhile";

    [LoggerMessage(EventId = 144, Level = LogLevel.Error, Message = "People could not be told whether the agent sees {Account}; tried again in the next turn.")]
    private partial void NotTold(AdAccountId account, Exception fault);
}
