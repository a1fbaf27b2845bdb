using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Hours;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Telemetry;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Creation;

/// <summary>How far a call of the engine came.</summary>
public enum LaunchProgress
{
    /// <summary>At the network and allowed to deliver, or ended before.</summary>
    Ended,

    /// <summary>Refused and undone.</summary>
    Undone,

    /// <summary>Some ads were refused; a person chooses.</summary>
    WaitsForChoice,

    /// <summary>The network does not answer; to be called again later.</summary>
    ToBeContinued,
}

/// <summary>
/// Creates a campaign at its network: prepare → upload → campaign (paused) → ad set → ads → read back → activate. Each step is
/// journaled under its own key before it is sent, so that calling again after a crash goes on where it ended and doubles
/// nothing; a refusal is undone in reverse. Activation is the last step: until then no money can flow.
/// </summary>
public sealed class CampaignCreationEngine(
    ICampaignStore campaigns, IAdNetworkDirectory networks, LaunchSteps steps, LaunchReporter report, CampaignHours hours)
{
    public async Task<LaunchProgress> ContinueAsync(CampaignId id, CancellationToken cancellationToken)
    {
        if (await campaigns.FindAsync(id, cancellationToken) is not { Status: CampaignStatus.Launching } campaign)
            return LaunchProgress.Ended;

        using var trace = Signals.Traces.StartActivity("launch");
        var progress = await GoOnAsync(campaign, cancellationToken);
        if (progress != LaunchProgress.ToBeContinued)
            Signals.Launches.Add(1, Signals.Tag("network", campaign.Spec.Network.Value), Signals.Tag("outcome", progress));

        trace?.SetTag("campaign", id.Value).SetTag("outcome", Signals.Word(progress));
        return progress;
    }

    private async Task<LaunchProgress> GoOnAsync(Campaign campaign, CancellationToken cancellationToken)
    {
        var id = campaign.Id;
        try
        {
            return campaign.Undoing
                ? await UndoAsync(id, campaign.Because ?? "the launch was refused", cancellationToken)
                : await CreateAsync(campaign, cancellationToken);
        }
        catch (LaunchRefusedException refusal)
        {
            // Noted first: the next call goes on with undoing, whatever happens to this one.
            await campaigns.ChangeAsync(id, now => now is { Status: CampaignStatus.Launching, Undoing: false } ? now with { Undoing = true, Because = refusal.Message } : now, cancellationToken);
            return LaunchProgress.ToBeContinued;
        }
        catch (LaunchUnsettledException unsettled)
        {
            return await WaitAsync(id, unsettled.Message, cancellationToken);
        }
        catch (AdNetworkException fault)
        {
            return await WaitAsync(id, fault.Message, cancellationToken);
        }
    }

    /// <summary>Undoes what a launch has created so far and says why. What is not confirmed undone is tried again.</summary>
    public async Task<LaunchProgress> UndoAsync(CampaignId id, string because, CancellationToken cancellationToken)
    {
        var campaign = await campaigns.ChangeAsync(id, now => IsLaunching(now) ? now with { Undoing = true, Because = because } : now, cancellationToken);
        if (!IsLaunching(campaign))
            return LaunchProgress.Ended;

        // Where nothing can be sent nothing was ever created.
        var isReachable = networks.NotBuilt(campaign.Spec.Network, campaign.Mode) is null;
        if (isReachable && (campaign.Network.Campaign ?? await steps.FindCreatedAsync(campaign, cancellationToken)) is { } created && !await IsGoneAsync(campaign, created, because, cancellationToken))
            return await WaitAsync(id, because, cancellationToken);

        var undone = await campaigns.ChangeAsync(id, now => IsLaunching(now) ? now with { Status = CampaignStatus.Failed } : now, cancellationToken);
        await report.UndoneAsync(undone, because, cancellationToken);
        return LaunchProgress.Undone;
    }

    /// <summary>The campaign takes its ad set and ads with it; pausing first makes sure that nothing delivers if archiving fails.</summary>
    private async Task<bool> IsGoneAsync(Campaign campaign, ExternalId created, string because, CancellationToken cancellationToken)
    {
        // What runs although it was paused before needs a pause of its own: the same key would give the first answer again.
        if (await steps.MayDeliverAsync(campaign, created, cancellationToken))
            campaign = await campaigns.ChangeAsync(campaign.Id, now => now with { UndoRound = now.UndoRound + 1 }, cancellationToken);

        var pause = new NetworkCommand.Pause(campaign.Account, campaign.Id, created);
        var archive = new NetworkCommand.Archive(campaign.Account, campaign.Id, created);
        return await steps.SendAsync(campaign, pause, $"undo/pause/{campaign.UndoRound}", because, cancellationToken) is CommandOutcome.Confirmed
            && await steps.SendAsync(campaign, archive, $"undo/archive/{campaign.UndoRound}", because, cancellationToken) is CommandOutcome.Confirmed
            && !await steps.MayDeliverAsync(campaign, created, cancellationToken);
    }

    private static bool IsLaunching(Campaign campaign) => campaign.Status == CampaignStatus.Launching;

    private async Task<LaunchProgress> CreateAsync(Campaign campaign, CancellationToken cancellationToken)
    {
        if (networks.NotBuilt(campaign.Spec.Network, campaign.Mode) is { } says)
            throw new LaunchRefusedException(says);

        var profile = networks.Profile(campaign.Spec.Network);
        var order = OrderOf(campaign, profile, await hours.StartAsync(campaign, cancellationToken));

        await report.StepAsync(campaign, LaunchStep.Prepare, cancellationToken);
        var prepared = await steps.PrepareAsync(campaign, profile, cancellationToken);

        await report.StepAsync(campaign, LaunchStep.Upload, cancellationToken);
        var uploaded = await steps.UploadAsync(campaign, prepared, cancellationToken);

        await report.StepAsync(campaign, LaunchStep.Campaign, cancellationToken);
        var created = await steps.DoneAsync(
            campaign, new NetworkCommand.CreateCampaign(campaign.Account, campaign.Id, order), "campaign", cancellationToken);
        campaign = await KeepAsync(campaign, ids => ids with { Campaign = created }, cancellationToken);

        await report.StepAsync(campaign, LaunchStep.AdSet, cancellationToken);
        var adSet = await steps.DoneAsync(
            campaign, new NetworkCommand.CreateAdSet(campaign.Account, campaign.Id, created, order), "ad-set", cancellationToken);
        campaign = await KeepAsync(campaign, ids => ids with { AdSet = adSet }, cancellationToken);

        await report.StepAsync(campaign, LaunchStep.Ads, cancellationToken);
        var (ads, refused) = await steps.AdsAsync(campaign, adSet, uploaded, cancellationToken);
        campaign = await campaigns.ChangeAsync(
            campaign.Id, now => now with { Network = now.Network with { Ads = ads }, RefusedAds = refused }, cancellationToken);

        return refused.IsEmpty || campaign.GoesOnWithoutRefused
            ? await ActivateAsync(campaign, created, cancellationToken)
            : await AskAsync(campaign, cancellationToken);
    }

    private async Task<LaunchProgress> ActivateAsync(Campaign campaign, ExternalId created, CancellationToken cancellationToken)
    {
        await report.StepAsync(campaign, LaunchStep.ReadBack, cancellationToken);
        await steps.CompareAsync(campaign, created, cancellationToken);

        await report.StepAsync(campaign, LaunchStep.Activate, cancellationToken);
        if (await campaigns.FindAsync(campaign.Id, cancellationToken) is not { Status: CampaignStatus.Launching, Undoing: false })
            return LaunchProgress.ToBeContinued;

        var start = await hours.StartAsync(campaign, cancellationToken);
        await steps.DoneAsync(campaign, new NetworkCommand.Activate(campaign.Account, campaign.Id, created, start), LaunchSteps.Activation, cancellationToken);

        var shown = await steps.FindAsync(campaign, created, cancellationToken);
        var rest = start == campaign.Spec.Schedule.Start ? null : await hours.RestWordsAsync(campaign, cancellationToken);
        var status = StatusOf(shown);
        var launched = await campaigns.ChangeAsync(
            campaign.Id,
            now => now switch
            {
                { Status: CampaignStatus.Launching, Undoing: false } =>
                    (now with { Status = status, LaunchedAt = report.Now, Because = shown?.WhyRejected ?? rest }).RunningFrom(now.Status, report.Now),

                // Taken back while its activation was under way, and this came after: there is something to undo once more.
                { Status: CampaignStatus.Failed } => now with { Status = CampaignStatus.Launching, Undoing = true },
                _ => now,
            },
            cancellationToken);
        if (launched.Undoing)
            return LaunchProgress.ToBeContinued;

        await report.LaunchedAsync(launched, start, cancellationToken);
        return LaunchProgress.Ended;
    }

    private async Task<LaunchProgress> AskAsync(Campaign campaign, CancellationToken cancellationToken)
    {
        await report.WaitsForChoiceAsync(campaign, cancellationToken);
        return LaunchProgress.WaitsForChoice;
    }

    private async Task<LaunchProgress> WaitAsync(CampaignId id, string because, CancellationToken cancellationToken)
    {
        var before = await campaigns.FindAsync(id, cancellationToken);
        var waiting = await campaigns.ChangeAsync(id, now => now is { Status: CampaignStatus.Launching, Undoing: false } ? now with { Because = because } : now, cancellationToken);
        if (before?.Because != because)
            await report.WaitsForNetworkAsync(waiting, because, cancellationToken);

        return LaunchProgress.ToBeContinued;
    }

    private Task<Campaign> KeepAsync(Campaign campaign, Func<NetworkIds, NetworkIds> change, CancellationToken cancellationToken) =>
        campaigns.ChangeAsync(campaign.Id, now => now with { Network = change(now.Network) }, cancellationToken);

    private static CampaignOrder OrderOf(Campaign campaign, NetworkProfile profile, DateTimeOffset? start)
    {
        var objective = profile.FindObjective(campaign.Spec.Type, campaign.Spec.Objective)
            ?? throw new LaunchRefusedException($"{profile.Title} does not run such campaigns for {campaign.Spec.Objective.ToString().ToLowerInvariant()} any more: choose another objective.");

        return new CampaignOrder(
            campaign.Name, LaunchSteps.KeyOf(campaign, "campaign"), objective.NativeName, campaign.DailyBudget, campaign.Spec.Bidding,
            campaign.Spec.Targeting, campaign.Spec.Destination, campaign.Spec.Schedule with { Start = start },
            profile.Capabilities.LifetimeBudget ? campaign.LifetimeBudget : null)
        {
            Result = ResultWord.Of(campaign),
        };
    }

    private static CampaignStatus StatusOf(NetworkCampaign? shown) => shown?.Status switch
    {
        NetworkStatus.Active => CampaignStatus.Active,
        NetworkStatus.InReview => CampaignStatus.InReview,
        NetworkStatus.Scheduled => CampaignStatus.Scheduled,
        NetworkStatus.Rejected => CampaignStatus.Rejected,
        var other => throw new LaunchUnsettledException($"activated, but the network shows it as {other?.ToString() ?? "unknown"}"),
    };
}
