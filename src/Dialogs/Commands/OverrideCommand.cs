using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands;

/// <summary>Keeps the person's reason beside the decision it goes against, to be scored later; the values themselves are set by their own verbs.</summary>
public sealed class OverrideCommand(ICampaignStore campaigns, IDecisionStore decisions, IActivityFeed feed, CampaignClock clock) : ICommand
{
    public Verb Verb { get; } = new(
        "override", ["override"], [Takes.Campaign, Takes.Why], Permission.Raise, VerbKind.Acts,
        "keeps your way against the agent's advice, with your reason: the agent leaves the campaign alone until you hand it back", "override c1 the weekend sale needs this bid");

    public Task<Confirmation?> AsksAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) => Task.FromResult<Confirmation?>(
        new Confirmation($"Override the agent on {call.Campaign.Name}?")
        {
            Lines = ["It leaves bid and budget as they are until you say \"hand back\".", $"Your reason is kept and scored later: {call.Get<string>("why")}", "The emergency monitor keeps watching."],
        });

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var last = await decisions.LatestAsync(call.Campaign.Id, 1, cancellationToken) is [var newest, ..] ? newest : null;
        var kept = new Override("automation", last?.Says ?? "no decision yet", call.Get<string>("why"), turn.Person.Id, clock.GetUtcNow());
        var changed = await campaigns.ChangeAsync(
            call.Campaign.Id, now => now with { TakenOver = true, Overrides = now.Overrides.Add(kept) }, cancellationToken);
        await feed.PublishAsync(
            new FeedEvent(
                0, clock.GetUtcNow(), changed.Workspace, changed.Account, changed.Id, changed.Name, FeedKind.Note, Severity.Medium,
                $"overridden, the agent's word was: {kept.Against}", kept.Reason, turn.Person.Id, Simulated: changed.IsSimulated),
            cancellationToken);
        await turn.SayAsync($"Kept. {changed.Name} stays at {changed.DailyBudget} a day{(changed.Bid is { } bid ? $" and a bid of {bid}" : "")}; say \"hand back {changed.Handle}\" to let the agent go on.", cancellationToken);
    }
}
