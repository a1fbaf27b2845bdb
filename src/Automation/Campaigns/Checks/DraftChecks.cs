using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns.Checks.Running;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Campaigns.Checks;

/// <summary>Runs every check over a draft and gathers what they find.</summary>
public sealed class DraftChecks(
    IEnumerable<IDraftCheck> checks, IAdNetworkDirectory networks, IAdAccounts accounts, ICampaignStore campaigns, AccountRoom room, OutsideLook outside,
    CampaignClock clock)
{
    private readonly IReadOnlyList<IDraftCheck> _checks = [.. checks];

    public async Task<IReadOnlyList<DraftProblem>> AllAsync(CampaignDraft draft, CancellationToken cancellationToken)
    {
        var around = await AroundAsync(draft, cancellationToken);
        return [.. _checks.SelectMany(check => check.Check(draft, around))];
    }

    /// <summary>The account a draft is for: the one it names, or the network's first.</summary>
    public async Task<AdAccount?> FindAccountAsync(CampaignDraft draft, CancellationToken cancellationToken)
    {
        var all = (await accounts.AllAsync(cancellationToken)).Where(account => draft.Sees(account.Id)).ToList();
        return draft.Account is { } named
            ? all.FirstOrDefault(account => account.Id == named)
            : all.FirstOrDefault(account => account.Network == draft.Network);
    }

    /// <summary>The account of a draft that passed its checks.</summary>
    public async Task<AdAccount> GetAccountAsync(CampaignDraft draft, CancellationToken cancellationToken) =>
        await FindAccountAsync(draft, cancellationToken) ?? throw new InvalidOperationException("A checked draft has an account.");

    /// <summary>What every campaign of the draft's workspace is called beside the one that it becomes.</summary>
    public Task<IReadOnlyList<string>> NamesAsync(CampaignDraft draft, CancellationToken cancellationToken) =>
        campaigns.NamesAsync(draft.Workspace, new CampaignId(draft.Id.Value), cancellationToken);

    /// <summary>Campaigns that there are already and that the draft would be a second one of, each in a sentence.</summary>
    public async Task<IReadOnlyList<string>> AlikeAsync(CampaignDraft draft, CancellationToken cancellationToken)
    {
        var account = await FindAccountAsync(draft, cancellationToken);
        var around = new DraftSurroundings(null, account, null, clock.GetUtcNow())
        {
            Others = await OthersAsync(draft, account, cancellationToken),
        };
        return [.. new NothingRunsAlike().Check(draft, around).Select(problem => problem.Says)];
    }

    public async Task<DraftSurroundings> AroundAsync(CampaignDraft draft, CancellationToken cancellationToken)
    {
        var account = await FindAccountAsync(draft, cancellationToken);
        var itself = new CampaignId(draft.Id.Value);
        Money? others = account is null ? null : await room.OthersAsync(account, itself, cancellationToken);

        var profile = draft.Network is { } network ? networks.Profiles.FirstOrDefault(known => known.Name == network) : null;
        return new DraftSurroundings(profile, account, others, clock.GetUtcNow())
        {
            LeftTogether = account is null ? null : await room.LeftTogetherAsync(account, itself, cancellationToken),
            Accounts = [.. (await accounts.AllAsync(cancellationToken)).Where(known => draft.Sees(known.Id) && known.Network == draft.Network)],
            Names = await NamesAsync(draft, cancellationToken),
            Others = await OthersAsync(draft, account, cancellationToken),
            NotBuilt = account is { } chosen && profile is not null ? networks.NotBuilt(chosen.Network, chosen.Mode) : null,
            Outside = await outside.SeeAsync(draft, account, cancellationToken),
        };
    }

    private async Task<IReadOnlyList<Campaign>> OthersAsync(CampaignDraft draft, AdAccount? account, CancellationToken cancellationToken) => account is null
        ? []
        : [.. (await campaigns.OfAccountAsync(account.Id, cancellationToken)).Where(campaign => campaign.Workspace == draft.Workspace && campaign.Id.Value != draft.Id.Value)];
}
