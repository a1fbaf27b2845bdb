using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Raises;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Levers;

public sealed class SetBidCommand(CampaignControl control, RaiseDesk raises) : ILowers
{
    public Verb Verb { get; } = new(
        "set bid", ["set bid", "change bid"], [Takes.Campaign, Takes.Amount], Permission.Reduce, VerbKind.Acts,
        "sets the bid; asks before a raise, and a second person before a large one", "set bid c1 $8.45");

    public Suiting SuitingTo(Person by) => Suiting.Of<Campaign>("has a bid that could be set", campaign => campaign is { IsOpen: true, Bid: not null });

    public bool Lowers(VerbCall call) => call.Campaign.Bid is { } present && call.Get<Money>("amount") < present;

    public Task<Confirmation?> AsksAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) =>
        RaiseQuestion.OfAsync(raises, call.Campaign, Lever.Bid, call.Get<Money>("amount"), turn.Person, cancellationToken);

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) =>
        await turn.SayAsync((await control.SetBidAsync(call.Campaign.Id, turn.Person, call.Get<Money>("amount"), call.Sure, cancellationToken)).Says, cancellationToken);
}
