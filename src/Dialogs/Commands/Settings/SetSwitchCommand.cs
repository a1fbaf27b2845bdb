using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Tuning;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Settings;

public sealed class SetSwitchCommand(SettingDesk desk) : ICommand
{
    private const string Which = "which";

    public Verb Verb { get; } = new(
        "set switch", ["set switch", .. CampaignSettings.SwitchWords.Select(word => $"set {word}")], [new VerbArgument(Which, ArgumentKind.Choice, "bids, budgets, pausing, scaling or tests") { Choices = [.. CampaignSettings.SwitchWords] }, Takes.Campaign, SettingQuestion.ValueOf("on or off")], Permission.Reduce, VerbKind.Acts,
        "lets the agent change bids, budgets, scale, pause or test, or not", "set bids c1 off");

    public Suiting SuitingTo(Person by) => SettingQuestion.Suits;

    public Task<Confirmation?> AsksAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) =>
        SettingQuestion.AsksAsync(desk, call.Campaign, Read(call)(call.Campaign), turn.Person, cancellationToken);

    public Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) => SettingQuestion.RunAsync(desk, call, Read(call), turn, cancellationToken);

    private static Func<Campaign, SettingReading> Read(VerbCall call) => campaign => CampaignSettings.Switch(campaign, call.Get<string>(Which), SettingQuestion.Said(call));
}
