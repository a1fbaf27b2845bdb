namespace ChatOpsCampaigns.Adapters;

/// <summary>The one folder that everything is kept in: setting <c>Data:Folder</c>, <c>data</c> beside the solution by default.</summary>
public sealed record DataFolder(string Path)
{
    public string Database => In("campaigns.db");

    /// <summary>The simulated networks' own objects and events, over their own connection.</summary>
    public string Networks => In("networks.db");

    /// <summary>When the agent's next round is due. It can be made anew.</summary>
    public string Schedule => In("schedule.db");

    public string Media => In("media");

    public string Keys => In("keys");

    public string Checkpoints => In("checkpoints.jsonl");

    public string Stops => In("stops.jsonl");

    /// <summary>Room on the disk in which stops are noted when it is full.</summary>
    public string StopsRoom => In("stops.room");

    /// <summary>When the program last found everything about itself as it should be.</summary>
    public string Heartbeat => In("heartbeat.json");

    /// <summary>Signatures of what Slack sent in the last minutes. It can be made anew.</summary>
    public string Answered => In("answered.txt");

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
