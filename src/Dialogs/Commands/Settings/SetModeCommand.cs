using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Tuning;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Settings;

public sealed class SetModeCommand(SettingDesk desk) : ICommand
{
    public Verb Verb { get; } = new(
        "set mode", ["set mode", "change mode"], [Takes.Campaign, SettingQuestion.ValueOf("conservative, balanced or aggressive")], Permission.Reduce, VerbKind.Acts,
        "sets how large the agent's steps are: conservative, balanced or aggressive", "set mode c1 balanced");

    public Suiting SuitingTo(Person by) => SettingQuestion.Suits;

    public Task<Confirmation?> AsksAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) =>
        SettingQuestion.AsksAsync(desk, call.Campaign, Read(call)(call.Campaign), turn.Person, cancellationToken);

    public Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) => SettingQuestion.RunAsync(desk, call, Read(call), turn, cancellationToken);

    private static Func<Campaign, SettingReading> Read(VerbCall call) => campaign => CampaignSettings.Mode(campaign, SettingQuestion.Said(call));
}
