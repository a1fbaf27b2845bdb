using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Safety.Standing;

/// <summary>Looks into every account at once for what runs although it is at rest here, without waiting for the next sweep.</summary>
public sealed class StraySearch(WatchList watch, IAdAccounts accounts, Observer observer, Strays strays, TimeProvider machine)
{
    /// <summary>How many accounts did not answer, or not in time.</summary>
    public async Task<int> LookEverywhereAsync(CancellationToken cancellationToken)
    {
        var looks = await Task.WhenAll((await watch.AccountsAsync(cancellationToken)).Select(async id =>
        {
            var account = await accounts.GetAsync(id, cancellationToken);
            return await Bounded.RunAsync(token => LookAsync(account, token), SafetyLimits.PauseTimeout, machine, cancellationToken);
        }));
        return looks.Count(look => look is not { Answered: true });
    }

    private async Task<AccountLook> LookAsync(AdAccount account, CancellationToken cancellationToken)
    {
        var look = await observer.SweepAsync(account, [], isSecondLook: false, cancellationToken);
        foreach (var (mode, reading) in look.Readings)
            await strays.FindAsync(account, mode, reading, [], cancellationToken);

        return look;
    }
}
