using System.Globalization;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Simulator;

public sealed class SimulateCommand(IMarketDesk market, CampaignClock clock) : ICommand
{
    private const string Usual = "x10";

    /// <summary>Before this much history neither a spike nor fraud trips a rule.</summary>
    private static readonly TimeSpan SpikeNeeds = TimeSpan.FromDays(7);

    private static readonly Dictionary<string, MarketFault> Faults = new()
    {
        ["runaway"] = MarketFault.Runaway,
        ["outage"] = MarketFault.Outage,
        ["fraud"] = MarketFault.Fraud,
        ["spike"] = MarketFault.Spike,
        ["api"] = MarketFault.Api,
        ["refuse-pause"] = MarketFault.RefusePause,
    };

    public Verb Verb { get; } = new(
        "simulate", ["simulate"],
        [
            new VerbArgument("fault", ArgumentKind.Choice, "what goes wrong") { Choices = [.. Faults.Keys] },
            new VerbArgument("factor", ArgumentKind.Choice, "how fast a runaway spends", Optional: true) { Choices = ["x3", "x5", "x10"] },
            Takes.Campaign,
            new VerbArgument("length", ArgumentKind.Duration, "for how long", Optional: true),
        ],
        Permission.Simulate, VerbKind.Acts, "makes something go wrong at the simulated network, so that the safety net can be watched",
        "simulate runaway x10 c1 for 2h");

    public Suiting SuitingTo(Person by) => Suiting.Of<Campaign>("runs at a simulated network", campaign => campaign is { MaySpend: true, IsSimulated: true });

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var campaign = call.Campaign;
        if (campaign.Mode == NetworkMode.Live)
        {
            await turn.SayAsync($"{campaign.Name} runs at a live network; faults exist only at simulated ones.", cancellationToken);
            return;
        }

        var fault = Faults[call.Get<string>("fault")];
        var factor = decimal.Parse(call.Find<string>("factor")?[1..] ?? Usual[1..], CultureInfo.InvariantCulture);
        TimeSpan? lasts = call.Has("length") ? call.Get<TimeSpan>("length") : null;
        if ((await market.FaultsAsync(campaign.Id, cancellationToken)).FirstOrDefault(on => on.Fault == fault) is { } already)
        {
            await turn.SayAsync($"The {already.Words} is on already; \"simulate calm {campaign.Handle}\" ends it, and then another can begin.", cancellationToken);
            return;
        }

        await market.StartFaultAsync(campaign.Id, fault, factor, lasts, cancellationToken);

        var how = fault == MarketFault.Runaway ? $" ×{factor:0}" : "";
        var until = lasts is null ? $"until \"simulate calm {campaign.Handle}\"" : $"for {call.Texts["length"]} of the campaign's time";
        await turn.SayAsync($"{call.Texts["fault"]}{how} began on {campaign.Name}, {until}. {Expect(fault, campaign)}", cancellationToken);
    }

    private string Expect(MarketFault fault, Campaign campaign) => fault switch
    {
        MarketFault.Runaway => "Expect a stop once the network's reports show spend far ahead of the day: reports are as old as that network makes them, and for the first hours of a day it takes longer.",
        MarketFault.Outage => "Expect a stop when results have been missing for longer than chance explains: about nine expected results.",
        MarketFault.Api => "Expect an incident after five failed reads in a row; it pauses only if the worst case reaches the cap.",
        MarketFault.RefusePause => "Nothing shows until something is paused; then expect COULD NOT PAUSE and louder alerts until it is confirmed.",
        MarketFault.Spike when TooYoung(campaign) => $"It trips nothing yet: the CPA rules need results, the spike rule 7 days and 30 results. {campaign.Name} has run {Running(campaign)}.",
        MarketFault.Fraud when TooYoung(campaign) => $"It trips nothing yet on a new campaign: clicks without results are seen once about nine results are missing, or by the CPA rules after 7 days and 30 results. {campaign.Name} has run {Running(campaign)}.",
        _ => "Expect the CPA rules to notice once enough results are in.",
    };

    private bool TooYoung(Campaign campaign) => campaign.LaunchedAt is not { } launched || clock.GetUtcNow() - launched < SpikeNeeds;

    private string Running(Campaign campaign) => campaign.LaunchedAt is { } launched ? Automation.Values.Ages.Of(clock.GetUtcNow() - launched) : "not yet";
}
