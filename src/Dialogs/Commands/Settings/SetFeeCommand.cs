using ChatOpsCampaigns.Automation.Campaigns.Tuning;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Settings;

public sealed class SetFeeCommand(SettingDesk desk) : ICommand
{
    public Verb Verb { get; } = new(
        "set fee", ["set fee", "set agency fee"], [Takes.Campaign, SettingQuestion.ValueOf("a share of the spend such as 10%, 0%, or off")], Permission.Reduce, VerbKind.Acts,
        "says which share of the spend somebody takes beside it, for its true return; it moves nothing", "set fee c1 10%");

    public Suiting SuitingTo(Person by) => SettingQuestion.Suits;

    public Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) => SettingQuestion.RunAsync(
        desk, call, campaign => CampaignSettings.Fee(campaign, SettingQuestion.Said(call)), turn, cancellationToken);
}
