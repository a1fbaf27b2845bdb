using ChatOpsCampaigns.Automation.People;

namespace ChatOpsCampaigns.Bot.Options;

/// <summary>Section <c>People</c>: roles by channel and id. Four local people by default; unknown ones are viewers.</summary>
internal sealed class PeopleOptions
{
    public const string Section = "People";

    /// <summary><c>People:Roles:local:ana:0 = Marketer</c>.</summary>
    public Dictionary<string, Dictionary<string, Role[]>> Roles { get; init; } = new()
    {
        ["local"] = new Dictionary<string, Role[]>
        {
            ["you"] = [Role.Admin],
            ["ana"] = [Role.Marketer],
            ["max"] = [Role.Approver],
            ["olga"] = [Role.OnCall],
        },
    };
}
