using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Raises;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Levers;

public sealed class SetBudgetCommand(CampaignControl control, RaiseDesk raises, IAdNetworkDirectory networks) : ILowers
{
    public Verb Verb { get; } = new(
        "set budget", ["set budget", "change budget"], [Takes.Campaign, Takes.Amount], Permission.Reduce, VerbKind.Acts,
        "sets the daily budget; asks before a raise, and a second person before a large one", "set budget c1 $600");

    public Suiting SuitingTo(Person by) => Suiting.Of<Campaign>("can be given another budget", campaign => campaign.IsOpen);

    public bool Lowers(VerbCall call) => call.Get<Money>("amount") < call.Campaign.DailyBudget;

    public Task<Confirmation?> AsksAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) =>
        RaiseQuestion.OfAsync(raises, call.Campaign, Lever.DailyBudget, call.Get<Money>("amount"), turn.Person, cancellationToken, networks.Profile(call.Campaign.Spec.Network));

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) =>
        await turn.SayAsync((await control.SetBudgetAsync(call.Campaign.Id, turn.Person, call.Get<Money>("amount"), call.Sure, cancellationToken)).Says, cancellationToken);
}
