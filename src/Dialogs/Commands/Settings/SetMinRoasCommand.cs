using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Tuning;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Settings;

public sealed class SetMinRoasCommand(SettingDesk desk) : ICommand
{
    public Verb Verb { get; } = new(
        "set min roas", ["set min roas", "set minimum roas"], [Takes.Campaign, SettingQuestion.ValueOf("a number such as 2.0, or off")], Permission.Reduce, VerbKind.Acts,
        "sets the return below which it is stopped, or \"off\"; loosening is asked about", "set min roas c1 2.0");

    public Suiting SuitingTo(Person by) => SettingQuestion.Suits;

    public Task<Confirmation?> AsksAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) =>
        SettingQuestion.AsksAsync(desk, call.Campaign, Read(call)(call.Campaign), turn.Person, cancellationToken);

    public Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) => SettingQuestion.RunAsync(desk, call, Read(call), turn, cancellationToken);

    private static Func<Campaign, SettingReading> Read(VerbCall call) => campaign => CampaignSettings.MinRoas(campaign, SettingQuestion.Said(call));
}
