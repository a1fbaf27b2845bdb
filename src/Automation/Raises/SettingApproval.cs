using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Tuning;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Raises;

/// <summary>A limit of a campaign that somebody wants lifted: what a second person approves, and nothing else.</summary>
/// <param name="Back">The change that was asked for, turned round: what it is to become stands where a change that is undone has what it was.</param>
/// <param name="ResumedBefore">When the campaign was last resumed when this was asked.</param>
public sealed record AskedSetting(CampaignId Campaign, string CampaignName, SettingChanged Back, DateTimeOffset? ResumedBefore)
{
    /// <summary>The incidents that were open on it when this was asked, and were shown with it.</summary>
    public ImmutableArray<IncidentId> Beside { get; init; } = [];

    [JsonIgnore]
    public string Name => Back.Name;

    [JsonIgnore]
    public string From => Back.After;

    [JsonIgnore]
    public string To => Back.Before;

    public static AskedSetting Of(Campaign campaign, SettingChange change, PersonId by, DateTimeOffset at) => new(
        campaign.Id, campaign.Name, new SettingChanged(change.Name, change.After, change.Before, by, at) { Was = change.Becomes, Undoes = change.Undoes }, campaign.LastResumedAt);

    public static AskedSetting Of(PendingApproval approval) => JsonSerializer.Deserialize<AskedSetting>(approval.Details)
        ?? throw new InvalidOperationException($"Approval {approval.Handle} holds no setting.");

    /// <summary>Against the campaign as it stands.</summary>
    public SettingReading Read(Campaign campaign) => SettingUndo.Read(campaign, Back) is { Change: { } change } ? change with { Undoes = Back.Undoes } : SettingUndo.Read(campaign, Back);
}

/// <summary>A limit that a second person lets be lifted: from the value that was shown and no other, and beside no incident that was not shown with it. It starts nothing: what stands still is judged by it when it is resumed.</summary>
public sealed class SettingApproval(ICampaignStore campaigns, RiskGate risk, IActivityFeed feed, CampaignClock clock) : IApprovalEffect
{
    public ApprovalKind Kind => ApprovalKind.Setting;

    public async Task<ApprovalObjection?> ObjectionAsync(PendingApproval approval, CancellationToken cancellationToken)
    {
        var asked = AskedSetting.Of(approval);
        if (await PointlessAsync(approval, cancellationToken) is { } says)
            return new ApprovalObjection(says);

        return await campaigns.FindAsync(asked.Campaign, cancellationToken) is { } campaign && asked.Read(campaign).Change is { IsWatched: true }
            && await HeldAsync(campaign, asked, cancellationToken) is { } held
            ? new ApprovalObjection($"Not now: {held}", KeepsWaiting: true)
            : null;
    }

    private async Task<string?> HeldAsync(Campaign campaign, AskedSetting asked, CancellationToken cancellationToken)
    {
        if (await risk.FreezeAsync(cancellationToken) is { } frozen)
            return frozen;

        return (await risk.OpenOfAsync(campaign.Id, cancellationToken)).FirstOrDefault(open => !asked.Beside.Contains(open.Id)) is { } newer
            ? $"Incident {newer.Handle} ({newer.CauseWords}) was opened on {campaign.Name} since this was asked; asked again, it is decided with that in view."
            : null;
    }

    public async Task<string?> PointlessAsync(PendingApproval approval, CancellationToken cancellationToken)
    {
        var asked = AskedSetting.Of(approval);
        if (await campaigns.FindAsync(asked.Campaign, cancellationToken) is not { IsOpen: true } campaign)
            return $"{asked.CampaignName} is over, so that its settings cannot be changed any more.";

        if (asked.Read(campaign) is not { Change: { } change } reading)
            return asked.Read(campaign).Problem;

        if (change.Before != asked.From)
            return $"The {asked.Name} of {asked.CampaignName} is {change.Before} and no longer {asked.From}, from which it was asked for; ask again if it is still wanted.";

        return campaign.LastResumedAt == asked.ResumedBefore
            ? null
            : $"{asked.CampaignName} stood still and was resumed since this was asked; look at how it does now, and ask again if it is still wanted.";
    }

    public async Task<bool> HasBegunAsync(PendingApproval approval, CancellationToken cancellationToken) =>
        AskedSetting.Of(approval) is var asked && await campaigns.FindAsync(asked.Campaign, cancellationToken) is { } campaign && asked.Read(campaign).Change?.Before == asked.To;

    public async Task<string> CarryOutAsync(PendingApproval approval, CancellationToken cancellationToken)
    {
        var asked = AskedSetting.Of(approval);
        var changed = await campaigns.ChangeAsync(
            asked.Campaign,
            now => asked.Read(now).Change is { } change && change.Before == asked.From ? SettingChanged.Make(now, change, approval.RequestedBy, clock.GetUtcNow(), agreed: true) : now,
            cancellationToken);
        if (asked.Read(changed).Change?.Before is var present && present != asked.To)
            return $"Not done: the {asked.Name} of {asked.CampaignName} is {present ?? "another"} by now.";

        await feed.PublishAsync(
            new FeedEvent(
                0, clock.GetUtcNow(), changed.Workspace, changed.Account, changed.Id, changed.Name, FeedKind.Note, Severity.Medium, $"{asked.Name} {asked.From} → {asked.To}",
                $"asked by {approval.RequestedBy}, approved by {approval.DecidedBy}", approval.RequestedBy, Simulated: changed.IsSimulated),
            cancellationToken);
        return $"{changed.Name}: {asked.Name} {asked.From} → {asked.To}; {(changed.Status == CampaignStatus.Stopped ? "it stays stopped, and is judged by it when somebody resumes it" : "the agent goes by it from its next turn on")}.";
    }
}
