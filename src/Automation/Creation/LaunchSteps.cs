using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Creatives;

namespace ChatOpsCampaigns.Automation.Creation;

/// <summary>The network or our own gate said no: what stands is undone.</summary>
internal sealed class LaunchRefusedException(string says) : Exception(says);

/// <summary>Nobody knows yet; tried again later under the same keys.</summary>
internal sealed class LaunchUnsettledException(string says) : Exception(says);

/// <summary>
/// The single steps of a launch. Each sends one command under its own key, so that a step which was confirmed before a crash
/// gives its first answer again.
/// </summary>
public sealed class LaunchSteps(ICreativePreparation creatives, NetworkGate gate, NetworkDoor door)
{
    /// <summary>The last step: from here on money may flow.</summary>
    public const string Activation = "activate";

    /// <summary>The file of each creative that the network can show, with the creative's position.</summary>
    public async Task<ImmutableArray<(int Position, PreparedCreative File)>> PrepareAsync(
        Campaign campaign, NetworkProfile profile, CancellationToken cancellationToken)
    {
        var prepared = await FilesAsync(campaign, profile, cancellationToken);
        var usable = prepared
            .Select((files, position) => (Position: position, File: files.Count == 0 ? null : files[0]))
            .Where(one => one.File is not null)
            .Select(one => (one.Position, one.File!))
            .ToImmutableArray();

        return usable.IsEmpty && profile.TakesCreatives
            ? throw new LaunchRefusedException($"None of the creatives can run on {profile.Title}.")
            : usable;
    }

    private async Task<IReadOnlyList<PreparedCreative>[]> FilesAsync(Campaign campaign, NetworkProfile profile, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.WhenAll(campaign.Spec.Creatives.Select(creative => creatives.PrepareAsync(creative, profile, cancellationToken)));
        }
        catch (CreativeException refusal)
        {
            throw new LaunchRefusedException(refusal.Message);
        }
    }

    public async Task<ImmutableArray<(int Position, ExternalId Creative)>> UploadAsync(
        Campaign campaign, ImmutableArray<(int Position, PreparedCreative File)> prepared, CancellationToken cancellationToken)
    {
        var uploads = await Task.WhenAll(prepared.Select(async one =>
        {
            var name = campaign.Spec.Creatives[one.Position].FileName;
            var command = new NetworkCommand.UploadCreative(campaign.Account, campaign.Id, one.Position, one.File.File, one.File.Kind, name);
            return (one.Position, await DoneAsync(campaign, command, $"upload/{one.Position}", cancellationToken));
        }));

        return [.. uploads];
    }

    /// <summary>One ad for each creative, side by side. A refused one does not take the others with it, unless all are refused.</summary>
    public async Task<(ImmutableArray<ExternalId> Ads, ImmutableArray<RefusedAd> Refused)> AdsAsync(
        Campaign campaign, ExternalId adSet, ImmutableArray<(int Position, ExternalId Creative)> uploaded, CancellationToken cancellationToken)
    {
        var made = await Task.WhenAll(uploaded.Select(one => AdAsync(campaign, adSet, one.Position, one.Creative, cancellationToken)));
        ImmutableArray<ExternalId> ads = [.. made.Select(one => one.Ad).OfType<ExternalId>()];
        ImmutableArray<RefusedAd> refused = [.. made.Select(one => one.Refused).OfType<RefusedAd>()];

        return ads.IsEmpty && !uploaded.IsEmpty
            ? throw new LaunchRefusedException($"Every ad was refused: {refused[0].Why}")
            : (ads, refused);
    }

    private async Task<(ExternalId? Ad, RefusedAd? Refused)> AdAsync(
        Campaign campaign, ExternalId adSet, int position, ExternalId creative, CancellationToken cancellationToken)
    {
        // A person may have chosen to go on without it.
        if (campaign.RefusedAds.FirstOrDefault(ad => ad.Position == position) is { } known)
            return (null, known);

        var source = campaign.Spec.Creatives[position];
        var command = new NetworkCommand.CreateAd(
            campaign.Account, campaign.Id, adSet, position, creative, AdNames.At(campaign.Name, position), source.Headline, source.Description,
            source.CallToAction, campaign.Spec.Destination.ClickAddress());
        try
        {
            return (await DoneAsync(campaign, command, $"ad/{position}", cancellationToken), null);
        }
        catch (LaunchRefusedException refusal)
        {
            return (null, new RefusedAd(position, source.FileName, refusal.Message));
        }
    }

    /// <summary>Money is read back before it may flow: a budget in the wrong unit is found here, not on the invoice.</summary>
    public async Task CompareAsync(Campaign campaign, ExternalId created, CancellationToken cancellationToken)
    {
        var shown = await FindAsync(campaign, created, cancellationToken)
            ?? throw new LaunchRefusedException("The network does not know the campaign that it has just created.");

        if (shown.DailyBudget != campaign.DailyBudget)
            throw new LaunchRefusedException($"The network shows a budget of {shown.DailyBudget} a day instead of {campaign.DailyBudget}.");

        if (shown.LifetimeBudget is { } whole && whole != campaign.LifetimeBudget)
            throw new LaunchRefusedException($"The network shows a lifetime budget of {whole} instead of {campaign.LifetimeBudget?.ToString() ?? "none"}.");

        if (campaign.Bid is { } bid && shown.Bid != bid)
            throw new LaunchRefusedException($"The network shows a bid of {shown.Bid} instead of {bid}.");
    }

    public async Task<NetworkCampaign?> FindAsync(Campaign campaign, ExternalId created, CancellationToken cancellationToken)
    {
        var (network, account) = await door.OpenAsync(campaign.Account, campaign.Mode, cancellationToken);
        return await network.FindCampaignAsync(account, created, cancellationToken);
    }

    /// <summary>Whether it delivers or will; also when nobody can tell.</summary>
    public async Task<bool> MayDeliverAsync(Campaign campaign, ExternalId created, CancellationToken cancellationToken)
    {
        try
        {
            return await FindAsync(campaign, created, cancellationToken) is { MayDeliver: true };
        }
        catch (AdNetworkException)
        {
            return true;
        }
    }

    /// <summary>The campaign object that an earlier try may have left at the network without our keeping its id.</summary>
    public async Task<ExternalId?> FindCreatedAsync(Campaign campaign, CancellationToken cancellationToken)
    {
        var (network, account) = await door.OpenAsync(campaign.Account, campaign.Mode, cancellationToken);
        return await network.FindByKeyAsync(account, KeyOf(campaign, "campaign"), cancellationToken);
    }

    /// <summary>
    /// Sends one command and returns what it created or changed; a "no" and a "nobody knows" are told apart. What the network rejected before, also
    /// in an earlier life, is not asked for again.
    /// </summary>
    public async Task<ExternalId> DoneAsync(Campaign campaign, NetworkCommand command, string step, CancellationToken cancellationToken)
    {
        if (await gate.FindAsync(KeyOf(campaign, step), cancellationToken) is { State: IntentState.Failed, Fault: FaultKind.Rejected, Says: { } says })
            throw new LaunchRefusedException(says);

        return await SendAsync(campaign, command, step, $"launch of {campaign.Name}", cancellationToken) switch
        {
            CommandOutcome.Confirmed confirmed => confirmed.Id,
            CommandOutcome.Refused refused => throw new LaunchRefusedException(refused.Says),
            CommandOutcome.Failed { Kind: FaultKind.Rejected or FaultKind.NotFound or FaultKind.Unauthorized } failed =>
                throw new LaunchRefusedException(failed.Says),
            CommandOutcome.Failed failed => throw new LaunchUnsettledException(failed.Says),
            CommandOutcome.Unknown unknown => throw new LaunchUnsettledException(unknown.Says),
            var other => throw new InvalidOperationException($"{other.GetType().Name} is not an outcome."),
        };
    }

    public Task<CommandOutcome> SendAsync(
        Campaign campaign, NetworkCommand command, string step, string because, CancellationToken cancellationToken) => gate.SendAsync(
            new GateRequest(command, KeyOf(campaign, step), campaign.Workspace, campaign.Mode, campaign.CreatedBy, because), cancellationToken);

    public static CommandKey KeyOf(Campaign campaign, string step) => new($"{campaign.Id}/{step}");
}
