using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Feed;

/// <summary>What the agent did last to a campaign, or said about it.</summary>
public sealed record LastAction(string Action, string Reason, DateTimeOffset At, TimeSpan Age);

/// <summary>
/// Finds the agent's last action with its reason, however much happened or was said since: from the feed, and from the agent's own
/// memory when the feed no longer has it. Only where it never did anything, what it said last.
/// </summary>
public sealed class LastActions(IActivityFeed feed, AgentMemories memories)
{
    private const int EventsLookedAt = 20;

    public async Task<LastAction?> OfAsync(Campaign campaign, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var said = await feed.LatestByAsync(campaign.Workspace, campaign.Id, PersonId.Agent, EventsLookedAt, cancellationToken);
        if ((said.FirstOrDefault(IsAct) is { } act ? Of(act, now) : await RememberedAsync(campaign, now, cancellationToken)) is { } last)
            return last;

        return said.Count > 0 ? Of(said[0], now) : null;
    }

    private async Task<LastAction?> RememberedAsync(Campaign campaign, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await memories.OfAsync(campaign, cancellationToken)).Moves.LastOrDefault() is { } move
            ? new LastAction(
                TurnWords.Move(new Proposal(move.Lever, move.From, move.To, "", "") { Ad = move.Ad }), move.Because ?? "found at the network after its answer was lost", move.At, now - move.At)
            : null;

    private static LastAction Of(FeedEvent happened, DateTimeOffset now) => new(happened.Action, happened.Reason, happened.At, now - happened.At);

    private static bool IsAct(FeedEvent happened) => happened.Kind is not (FeedKind.Note or FeedKind.Suggestion);
}
