using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards.Parts;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Cards;

/// <summary>Open incidents, one line each, the most urgent first; then how many more, and the last that are over.</summary>
public sealed record IncidentsCard(string Title, ImmutableArray<IncidentsCard.Row> Rows, string More, ImmutableArray<IncidentsCard.Past> Before) : ICardView
{
    private const int Most = 10;
    private const int MostBefore = 5;

    /// <param name="CanResume">Somebody who may answer looks at a stop that is confirmed.</param>
    public sealed record Row(string Name, string What, string Target, bool CanResume, bool CanAcknowledge);

    public sealed record Past(string Says);

    public bool HasMore => More.Length > 0;

    public bool HasBefore => Before.Length > 0;

    public string Template => "incidents";

    public string Fallback =>
        $"{Title}{string.Concat(Rows.Select(row => $"\n- {row.Name}: {row.What}"))}{(HasMore ? $"\n{More}" : "")}{(HasBefore ? $"\nBefore:{string.Concat(Before.Select(past => $"\n- {past.Says}"))}" : "")}";

    /// <param name="open">With the moment at which each was opened, in its account's own time.</param>
    public static IncidentsCard Of(IReadOnlyList<(Incident Incident, string Opened)> open, IEnumerable<Incident> closed, Person reader, DateTimeOffset now)
    {
        var sorted = open.OrderBy(one => Rank(one.Incident)).ThenByDescending(one => one.Incident.OpenedAt).ToList();
        var hidden = sorted.Skip(Most).Select(one => one.Incident.Handle).ToList();
        return new IncidentsCard(
            open.Count switch { 0 => "No incident is open.", 1 => "1 incident is open", var count => $"{count} incidents are open, the most urgent first" },
            [.. sorted.Take(Most).Select(one => RowOf(one.Incident, one.Opened, reader, now))],
            hidden.Count > 0 ? $"{hidden.Count} more: {string.Join(", ", hidden)}. They come up here as others are closed; each answers to its number, for example \"resume incident {hidden[0]}\"." : "",
            [.. closed.Take(MostBefore).Select(incident => new Past(
                $"{incident.Handle} {incident.CampaignName}, {incident.CauseWords}, {Ages.Since(incident.OpenedAt, now)}: {incident.Resolution ?? "closed"}"))]);
    }

    private static Row RowOf(Incident incident, string opened, Person reader, DateTimeOffset now)
    {
        var stopped = incident is { Remedy: Remedy.PauseCampaign, PauseConfirmed: true };
        var may = reader.May(Permission.Respond, incident.Account);
        var has = incident.AcknowledgedBy is { } by ? $"{by} has it" : "nobody has it yet";
        var next = !may ? $"\"why incident {incident.Handle}\" tells more" : stopped ? $"next: resume incident {incident.Handle}" : $"next: ack {incident.Handle}";
        return new Row(
            $"{incident.Handle} {incident.CampaignName}{(incident.Simulated ? " (simulated)" : "")}",
            $"{StateOf(incident)}, {incident.CauseWords}, since {opened}, {Ages.Since(incident.OpenedAt, now)}; {has}; {next}",
            incident.Handle, may && stopped, may && incident.AcknowledgedBy is null);
    }

    private static string StateOf(Incident incident) => incident switch
    {
        { Remedy: Remedy.PauseCampaign, PauseConfirmed: true } => "stopped",
        { Remedy: Remedy.PauseCampaign } => "NOT PAUSED YET",
        _ => "to look at",
    };

    /// <summary>What may still cost money first, then what nobody has.</summary>
    private static int Rank(Incident incident) => incident switch
    {
        { Remedy: Remedy.PauseCampaign, PauseConfirmed: false } => 0,
        { AcknowledgedBy: null, Severity: Automation.Feed.Severity.Critical } => 1,
        { AcknowledgedBy: null } => 2,
        _ => 3,
    };
}
