namespace ChatOpsCampaigns.SlackTerminal;

/// <summary>Somebody of the workspace that the stand-in plays.</summary>
internal sealed record TerminalPerson(string Called, string Id, string Name, string Role);

/// <summary>Four people with the roles of the demonstration, and four channels.</summary>
internal static class TerminalWorkspace
{
    public static readonly IReadOnlyList<TerminalPerson> People =
    [
        new("ana", "U0ANA", "Ana (marketer)", "Marketer"), new("max", "U0MAX", "Max (approver)", "Approver"), new("olga", "U0OLGA", "Olga (on call)", "OnCall"), new("robin", "U0ROBIN", "Robin (admin)", "Admin"),
    ];

    /// <summary>By the name that is typed after <c>#</c>.</summary>
    public static readonly IReadOnlyDictionary<string, string> Channels = new Dictionary<string, string> { ["ads"] = "C0ADS", ["feed"] = "C0FEED", ["approvals"] = "C0APPROVALS", ["oncall"] = "C0ONCALL" };

    public static IEnumerable<string> Settings =>
    [
        .. People.SelectMany(person => new[] { $"--People:Roles:slack:{person.Id}:0", person.Role }),
        "--Channels:default:Feed", $"slack/{Channels["feed"]}", "--Channels:default:Approvals", $"slack/{Channels["approvals"]}", "--Channels:default:Incidents", $"slack/{Channels["oncall"]}",
        "--OnCall:default:0", "slack:U0OLGA",
    ];

    /// <summary>A conversation as people call it.</summary>
    public static string Called(string channel) =>
        Channels.FirstOrDefault(known => known.Value == channel).Key is { } name ? $"#{name}" : People.FirstOrDefault(person => $"D{person.Id[1..]}" == channel)?.Called ?? channel;
}
