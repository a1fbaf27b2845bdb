using System.Collections.Concurrent;
using ChatOpsCampaigns.Adapters.Charts;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Pictures;

/// <summary>Which charts Slack draws itself: those whose numbers are known, where it is set to, in a workspace that did not refuse one within a day.</summary>
internal sealed class SlackCharts(SlackSettings settings, DrawnCharts drawn, TimeProvider machine)
{
    /// <summary>Slack gives its workspaces new blocks one after the other: so long after a refusal it is tried again.</summary>
    private static readonly TimeSpan Refusal = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _refused = new();

    public ChartNumbers? Find(string workspace, Digest picture)
    {
        if (!settings.NativeCharts || (_refused.TryGetValue(workspace, out var at) && machine.GetUtcNow() - at < Refusal))
            return null;

        return drawn.Find(picture) is { Categories.Length: > 0 } numbers ? numbers : null;
    }

    public void Refuse(string workspace) => _refused[workspace] = machine.GetUtcNow();
}
