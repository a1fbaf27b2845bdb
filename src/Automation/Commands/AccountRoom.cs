using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Commands;

/// <summary>
/// What the campaigns of an ad account may spend a day together, held against its limit. Everything counts that may spend or will: what
/// runs, waits or rests, launches under way, stops that are not confirmed, and what was sent and of which nobody knows yet whether it
/// happened, at the higher amount.
/// </summary>
public sealed class AccountRoom(ICampaignStore campaigns, IIncidentStore incidents, IIntentStore intents, IAdAccounts accounts, TimeProvider machine)
{
    /// <summary>How long one raise waits for another of the same account. 8 seconds of machine time.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(8);

    private readonly Turnstile _raises = new();

    /// <summary>
    /// One raise of an account at a time, and of all accounts of a currency where they have a limit together, so that two never take the same room. Null
    /// when the one before took too long.
    /// </summary>
    public async Task<IDisposable?> EnterAsync(AdAccountId account, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(LongestWait, machine);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await _raises.EnterAsync(await RoomAsync(account, linked.Token), linked.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Why the account has no room for a raise, and what would fit; null when it has.</summary>
    public async Task<string?> ObjectionAsync(NetworkCommand raise, Campaign campaign, CancellationToken cancellationToken)
    {
        var account = await accounts.GetAsync(campaign.Account, cancellationToken);
        var together = await accounts.FindWorkspaceLimitAsync(account.Currency, cancellationToken);
        if (account.DailyLimit is null && together is null)
            return null;

        var unsettled = await UnsettledAsync(cancellationToken);
        Money? wanted = raise switch
        {
            NetworkCommand.SetDailyBudget budget => budget.To,
            NetworkCommand.Activate => MostOf(campaign, unsettled),
            _ => null,
        };
        if (wanted is not { } amount)
            return null;

        if (account.DailyLimit is { } limit && await OthersOfAsync([account], campaign, unsettled, cancellationToken) is var others && others + amount > limit)
            return $"{campaign.Name} would take {amount} a day, and the other campaigns of {campaign.Account} may spend {others} already, of the {limit} a day that the account may: {Left(limit - others)}";

        return together is { } most && await OthersOfAsync(await AlikeAsync(account.Currency, cancellationToken), campaign, unsettled, cancellationToken) is var all && all + amount > most
            ? $"{campaign.Name} would take {amount} a day, and all other campaigns in {account.Currency} may spend {all} already, of the {most} a day that the workspace may: {Left(most - all)}"
            : null;
    }

    private static string Left(Money left) => left.Amount > 0
        ? $"at most {left} is left. Take that, or pause another or lower its budget first."
        : "pause another or lower its budget first.";

    private async Task<Money> OthersOfAsync(
        IReadOnlyList<AdAccount> of, Campaign campaign, IReadOnlyList<NetworkCommand> unsettled, CancellationToken cancellationToken)
    {
        var others = of[0].Currency.Zero;
        foreach (var account in of)
        {
            var counted = (await CountedAsync(account.Id, unsettled, cancellationToken)).Where(other => other.Id != campaign.Id).ToList();
            if (campaign.Status == CampaignStatus.Launching)
                counted = await WithoutLaterAsync(campaign, counted, unsettled, cancellationToken);

            others += Sum(counted, unsettled, others.Currency);
        }

        return others;
    }

    private async Task<IReadOnlyList<AdAccount>> AlikeAsync(Currency currency, CancellationToken cancellationToken) =>
        [.. (await accounts.AllAsync(cancellationToken)).Where(account => account.Currency == currency)];

    private async Task<string> RoomAsync(AdAccountId account, CancellationToken cancellationToken)
    {
        var known = (await accounts.AllAsync(cancellationToken)).FirstOrDefault(one => one.Id == account);
        return known is null || await accounts.FindWorkspaceLimitAsync(known.Currency, cancellationToken) is null ? account.Value : $"all in {known.Currency}";
    }

    /// <summary>What all accounts of its currency together leave for a campaign a day; null where they have no limit together.</summary>
    public async Task<Money?> LeftTogetherAsync(AdAccount account, CampaignId except, CancellationToken cancellationToken)
    {
        if (await accounts.FindWorkspaceLimitAsync(account.Currency, cancellationToken) is not { } limit)
            return null;

        var left = limit;
        foreach (var alike in await AlikeAsync(account.Currency, cancellationToken))
            left -= await OthersAsync(alike, except, cancellationToken);

        return left;
    }

    /// <summary>What the account's campaigns but one may spend a day.</summary>
    public async Task<Money> OthersAsync(AdAccount account, CampaignId except, CancellationToken cancellationToken)
    {
        var unsettled = await UnsettledAsync(cancellationToken);
        var counted = await CountedAsync(account.Id, unsettled, cancellationToken);
        return Sum(counted.Where(other => other.Id != except), unsettled, account.Currency);
    }

    /// <summary>Sent, and no answer kept: it may have happened.</summary>
    private async Task<IReadOnlyList<NetworkCommand>> UnsettledAsync(CancellationToken cancellationToken) =>
        [.. (await intents.OpenAsync(cancellationToken)).Where(intent => intent.State is IntentState.Sent or IntentState.Unknown).Select(intent => intent.Command)];

    private async Task<IReadOnlyList<Campaign>> CountedAsync(AdAccountId account, IReadOnlyList<NetworkCommand> unsettled, CancellationToken cancellationToken)
    {
        var may = (await campaigns.MaySpendOfAsync(account, cancellationToken)).ToList();
        may.AddRange((await campaigns.LaunchingAsync(cancellationToken)).Where(campaign => campaign.Account == account && !campaign.Undoing));

        var unsure = unsettled.OfType<NetworkCommand.Activate>().Where(sent => sent.Account == account).Select(sent => sent.Campaign)
            .Concat((await incidents.OpenAsync(cancellationToken))
                .Where(open => open is { Remedy: Remedy.PauseCampaign, PauseConfirmed: false } && open.Account == account).Select(open => open.Campaign));
        foreach (var id in unsure.Distinct().Where(id => may.TrueForAll(known => known.Id != id)).ToList())
        {
            if (await campaigns.FindAsync(id, cancellationToken) is { } campaign)
                may.Add(campaign);
        }

        return may;
    }

    /// <summary>Of launches under way the earlier goes first: a later one counts for it only once its activation went out.</summary>
    private async Task<List<Campaign>> WithoutLaterAsync(
        Campaign launching, List<Campaign> counted, IReadOnlyList<NetworkCommand> unsettled, CancellationToken cancellationToken)
    {
        var left = new List<Campaign>(counted.Count);
        foreach (var other in counted)
        {
            var later = other.Status == CampaignStatus.Launching
                && (other.CreatedAt > launching.CreatedAt || (other.CreatedAt == launching.CreatedAt && string.CompareOrdinal(other.Id.Value, launching.Id.Value) > 0));
            if (!later || unsettled.Any(sent => sent is NetworkCommand.Activate && sent.Campaign == other.Id)
                || (await intents.ConfirmedAsync(other.Id, other.CreatedAt, cancellationToken)).Any(done => done.Command is NetworkCommand.Activate))
                left.Add(other);
        }

        return left;
    }

    private static Money Sum(IEnumerable<Campaign> counted, IReadOnlyList<NetworkCommand> unsettled, Currency currency) =>
        counted.Aggregate(currency.Zero, (sum, campaign) => sum + MostOf(campaign, unsettled));

    private static Money MostOf(Campaign campaign, IReadOnlyList<NetworkCommand> unsettled) => unsettled
        .OfType<NetworkCommand.SetDailyBudget>()
        .Where(sent => sent.Campaign == campaign.Id)
        .Aggregate(campaign.DailyBudget, (most, sent) => Money.Max(most, Money.Max(sent.From, sent.To)));
}
