using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Incidents.Resuming;
using ChatOpsCampaigns.Automation.Incidents.RollingBack;
using ChatOpsCampaigns.Automation.Safety;

namespace ChatOpsCampaigns.Kit;

/// <summary>The incident desk over a <see cref="Bench"/>.</summary>
public static class Desks
{
    public static IncidentDesk Of(Bench core, IncidentBook book, IncidentVoice voice, SafetyPanel panel, IMarketDesk market)
    {
        var judge = new ResumeJudge(core.Accounts, core.Observer, panel);
        var closing = new IncidentClosing(book, voice, core.Clock);
        var check = new ResumeCheck(
            book, core.Campaigns, judge, new KnownCause(market, core.Second, core.Approvals, core.Machine), new ResumeAgain(core.Approvals, core.Second, core.Clock));
        var plans = new RollBackPlans(book, core.Campaigns, core.Intents, new RollBackRaises(core.Gate, core.Raises), core.Clock);
        var levers = new LeverRollBack(new RollBackRaises(core.Gate, core.Raises), core.Campaigns, core.Gate, core.Door, core.Clock);
        return new IncidentDesk(
            new IncidentAcknowledgement(book, core.Accounts, voice, core.Clock), check,
            new StoppedResume(book, check, new Resumption(core.Campaigns, core.Gate, core.Hours, core.Clock), closing),
            new RollBack(plans, levers, book, voice, core.Clock),
            new HigherLimit(book, core.Campaigns, judge, core.Approvals, core.Second));
    }

    public static UndoDesk UndoOf(Bench core)
    {
        var raises = new RollBackRaises(core.Gate, core.Raises);
        return new UndoDesk(
            new UndoPlans(core.Campaigns, core.Intents, core.Incidents, raises, core.Clock), new LeverRollBack(raises, core.Campaigns, core.Gate, core.Door, core.Clock), core.Campaigns, core.Feed, core.Clock);
    }
}
