using ChatOpsCampaigns.Automation.Campaigns;

namespace ChatOpsCampaigns.Automation.Safety;

/// <summary>What a rule watches, as people call it. Its id is for records and never shown alone.</summary>
public static class RuleWords
{
    /// <summary>Where nobody knows what the campaign counts.</summary>
    public static string Of(RuleId rule) => Of(rule, ResultWord.Open);

    public static string Of(RuleId rule, ResultWord result) => rule.Value switch
    {
        "daily-spend-cap" => "daily cap",
        "lifetime-budget" => "lifetime budget",
        "spend-acceleration" => "speed of spending",
        "zero-conversions" => $"missing {result.Many}",
        "cpa-spike" => $"sudden rise of the {result.CostWords}",
        "price-spike" => "price of impressions",
        "cpa-ceiling" => $"highest {result.CostWords}",
        "roas-floor" => "return on the money spent",
        "stale-reading" => "age of the figures",
        "network-errors" => "answers of the network",
        "tracking-outage" => "counting of results in the account",
        "agent-blind" => "the agent's turns",
        "sweep-late" => "looking at the campaigns",
        "self-audit" => "the bot's look at itself",
        "stop-everything" => "stop everything",
        "runs-all-the-same" => "running although it was stopped",
        "nobody-manages-it" => "running with nobody to manage it",
        var other => other.Replace('-', ' '),
    };
}
