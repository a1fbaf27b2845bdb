using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Tuning;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Settings;

public sealed class SetAutonomyCommand(SettingDesk desk, AgentPolicy policy) : ICommand
{
    public Verb Verb { get; } = new(
        "set autonomy", ["set autonomy", "change autonomy"], [Takes.Campaign, SettingQuestion.ValueOf("shadow, suggest or act")], Permission.Reduce, VerbKind.Acts,
        "sets how far the agent goes by itself in a campaign: shadow only watches, suggest waits for your yes, act acts; more of it is asked about", "set autonomy c1 suggest");

    public Suiting SuitingTo(Person by) => SettingQuestion.Suits;

    public Task<Confirmation?> AsksAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) =>
        SettingQuestion.AsksAsync(desk, call.Campaign, Read(call)(call.Campaign), turn.Person, cancellationToken);

    public Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) => SettingQuestion.RunAsync(desk, call, Read(call), turn, cancellationToken);

    private Func<Campaign, SettingReading> Read(VerbCall call) => campaign => CampaignSettings.Autonomy(campaign, policy.For(campaign), SettingQuestion.Said(call));
}
