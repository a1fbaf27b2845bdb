using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Settings;

/// <summary>Campaign time as it was last kept.</summary>
/// <param name="Scaled">This database has seen another speed than 1, so its time is not the world's: live networks are refused.</param>
public sealed record KeptTime(DateTimeOffset CampaignTime, bool Scaled)
{
    public const string Setting = "campaign-time";
}

/// <summary>Keeps campaign time, so that it never runs backwards across a restart. One at a time, and never an earlier time than before.</summary>
public sealed class KeptClock(ISettingsStore settings, CampaignClock clock) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private bool? _scaledBefore;

    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            _scaledBefore ??= await settings.FindAsync<KeptTime>(WorkspaceId.Local, KeptTime.Setting, cancellationToken) is { Scaled: true };
            var scaled = clock.Speed > 1 || clock.Skipped > TimeSpan.Zero || _scaledBefore.Value;
            await settings.SetAsync(WorkspaceId.Local, KeptTime.Setting, new KeptTime(clock.GetUtcNow(), scaled), cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Moves campaign time ahead, kept before anybody can see it: a kill in between never takes back a time that was shown.</summary>
    public async Task SkipToAsync(DateTimeOffset instant, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            await settings.SetAsync(WorkspaceId.Local, KeptTime.Setting, new KeptTime(instant, Scaled: true), cancellationToken);
            clock.SkipTo(instant);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
