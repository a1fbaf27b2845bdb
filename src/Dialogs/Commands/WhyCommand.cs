using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands;

public sealed class WhyCommand(IDecisionStore decisions, CampaignClock clock) : ICommand
{
    private const int Most = 3;

    public Verb Verb { get; } = new(
        "why", ["why"], [Takes.Campaign], Permission.See, VerbKind.Reads, "shows the last decisions with their evidence, and the moves not taken", "why c1");

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var latest = await decisions.LatestAsync(call.Campaign.Id, Most, cancellationToken);
        if (latest.Count == 0)
        {
            var state = call.Campaign.Because is { } because ? $" It is {call.Campaign.Status}: {because}." : "";
            await turn.SayAsync($"The agent has not looked at {call.Campaign.Name} yet.{state}", cancellationToken);
            return;
        }

        await turn.SayAsync(ChatMessage.Of(WhyCard.Of(call.Campaign, latest, clock.GetUtcNow())), cancellationToken);
    }
}
