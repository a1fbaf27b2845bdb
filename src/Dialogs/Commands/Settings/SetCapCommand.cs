using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Tuning;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Settings;

public sealed class SetCapCommand(SettingDesk desk) : ILowers
{
    public Verb Verb { get; } = new(
        "set cap", ["set cap", "change cap"], [Takes.Campaign, Takes.Amount], Permission.Reduce, VerbKind.Acts,
        "sets the most that may be spent a day; a lower one holds at once and takes the budget with it, a higher one is a raise like any other", "set cap c1 $800");

    public Suiting SuitingTo(Person by) => SettingQuestion.Suits;

    public bool Lowers(VerbCall call) => Read(call)(call.Campaign).Change is { Loosens: false };

    public Task<Confirmation?> AsksAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) =>
        SettingQuestion.AsksAsync(desk, call.Campaign, Read(call)(call.Campaign), turn.Person, cancellationToken);

    public Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) => SettingQuestion.RunAsync(desk, call, Read(call), turn, cancellationToken);

    private static Func<Campaign, SettingReading> Read(VerbCall call) => campaign => CampaignSettings.Cap(campaign, call.Get<Money>("amount"));
}
