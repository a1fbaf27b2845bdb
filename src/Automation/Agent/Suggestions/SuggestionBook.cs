using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Suggestions;

/// <summary>Keeps the newest suggestion of each campaign: made anew when the moves differ, let go when there is nothing to move any more.</summary>
public sealed class SuggestionBook(ISettingsStore settings, IActivityFeed feed)
{
    /// <summary>What expired lately and is suggested again goes on in its message.</summary>
    private static readonly TimeSpan SameThread = TimeSpan.FromHours(1);

    private readonly Turnstile _campaigns = new();

    public Task<IDisposable> EnterAsync(CampaignId campaign, CancellationToken cancellationToken) => _campaigns.EnterAsync(campaign.Value, cancellationToken);

    public Task<Suggestion?> FindAsync(Campaign campaign, CancellationToken cancellationToken) => FindAsync(settings, campaign, cancellationToken);

    public static Task<Suggestion?> FindAsync(ISettingsStore settings, Campaign campaign, CancellationToken cancellationToken) =>
        settings.FindAsync<Suggestion>(campaign.Workspace, Name(campaign), cancellationToken);

    /// <summary>After a turn: what it would do is suggested, and what it would no longer do expires.</summary>
    public async Task OfferAsync(Observation now, Decision decision, Plan plan, CancellationToken cancellationToken)
    {
        using var turn = await EnterAsync(now.Campaign.Id, cancellationToken);
        var last = await FindAsync(now.Campaign, cancellationToken);

        // A turn that looked before a person answered knows nothing of the answer.
        if (last is { State: not (SuggestionState.Open or SuggestionState.Expired), EndedAt: { } answered } && answered > now.Now)
            return;

        if (last is { State: SuggestionState.Open } && last.ChangedBy(now.Campaign) is { } by)
        {
            last = await KeepAsync(
                now.Campaign, last with { State = SuggestionState.Changed, By = by.By, EndedAt = now.Now, Says = Suggestion.Otherwise(by, now.Campaign) }, cancellationToken);
        }

        if (plan.Moves.IsEmpty)
        {
            if (last is { State: SuggestionState.Open })
                await ExpireAsync(now.Campaign, last, now.Now, decision.Says, cancellationToken);

            return;
        }

        if (last is { State: SuggestionState.Open } && last.Shown == Suggestion.DigestOf(plan.Moves))
        {
            await TellAsync(now.Campaign, last, cancellationToken);
            return;
        }

        var goesOn = last is { State: SuggestionState.Open } || (last is { State: SuggestionState.Expired, EndedAt: { } ended } && now.Now - ended < SameThread);
        var made = new Suggestion(
            decision.Id, goesOn ? last!.Thread : decision.Id, now.Campaign.Id, now.Now, decision.Saw, plan.Moves, SuggestionState.Open);
        await KeepAsync(now.Campaign, made, cancellationToken);
        await TellAsync(now.Campaign, made, cancellationToken);
    }

    public async Task<Suggestion> ExpireAsync(Campaign campaign, Suggestion suggestion, DateTimeOffset at, string because, CancellationToken cancellationToken)
    {
        var expired = await KeepAsync(campaign, suggestion with { State = SuggestionState.Expired, EndedAt = at, Says = because }, cancellationToken);
        await PublishAsync(campaign, at, $"no longer suggests {suggestion.Words}", because, cancellationToken);
        return expired;
    }

    public async Task<Suggestion> KeepAsync(Campaign campaign, Suggestion suggestion, CancellationToken cancellationToken)
    {
        await settings.SetAsync(campaign.Workspace, Name(campaign), suggestion, cancellationToken);
        return suggestion;
    }

    /// <summary>Once, also after a crash between keeping and telling.</summary>
    private async Task TellAsync(Campaign campaign, Suggestion suggestion, CancellationToken cancellationToken)
    {
        if (suggestion.Told)
            return;

        await PublishAsync(campaign, suggestion.At, $"suggests {suggestion.Words}", string.Join("; ", suggestion.Moves.Select(move => move.Because)), cancellationToken);
        await KeepAsync(campaign, suggestion with { Told = true }, cancellationToken);
    }

    private Task<FeedEvent> PublishAsync(Campaign campaign, DateTimeOffset at, string action, string reason, CancellationToken cancellationToken) => feed.PublishAsync(
        new FeedEvent(
            0, at, campaign.Workspace, campaign.Account, campaign.Id, campaign.Name, FeedKind.Suggestion, Severity.Low, action, reason, PersonId.Agent, Demo: campaign.Demo, Simulated: campaign.IsSimulated),
        cancellationToken);

    private static string Name(Campaign campaign) => $"suggestion/{campaign.Id}";
}
