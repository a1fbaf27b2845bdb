using ChatOpsCampaigns.Automation.Agent;

namespace ChatOpsCampaigns.Bot.Options;

/// <summary>Section <c>Agent</c>.</summary>
internal sealed record AgentOptions
{
    public const string Section = "Agent";

    /// <summary>How often the agent decides, in campaign time: one minute to one day, five minutes by default.</summary>
    public TimeSpan DecideEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary><c>Act</c>, <c>Suggest</c> or <c>Shadow</c>; without it <c>Act</c> on simulated networks and <c>Shadow</c> on live ones.</summary>
    public Autonomy? Autonomy { get; init; }

    public static AgentOptions From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        if (section["Autonomy"] is { Length: > 0 } said && !Enum.GetNames<Autonomy>().Contains(said, StringComparer.OrdinalIgnoreCase))
            throw new InvalidOperationException($"Agent:Autonomy is \"{said}\"; write Act, Suggest or Shadow.");

        var options = section.Get<AgentOptions>() ?? new AgentOptions();
        return options.DecideEvery < TimeSpan.FromMinutes(1) || options.DecideEvery > TimeSpan.FromDays(1)
            ? throw new InvalidOperationException($"Agent:DecideEvery is {options.DecideEvery}; it has to be from 00:01:00 to 1.00:00:00.")
            : options;
    }
}
