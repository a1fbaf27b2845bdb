using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Tuning;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Settings;

public sealed class SetCreativeCostCommand(SettingDesk desk) : ICommand
{
    public Verb Verb { get; } = new(
        "set creative cost", ["set creative cost", "set creatives cost"], [Takes.Campaign, SettingQuestion.ValueOf("an amount, 0, or off")], Permission.Reduce, VerbKind.Acts,
        "says what its creatives cost to make, for its true return; it moves nothing", "set creative cost c1 $500");

    public Suiting SuitingTo(Person by) => SettingQuestion.Suits;

    public Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) => SettingQuestion.RunAsync(
        desk, call, campaign => Read(campaign, SettingQuestion.Said(call)), turn, cancellationToken);

    private static SettingReading Read(Campaign campaign, string said) => CampaignSettings.IsOff(said) ? CampaignSettings.CreativeCost(campaign, null)
        : said.TrimStart('$') == "0" ? CampaignSettings.CreativeCost(campaign, campaign.DailyBudget.Currency.Zero)
        : Amounts.TryRead(said, campaign.DailyBudget.Currency, out var amount, out var problem) ? CampaignSettings.CreativeCost(campaign, amount) : SettingReading.Wrong(problem);
}
