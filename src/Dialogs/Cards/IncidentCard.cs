using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Alerts;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards.Parts;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Cards;

/// <summary>An incident as it stands now: the same in every copy.</summary>
/// <param name="Pause">Whether the stop is confirmed, in words.</param>
/// <param name="Answered">Who answered, when and after how long; empty while nobody did.</param>
/// <param name="Rev">Changes when somebody answered or the state changed: an older card's button has no effect.</param>
public sealed record IncidentCard(
    string Title, string Style, string Campaign, string Measure, string Measured, string Limit, string Pause, string PauseColor, string Opened,
    string Next, string Alerts, string Answered, bool CanAcknowledge, bool CanRespond, string Target, string Rev) : ICardView
{
    public string Template => "incident";

    public bool HasLimit => Limit.Length > 0;

    public bool HasNext => Next.Length > 0;

    /// <summary>Where it stands at its network; empty where that is not known.</summary>
    public string Where { get; private init; } = "";

    public bool HasWhere => Where.Length > 0;

    /// <summary>Where it is stopped or looked at by hand; empty where no page shows it.</summary>
    public string OwnPages { get; private init; } = "";

    public bool HasOwnPages => OwnPages.Length > 0;

    /// <summary>Open, and shown to somebody who may not answer it: why is all that can be asked.</summary>
    public bool OnlyAsksWhy { get; private init; }

    public bool HasAnswer => Answered.Length > 0;

    public string Fallback =>
        $"{Title}: {Campaign}. {Measure} {Measured}{(HasLimit ? $", limit {Limit}" : "")}. {Pause}. {Opened}.{(HasWhere ? $" {Where}{(HasOwnPages ? $": {OwnPages}" : "")}." : HasOwnPages ? $" The network's own pages: {OwnPages}" : "")} Alerts: {Alerts}.{(HasAnswer ? $" {Answered}." : "")}"
        + (CanRespond ? " Reply ack, resume, roll back or why." : "");

    public static IncidentCard Of(Incident incident, IReadOnlyList<AlertReceipt> receipts, IReadOnlyList<string> channels, TimeZoneInfo zone, DateTimeOffset now, double speed = 1)
    {
        var closed = incident.State == IncidentState.Closed;
        return new IncidentCard(
            $"{HeadOf(incident)} {incident.Handle}: {incident.CauseWords}", closed ? "good" : "attention", $"{incident.CampaignName}{(incident.Simulated ? " (simulated)" : "")}",
            incident.Evidence.Measure, incident.Evidence.Measured, incident.Evidence.Limit, PauseOf(incident),
            incident.PauseConfirmed || incident.BidCut is not null || closed ? "good" : "attention", $"Opened {AccountTime.In(zone, incident.OpenedAt)}{ClockWord(speed)}",
            NextOf(incident, zone),
            AlertsOf(receipts, channels), AnswerOf(incident, zone, speed), !closed && incident.AcknowledgedBy is null, !closed,
            incident.Handle, RevisionOf(incident))
        {
            Where = incident.AtNetwork is { } at ? $"{at}{(incident.Simulated ? ", simulated: the network has no page for it" : " in the network's own pages")}" : "",
            OwnPages = closed ? "" : incident.OwnPages?.ToString() ?? "",
        };
    }

    /// <summary>The same for somebody who may not answer: a button that is sure to be refused is not offered.</summary>
    public IncidentCard ToLookAt() => this with { CanAcknowledge = false, CanRespond = false, OnlyAsksWhy = CanRespond };

    /// <summary>Which clock a moment of an incident is of, where campaign time runs at another speed than people's; else nothing.</summary>
    public static string ClockWord(double speed) => speed is 1 ? "" : " campaign time";

    public static string RevisionOf(Incident incident) => Digest.Of($"{incident.State}|{incident.PauseConfirmed}|{incident.BidCut}|{incident.AcknowledgedBy}|{incident.Resolution}").Value[..12];

    /// <summary>What holds now, in the words of the card's head: for an answer that begins with it.</summary>
    public static string StandsOf(Incident incident) => incident switch
    {
        { State: IncidentState.Closed, Resolution: { } resolution } => $"{HeadOf(incident)}: {resolution}",
        { State: IncidentState.Closed } => HeadOf(incident),
        { Remedy: Automation.Safety.Remedy.PauseCampaign, PauseConfirmed: false, PauseAttempts: > 0 } => PauseOf(incident),
        _ => $"{HeadOf(incident)}: {char.ToLowerInvariant(PauseOf(incident)[0])}{PauseOf(incident)[1..]}",
    };

    /// <summary>A reminder comes at people's time, which may be another than the campaign's.</summary>
    private static string NextOf(Incident incident, TimeZoneInfo zone) => incident is { State: IncidentState.Closed, Remedy: Automation.Safety.Remedy.PauseCampaign }
        ? $"\"postmortem {incident.Handle}\" drafts from the audit trail what happened"
        : IncidentReminders.NextAtMachineTime(incident) is { } next
        ? $"Next reminder: {AccountTime.In(zone, next)} on your own clock"
        : "";

    private static string HeadOf(Incident incident) => incident switch
    {
        { State: IncidentState.Closed } => "Closed",
        { Remedy: Automation.Safety.Remedy.PauseCampaign, PauseConfirmed: true } => "STOPPED",
        { Remedy: Automation.Safety.Remedy.PauseCampaign } => "EMERGENCY",
        _ => "ALERT",
    };

    private static string PauseOf(Incident incident) => (incident.Remedy, incident.PauseConfirmed) switch
    {
        (Automation.Safety.Remedy.PauseCampaign, true) => $"Paused and confirmed by the network{(incident.ConfirmedAt is { } at ? $" after {Ages.Of(at - incident.OpenedAt)}" : "")}",
        (Automation.Safety.Remedy.PauseCampaign, false) when incident.PauseAttempts == 0 => "Pausing now, not confirmed yet",
        (Automation.Safety.Remedy.PauseCampaign, false) => $"COULD NOT PAUSE after {incident.PauseAttempts} attempt{(incident.PauseAttempts == 1 ? "" : "s")}, trying again with every check: stop it in the network's own pages",
        (Automation.Safety.Remedy.ReduceBid, _) => incident.BidCut is { } cut ? $"Lowered and confirmed by the network: {cut}" : "Bid not lowered",
        _ => "Nothing was changed at the network",
    };

    private static string AlertsOf(IReadOnlyList<AlertReceipt> receipts, IReadOnlyList<string> channels)
    {
        var last = receipts.GroupBy(receipt => receipt.Channel).Select(group => group.MaxBy(receipt => receipt.At)!).ToList();
        var said = last.Select(receipt => $"{receipt.Channel} {(receipt.Accepted ? "handed over" : receipt.Says)}");
        var silent = channels.Where(channel => !last.Exists(receipt => channel.StartsWith(receipt.Channel, StringComparison.Ordinal)));
        var all = said.Concat(silent).ToList();
        return all.Count > 0 ? string.Join(", ", all) : "on their way";
    }

    private static string AnswerOf(Incident incident, TimeZoneInfo zone, double speed)
    {
        var parts = new List<string>();
        if (incident is { AcknowledgedBy: { } by, AcknowledgedAt: { } at })
            parts.Add($"Acknowledged by {by} at {AccountTime.In(zone, at)}{ClockWord(speed)}, after {Ages.Of(at - incident.OpenedAt)}");

        if (incident is { State: IncidentState.Closed, ClosedAt: { } closed })
            parts.Add($"{incident.Resolution ?? "Closed"} at {AccountTime.In(zone, closed)}{ClockWord(speed)}");

        return string.Join(". ", parts);
    }
}
