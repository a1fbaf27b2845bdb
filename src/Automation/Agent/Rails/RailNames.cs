namespace ChatOpsCampaigns.Automation.Agent.Rails;

/// <summary>What holds a move back, as people call it.</summary>
public static class RailNames
{
    /// <summary>The trim that is no rail's: of two directions in one turn one is taken.</summary>
    public const string OneDirection = "one-direction";

    public static string InWords(string rail) => rail switch
    {
        "held" => "a person's change",
        "human-lock" => "a person's own setting",
        "not-now" => "a person's word",
        "fresh-data" => "fresh figures",
        "open-incident" => "an incident that is open",
        "tracking" => "results that are not counted",
        "after-resume" => "the hour after a resume",
        "learning" => "the network's learning time",
        "cool-down" => "rest after a move",
        "changes-per-day" => "moves a day",
        "max-bid" => "highest bid",
        "daily-cap" => "highest spend of a day",
        "account-cap" => "account's limit",
        "workspace-cap" => "workspace's limit",
        "two-creatives" => "ads that stay alive",
        "minimum" => "network's minimum",
        "mode-band" => "size of a step",
        OneDirection => "one direction at a time",
        _ => rail.Replace('-', ' '),
    };
}
