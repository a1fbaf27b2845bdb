namespace ChatOpsCampaigns.Automation.Incidents;

/// <summary>What an on-call person is told. <paramref name="WaysOut"/> is what would be possible after a refusal.</summary>
public sealed record IncidentAnswer(bool Done, string Says, IReadOnlyList<string> WaysOut)
{
    public static IncidentAnswer Yes(string says) => new(true, says, []);

    public static IncidentAnswer No(string says, params IReadOnlyList<string> waysOut) => new(false, says, waysOut);
}
