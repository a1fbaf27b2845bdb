using ChatOpsCampaigns.Automation.Alerts;

namespace ChatOpsCampaigns.Kit;

/// <summary>A way out that keeps what left on it.</summary>
public sealed class FakeAlertChannel(string name, bool isSetUp = true) : IAlertChannel
{
    public string Name => name;

    public bool IsSetUp => isSetUp;

    public List<AlertMessage> Messages { get; } = [];

    public Task<AlertAnswer> SendAsync(AlertMessage message, CancellationToken cancellationToken)
    {
        Messages.Add(message);
        return Task.FromResult(new AlertAnswer(true, "accepted"));
    }
}
