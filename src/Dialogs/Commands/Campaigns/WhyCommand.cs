using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Campaigns;

public sealed class WhyCommand(Traces traces) : ICommand
{
    private const int Most = 3;

    public Verb Verb { get; } = new(
        "why", ["why", "why not"], [Takes.Campaign], Permission.See, VerbKind.Reads,
        "shows how it is judged now and the last decisions with their evidence: wanted, held back and by what, done, and the moves not taken", "why c1");

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var trace = await traces.OfAsync(call.Campaign, Most, cancellationToken);
        await turn.SayAsync(ChatMessage.Of(WhyCard.Of(trace, trace.Now?.Account.Zone() ?? TimeZoneInfo.Utc)), cancellationToken);
    }
}
