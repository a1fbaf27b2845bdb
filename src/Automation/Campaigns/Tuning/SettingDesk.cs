using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Raises;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Campaigns.Tuning;

/// <summary>Changes settings of launched campaigns for people, on record and told where the campaign's news goes. What tightens acts at once; a higher cap goes the way of a raise, and what lifts another limit waits for a second person, where there is one.</summary>
public sealed class SettingDesk(ICampaignStore campaigns, CapRaises caps, CampaignControl control, IActivityFeed feed, CampaignClock clock)
{
    /// <summary>What a higher cap, or another limit that is lifted, would meet; null for other changes.</summary>
    public async Task<RaisePreview?> PreviewAsync(Campaign campaign, SettingChange change, Person by, CancellationToken cancellationToken) =>
        change is { Loosens: true, Cap.To: var to } ? await caps.PreviewAsync(campaign, to, clock.GetUtcNow(), cancellationToken)
        : await HeldAsync(campaign, change, by, cancellationToken) is { } held ? new RaisePreview(held, null)
        : await caps.WhySecondPersonAsync(campaign, change, by, cancellationToken) is { } because ? new RaisePreview(null, because) : null;

    /// <summary>What the emergency monitor would do at its next check because of the change, by the figures of now and with them, in a sentence; null when nothing.</summary>
    public async Task<string?> ActsOnAsync(Campaign campaign, SettingChange change, CancellationToken cancellationToken)
    {
        if (!change.IsWatched && change.Cap is null || await caps.BreachByAsync(campaign, change, cancellationToken) is not { } breach)
            return null;

        var act = breach.Remedy switch { Remedy.PauseCampaign => "stops it", Remedy.ReduceBid => "cuts its bid", _ => "opens an incident" };
        return $"By the figures of now the emergency monitor {act} for that at its next check: {breach.Evidence.Words}.";
    }

    private async Task<string?> HeldAsync(Campaign campaign, SettingChange change, Person by, CancellationToken cancellationToken) =>
        change is { Loosens: true, IsWatched: true, Cap: null } ? await caps.HoldObjectionAsync(campaign, by, cancellationToken) : null;

    /// <param name="read">Reads the wanted value against the campaign as it stands.</param>
    /// <param name="sure">Asked about an unusual size, the person confirmed it.</param>
    public async Task<ControlAnswer> SetAsync(CampaignId id, Func<Campaign, SettingReading> read, Person by, bool sure, CancellationToken cancellationToken)
    {
        if (await campaigns.FindAsync(id, cancellationToken) is not { } campaign)
            return new ControlAnswer(false, "There is no such campaign.");

        if (!campaign.IsOpen)
            return new ControlAnswer(false, $"{campaign.Name} is {StatusWords.Of(campaign.Status)}; its settings cannot be changed{(campaign.Status == CampaignStatus.Launching ? " yet" : " any more")}.");

        if (read(campaign) is not { Change: { } change } reading)
            return new ControlAnswer(false, $"{read(campaign).Problem} Nothing was changed.");

        if (change.Before == change.After)
            return new ControlAnswer(false, $"{campaign.Name}: {change.Name} {change.After} holds already; nothing was changed.");

        var needed = change.Loosens ? Permission.Raise : Permission.Reduce;
        if (!by.May(needed, campaign.Account))
            return new ControlAnswer(false, RoleTable.Refusal(needed, "do this", by));

        if (change is { Loosens: true, Cap.To: var cap } && await caps.AskAsync(campaign, cap, by, sure, clock.GetUtcNow(), cancellationToken) is { } asked)
            return new ControlAnswer(false, asked);

        if (await HeldAsync(campaign, change, by, cancellationToken) is { } held)
            return new ControlAnswer(false, $"Not done: {held}");

        if (change.Cap is null && await caps.AskAsync(campaign, change, by, cancellationToken) is { } waits)
            return new ControlAnswer(false, waits);

        var changed = await campaigns.ChangeAsync(
            id, now => read(now).Change is { } still ? SettingChanged.Make(now, still, by.Id, clock.GetUtcNow()) : now, cancellationToken);
        await feed.PublishAsync(
            new FeedEvent(
                0, clock.GetUtcNow(), changed.Workspace, changed.Account, changed.Id, changed.Name, FeedKind.Note, Severity.Medium, $"{change.Name} {change.Before} → {change.After}",
                $"{(change.Undoes is null ? "" : "undone ")}by {by.Name}", by.Id, Simulated: changed.IsSimulated),
            cancellationToken);
        var lowered = change is { Loosens: false, Cap.To: var most } && changed.DailyBudget > most ? await CutAsync(changed, most, by, cancellationToken) : "";
        return new ControlAnswer(true, $"{changed.Name}: {change.Name} {change.Before} → {change.After}. {From(change)}{(change.Note.Length > 0 ? $" {change.Note}" : "")}{lowered}");
    }

    private static string From(SettingChange change) => change.Name is "fee" or "creative cost"
        ? "It counts for its true return and moves nothing."
        : change.Cap is null
        ? change.IsWatched ? "The agent goes by it from its next turn on, the emergency monitor from its next check on." : "The agent goes by it from its next turn on."
        : "The emergency monitor goes by it from its next check on; the agent raises no budget above it.";

    /// <summary>No budget stands above its cap: it would be stopped every day.</summary>
    private async Task<string> CutAsync(Campaign campaign, Money cap, Person by, CancellationToken cancellationToken) =>
        $" No budget stands above its cap: {(await control.SetBudgetAsync(campaign.Id, by, cap, cancellationToken)).Says}";
}
