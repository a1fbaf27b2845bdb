using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Turns;

namespace ChatOpsCampaigns.Dialogs.Wizard;

/// <summary>The seven steps. Every method answers the person itself and says whether the turn was for it.</summary>
public sealed class CampaignWizard
{
    /// <summary>Opens a new draft, with every field that the readers find in <paramref name="sentence"/> already filled.</summary>
    public Task StartAsync(TurnContext turn, string? sentence, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task ContinueAsync(TurnContext turn, DraftId draft, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Buttons whose verb begins with <c>wizard.</c></summary>
    public Task<bool> TryActionAsync(TurnContext turn, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>back, save, cancel, help, start over, done, default, launch … while a draft is open.</summary>
    public Task<bool> TryVerbAsync(TurnContext turn, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>The present step's answer, files included. False when it cannot be one and may be a command.</summary>
    public Task<bool> TryAnswerAsync(TurnContext turn, CancellationToken cancellationToken) => throw new NotSupportedException();
}
