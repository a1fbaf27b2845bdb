using System.Globalization;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Campaigns;

/// <summary>Keeps the person's reason beside the decision it goes against, to be scored later; the values themselves are set by their own verbs.</summary>
public sealed class OverrideCommand(CampaignControl control, IDecisionStore decisions) : ICommand
{
    public Verb Verb { get; } = new(
        "override", ["override"], [Takes.Campaign, Takes.Why], Permission.Raise, VerbKind.Acts,
        "keeps your way against the agent's advice, with your reason: the agent leaves the campaign alone until you hand it back", "override c1 the weekend sale needs this bid");

    public Suiting SuitingTo(Person by) => Suiting.Of<Campaign>("is in the agent's hands", campaign => campaign is { IsOpen: true, AgentManaged: true });

    public Task<Confirmation?> AsksAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) => Task.FromResult<Confirmation?>(
        new Confirmation($"Override the agent on {call.Campaign.Name}?")
        {
            Lines = ["It leaves bid and budget as they are until you say \"hand back\".", $"Your reason is kept and scored later: {call.Get<string>("why")}", "The emergency monitor keeps watching."],
            About = About(call.Campaign, call.Get<string>("why")),
        });

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var last = await decisions.LatestAsync(call.Campaign.Id, 1, cancellationToken) is [var newest, ..] ? newest : null;
        var answer = await control.OverrideAsync(call.Campaign.Id, turn.Person, last?.Says ?? "no decision yet", call.Get<string>("why"), cancellationToken);
        await turn.SayAsync(answer.Says, cancellationToken);
    }

    /// <summary>The bid and budget that would stay, whose hands the campaign is in, and when it was last handed to the agent.</summary>
    private static string About(Campaign campaign, string why) => string.Create(
        CultureInfo.InvariantCulture, $"{why}\n{campaign.DailyBudget}\n{campaign.Bid}\n{campaign.Status}\n{campaign.TakenOver}\n{campaign.HandedBackAt:O}");
}
