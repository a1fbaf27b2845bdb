using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Adapters.AdNetworks;

/// <summary>The configured ad accounts and where their posts go.</summary>
internal sealed class AdAccounts(IReadOnlyList<AdAccount> accounts, IReadOnlyDictionary<AdAccountId, ChannelBinding> bindings) : IAdAccounts
{
    public Task<IReadOnlyList<AdAccount>> AllAsync(CancellationToken cancellationToken) => Task.FromResult(accounts);

    public Task<AdAccount> GetAsync(AdAccountId account, CancellationToken cancellationToken) => Task.FromResult(
        accounts.FirstOrDefault(known => known.Id == account)
            ?? throw new InvalidOperationException(
                $"There is no ad account {account} in the configuration; there are {string.Join(", ", accounts.Select(known => known.Id))}."));

    /// <summary>An account that is no longer configured is bound to nothing; its open incidents still reach people.</summary>
    public Task<ChannelBinding> BindingAsync(AdAccountId account, CancellationToken cancellationToken) =>
        Task.FromResult(bindings.GetValueOrDefault(account) ?? new ChannelBinding(account, "", "", "", []));
}
