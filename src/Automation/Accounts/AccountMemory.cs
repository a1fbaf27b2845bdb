using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Accounts;

/// <summary>What was said for an ad account at its last launch, offered again the next time. Null was never said.</summary>
public sealed record AccountDefaults
{
    public string? Pixel { get; init; }

    public string? LeadForm { get; init; }

    public string? Payer { get; init; }

    public string? Beneficiary { get; init; }

    public int? MinorsBelow { get; init; }
}

/// <summary>Remembers <see cref="AccountDefaults"/> by account, in the settings.</summary>
public sealed class AccountMemory(ISettingsStore settings)
{
    public async Task<AccountDefaults> OfAsync(AdAccount account, CancellationToken cancellationToken) =>
        await settings.FindAsync<AccountDefaults>(account.Workspace, Name(account.Id), cancellationToken) ?? new AccountDefaults();

    /// <summary>Keeps what the draft says; what it does not say stays as it was.</summary>
    public async Task KeepAsync(AdAccount account, CampaignDraft draft, CancellationToken cancellationToken)
    {
        var before = await OfAsync(account, cancellationToken);
        var now = new AccountDefaults
        {
            Pixel = draft.Destination.Pixel ?? before.Pixel,
            LeadForm = draft.Destination.LeadForm ?? before.LeadForm,
            Payer = draft.Destination.Payer ?? before.Payer,
            Beneficiary = draft.Destination.Beneficiary ?? before.Beneficiary,
            MinorsBelow = draft.MinorsBelow ?? before.MinorsBelow,
        };
        if (now != before)
            await settings.SetAsync(account.Workspace, Name(account.Id), now, cancellationToken);
    }

    private static string Name(AdAccountId account) => $"account-defaults/{account}";
}
