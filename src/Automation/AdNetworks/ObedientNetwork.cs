using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.AdNetworks;

/// <summary>A network that is not asked while it wants to be left alone. What was not asked has certainly not happened.</summary>
/// <param name="safety">These calls keep money from running away: a few of them go out all the same.</param>
internal sealed class ObedientNetwork(IAdNetwork network, NetworkMode mode, AccountRests rests, bool safety) : IAdNetwork
{
    private const string Figures = "figures";

    public NetworkProfile Profile => network.Profile;

    public Task<AccountReading> ReadAccountAsync(AdAccount account, CancellationToken cancellationToken) =>
        AskAsync(account, Figures, () => network.ReadAccountAsync(account, cancellationToken));

    public Task<NetworkCampaign?> FindCampaignAsync(AdAccount account, ExternalId campaign, CancellationToken cancellationToken) =>
        AskAsync(account, campaign.Value, () => network.FindCampaignAsync(account, campaign, cancellationToken));

    public Task<ExternalId?> FindByKeyAsync(AdAccount account, CommandKey key, CancellationToken cancellationToken) =>
        AskAsync(account, key.Value, () => network.FindByKeyAsync(account, key, cancellationToken));

    public Task<ImmutableArray<string>?> FindAudiencesAsync(AdAccount account, CancellationToken cancellationToken) =>
        AskAsync(account, Figures, () => network.FindAudiencesAsync(account, cancellationToken));

    public Task<ExternalId> ExecuteAsync(AdAccount account, NetworkCommand command, CommandKey key, CancellationToken cancellationToken) =>
        AskAsync(account, Target(command) ?? key.Value, () => network.ExecuteAsync(account, command, key, cancellationToken));

    private async Task<TAnswer> AskAsync<TAnswer>(AdAccount account, string about, Func<Task<TAnswer>> ask)
    {
        if (rests.Until(account.Id, mode) is { } until && !(safety && rests.MayTry(account.Id, mode, about)))
        {
            throw new AdNetworkException(
                FaultKind.RateLimited, $"{Profile.Title} wants to be left alone until {AccountTime.Exactly(account.Zone(), until)}; it is asked again then.")
            {
                WasAsked = false,
            };
        }

        try
        {
            return await ask();
        }
        catch (AdNetworkException fault) when (fault.Kind == FaultKind.RateLimited || fault.RetryAfter is not null)
        {
            rests.Note(account.Id, mode, fault.RetryAfter);
            throw;
        }
    }

    /// <summary>What is read back after these.</summary>
    private static string? Target(NetworkCommand command) => command switch
    {
        NetworkCommand.Pause pause => pause.Target.Value,
        NetworkCommand.SetDailyBudget budget => budget.Target.Value,
        NetworkCommand.SetBid bid => bid.Target.Value,
        NetworkCommand.Archive archive => archive.Target.Value,
        NetworkCommand.PauseAd ad => ad.Target.Value.Split('/')[0],
        _ => null,
    };
}
