using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands;

public sealed class SetBidCommand(CampaignControl control) : ICommand
{
    public Verb Verb { get; } = new(
        "set bid", ["set bid", "change bid"], [Takes.Campaign, Takes.Amount], Permission.Reduce, VerbKind.Acts, "sets the bid; asks before a raise", "set bid c1 $8.45");

    public Task<Confirmation?> AsksAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) => Task.FromResult(
        call.Campaign.Bid is { } bid && call.Get<Money>("amount") is var amount && amount > bid
            ? new Confirmation($"Raise the bid of {call.Campaign.Name} from {bid} to {amount}?")
            : null);

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) =>
        await turn.SayAsync((await control.SetBidAsync(call.Campaign.Id, turn.Person, call.Get<Money>("amount"), cancellationToken)).Says, cancellationToken);
}
