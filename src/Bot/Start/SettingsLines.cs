using ChatOpsCampaigns.Automation.Accounts.Setup;
using ChatOpsCampaigns.Automation.Alerts;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Commands.Workspace;

namespace ChatOpsCampaigns.Bot.Start;

/// <summary>How this installation is set up, for <c>settings</c>: no secrets, only whether something is set.</summary>
internal sealed class SettingsLines(SaidAccounts accounts, IEnumerable<IAlertChannel> alerts, GlobalSwitch everything, CampaignClock clock) : ISettingsView
{
    public async Task<IReadOnlyList<(string Name, string Value)>> ListAsync(Person reader, CancellationToken cancellationToken)
    {
        var lines = new List<(string, string)>
        {
            ("Campaign clock", $"{clock.GetUtcNow():yyyy-MM-dd HH:mm} UTC, {clock.Speed:0.#} times as fast as people's time"),
            ("Raises, launches, resumes", await everything.StateAsync(cancellationToken) is { Frozen: true } frozen
                ? $"refused since {frozen.At:yyyy-MM-dd HH:mm} UTC by {frozen.By}: {frozen.Because}"
                : "allowed"),
        };
        var arranged = (await accounts.ArrangementsAsync(cancellationToken)).Where(one => reader.Sees(one.Account.Id)).ToList();
        foreach (var one in arranged)
        {
            var account = one.Account;
            lines.Add(($"Account {account.Id}", $"{account.Mode.ToString().ToLowerInvariant()}, {account.Currency}, {account.TimeZone}, at most {account.DailyLimit?.ToString() ?? "no limit"} a day{From(one.DailyLimit.From)}"));
            if (Channels(one) is { Length: > 0 } channels)
                lines.Add(($"Channels of {account.Id}", channels));
        }

        foreach (var currency in arranged.Select(one => one.Account.Currency).Distinct())
        {
            if (await accounts.FindWorkspaceLimitAsync(currency, cancellationToken) is { } together)
                lines.Add(($"All accounts in {currency} together", $"at most {together} a day{From(Source.Chat)}"));
        }

        foreach (var channel in alerts)
            lines.Add(($"Alerts by {channel.Name}", channel.IsSetUp ? "set up" : "not set up"));

        return lines;
    }

    private static string Channels(Arrangement one) => string.Join(
        ", ",
        new (string What, string Where, Source From)[]
        {
            ("feed in", Room(one.Feed), one.Feed.From), ("approvals in", Room(one.Approvals), one.Approvals.From), ("incidents in", Room(one.Incidents), one.Incidents.From),
            ("on call", one.OnCall.Value.Count == 0 ? "everybody with the role" : string.Join(" and ", one.OnCall.Value.Select(person => person.Value)), one.OnCall.From),
        }
            .Where(part => part.From != Source.Nobody)
            .Select(part => $"{part.What} {part.Where}{From(part.From)}"));

    private static string Room(Part<SaidRoom> room) => room.Value.Place.Length == 0 || room.Value.Place == room.Value.Name ? room.Value.Name : $"{room.Value.Name}, {room.Value.Place}";

    /// <summary>The configuration is where the others stand.</summary>
    private static string From(Source source) => source == Source.Chat ? " (said in the chat)" : "";
}
