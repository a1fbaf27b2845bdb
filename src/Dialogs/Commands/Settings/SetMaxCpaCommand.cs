using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Tuning;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Settings;

public sealed class SetMaxCpaCommand(SettingDesk desk) : ICommand
{
    public Verb Verb { get; } = new(
        "set max cpa", ["set max cpa", "set maximum cpa", "set max cpi"], [Takes.Campaign, SettingQuestion.ValueOf("an amount, or off")], Permission.Reduce, VerbKind.Acts,
        "sets what a result may cost at most, or \"off\"; loosening is asked about", "set max cpa c1 $18");

    public Suiting SuitingTo(Person by) => SettingQuestion.Suits;

    public Task<Confirmation?> AsksAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) =>
        SettingQuestion.AsksAsync(desk, call.Campaign, Read(call)(call.Campaign), turn.Person, cancellationToken);

    public Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) => SettingQuestion.RunAsync(desk, call, Read(call), turn, cancellationToken);

    private static Func<Campaign, SettingReading> Read(VerbCall call) => campaign => CampaignSettings.IsOff(SettingQuestion.Said(call))
        ? CampaignSettings.MaxCpa(campaign, null)
        : Amounts.TryRead(SettingQuestion.Said(call), campaign.DailyBudget.Currency, out var amount, out var problem) ? CampaignSettings.MaxCpa(campaign, amount) : SettingReading.Wrong(problem);
}
