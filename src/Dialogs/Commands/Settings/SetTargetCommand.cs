using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Tuning;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Settings;

public sealed class SetTargetCommand(SettingDesk desk) : ICommand
{
    public Verb Verb { get; } = new(
        "set target", ["set target", "change target"], [Takes.Campaign, SettingQuestion.ValueOf("an amount, or a ROAS where it bids for one")], Permission.Reduce, VerbKind.Acts,
        "sets what a result should cost, or the ROAS that it bids for; a dearer one is asked about", "set target c1 $12");

    public Suiting SuitingTo(Person by) => SettingQuestion.Suits;

    public Task<Confirmation?> AsksAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) =>
        SettingQuestion.AsksAsync(desk, call.Campaign, Read(call)(call.Campaign), turn.Person, cancellationToken);

    public Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) => SettingQuestion.RunAsync(desk, call, Read(call), turn, cancellationToken);

    private static Func<Campaign, SettingReading> Read(VerbCall call) => campaign => campaign.Spec.Bidding.Strategy == BidStrategy.TargetRoas
        ? CampaignSettings.TargetRoas(campaign, SettingQuestion.Said(call))
        : Amounts.TryRead(SettingQuestion.Said(call), campaign.DailyBudget.Currency, out var amount, out var problem) ? CampaignSettings.TargetCost(campaign, amount) : SettingReading.Wrong(problem);
}
