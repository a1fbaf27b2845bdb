using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Alerts;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Commands.Workspace;

namespace ChatOpsCampaigns.Bot.Start;

/// <summary>How this installation is set up, for <c>settings</c>: no secrets, only whether something is set.</summary>
internal sealed class SettingsLines(IAdAccounts accounts, IEnumerable<IAlertChannel> alerts, GlobalSwitch everything, CampaignClock clock) : ISettingsView
{
    public async Task<IReadOnlyList<(string Name, string Value)>> ListAsync(CancellationToken cancellationToken)
    {
        var lines = new List<(string, string)>
        {
            ("Campaign clock", $"{clock.GetUtcNow():yyyy-MM-dd HH:mm} UTC, {clock.Speed:0.#} times as fast as people's time"),
            ("Raises, launches, resumes", await everything.StateAsync(cancellationToken) is { Frozen: true } frozen
                ? $"refused since {frozen.At:yyyy-MM-dd HH:mm} UTC by {frozen.By}: {frozen.Because}"
                : "allowed"),
        };
        foreach (var account in await accounts.AllAsync(cancellationToken))
        {
            lines.Add(($"Account {account.Id}", $"{account.Mode.ToString().ToLowerInvariant()}, {account.Currency}, {account.TimeZone}, at most {account.DailyLimit?.ToString() ?? "no limit"} a day"));
            if (Channels(await accounts.BindingAsync(account.Id, cancellationToken)) is { Length: > 0 } channels)
                lines.Add(($"Channels of {account.Id}", channels));
        }

        foreach (var channel in alerts)
            lines.Add(($"Alerts by {channel.Name}", channel.IsSetUp ? "set up" : "not set up"));

        return lines;
    }

    private static string Channels(ChannelBinding bound) => string.Join(
        ", ",
        new (string What, string Where)[] { ("feed in", bound.Feed), ("approvals in", bound.Approvals), ("incidents in", bound.Incidents), ("on call", string.Join(" and ", bound.OnCall.Select(person => person.Value))) }
            .Where(part => part.Where.Length > 0)
            .Select(part => $"{part.What} {part.Where}"));
}
