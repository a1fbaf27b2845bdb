using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands;

public sealed class SetBudgetCommand(CampaignControl control) : ICommand
{
    public Verb Verb { get; } = new(
        "set budget", ["set budget", "change budget"], [Takes.Campaign, Takes.Amount], Permission.Reduce, VerbKind.Acts,
        "sets the daily budget; asks before a raise", "set budget c1 $600");

    public Task<Confirmation?> AsksAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var (campaign, amount) = (call.Campaign, call.Get<Money>("amount"));
        return Task.FromResult(amount <= campaign.DailyBudget ? null : new Confirmation($"Raise the daily budget of {campaign.Name} from {campaign.DailyBudget} to {amount}?")
        {
            Lines = [$"Its cap stays {campaign.Spec.Budget.MaxDailySpend} a day."],
        });
    }

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) =>
        await turn.SayAsync((await control.SetBudgetAsync(call.Campaign.Id, turn.Person, call.Get<Money>("amount"), cancellationToken)).Says, cancellationToken);
}
