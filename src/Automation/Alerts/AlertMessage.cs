using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Alerts;

/// <summary>
/// One message on one channel about all that waited for it: of each incident the latest word, and first what may still cost money.
/// </summary>
/// <param name="Key">The same for the same alerts, so that a channel may recognise a second try.</param>
/// <param name="Alerts">One for each incident, the worst first.</param>
/// <param name="IsRetry">The channel did not take the last one: what is optional in it is better left out.</param>
public sealed record AlertMessage(string Key, ImmutableArray<Alert> Alerts, bool IsRetry = false)
{
    private const string Simulated = "Simulated: ";

    public static AlertMessage Of(IReadOnlyList<Alert> waiting, bool isRetry = false)
    {
        var key = waiting.Count == 1 ? waiting[0].Key : $"group/{Digest.Of(string.Join('|', waiting.Select(alert => alert.Key).Order(StringComparer.Ordinal))).Value[..24]}";
        var latest = waiting.GroupBy(alert => alert.Incident?.Value ?? alert.Key).Select(ofOne => ofOne.MaxBy(alert => alert.At)!);
        return new AlertMessage(key, [.. latest.OrderBy(alert => alert.About).ThenByDescending(alert => alert.Severity).ThenBy(alert => alert.At)], isRetry)
        {
            Waited = [.. waiting.Select(alert => alert.Key)],
        };
    }

    /// <summary>The keys of all that waited, also of earlier words on an incident whose latest is told.</summary>
    public ImmutableArray<string> Waited { get; init; } = [];

    public Severity Severity => Alerts.Max(alert => alert.Severity);

    public DateTimeOffset At => Alerts.Max(alert => alert.At);

    /// <summary>Nothing in it is new to people.</summary>
    public bool IsRepeated => Alerts.All(alert => alert.IsRepeated);

    /// <summary>Of its one incident the short name; null where it names several or none.</summary>
    public string? Handle => NamesSeveral ? null : Alerts[0].Handle;

    /// <summary>Somebody has to do something about an incident.</summary>
    public bool AsksForAnAnswer => Alerts.Any(alert => alert.Incident is not null);

    public bool NamesSeveral => Alerts.Length > 1;

    public string Title => $"{(AllSimulated ? Simulated : "")}{(NamesSeveral ? Heading : Alerts[0].Title)}";

    /// <summary>One for each alert, with what was measured.</summary>
    public IEnumerable<string> Lines => Alerts.Select(alert => $"{(IsMixed(alert) ? Simulated : "")}{alert.Title} — {alert.Text}");

    public string Text => NamesSeveral ? string.Join('\n', Lines) : Alerts[0].Text;

    /// <summary>For where room is scarce: of several, their names alone.</summary>
    public string Brief => NamesSeveral ? $"{string.Join(". ", Groups().Select(group => $"{Word(group.Key)}: {string.Join(", ", group.Select(Who))}"))}{ByHand}" : Alerts[0].Text;

    /// <summary>A title of several names no page of its own.</summary>
    private string ByHand => Alerts.Select(alert => alert.OwnPages).OfType<Uri>().Distinct().ToList() is { Count: > 0 } pages ? $". By hand: {string.Join(" ", pages)}" : "";

    private bool AllSimulated => Alerts.All(alert => alert.IsSimulated);

    private string Heading => $"{(IsRepeated ? "Reminder of " : "")}{Alerts.Length} {Kinds}: {string.Join(", ", Groups().Select(Counted))}";

    private string Kinds => Alerts.All(alert => alert.Incident is not null) ? "incidents" : "messages";

    /// <summary>Simulated among real ones.</summary>
    private bool IsMixed(Alert alert) => alert.IsSimulated && !AllSimulated;

    private string Who(Alert alert) => IsMixed(alert) ? $"{alert.Who} (simulated)" : alert.Who;

    private IEnumerable<IGrouping<AlertAbout, Alert>> Groups() => Alerts.GroupBy(alert => alert.About);

    private static string Counted(IGrouping<AlertAbout, Alert> group) => group.Key switch
    {
        AlertAbout.StillSpending => $"{group.Count()} may still be spending",
        AlertAbout.Stopped => $"{group.Count()} stopped",
        _ => $"{group.Count()} to look at",
    };

    private static string Word(AlertAbout about) => about switch
    {
        AlertAbout.StillSpending => "May still be spending",
        AlertAbout.Stopped => "Stopped",
        _ => "To look at",
    };
}
