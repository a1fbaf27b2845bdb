using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Stepping;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Agent.Rails;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Bot.Simulating.Bids;

/// <summary>The product's own agent: its observation, optimiser, memory and rails. Asked whenever the report shows something new.</summary>
internal sealed class AgentBids : IBidPolicy
{
    /// <summary>The budget is not what limits these campaigns.</summary>
    private const double Roomy = 20;

    private readonly SteppedTime _time = new();
    private readonly ReadingWindows _windows;
    private readonly AdAccount _account;
    private readonly NetworkProfile _profile;
    private readonly NetworkCampaign _running;
    private Campaign _campaign;
    private AgentMemory _memory = AgentMemory.Empty;

    public AgentBids(SteppedAuction auction)
    {
        var (traits, budget) = (auction.Traits, Roomy * auction.ConversionsADay * auction.Traits.TargetCpa);
        (_campaign, _account, _profile, _running) = SteppedCampaigns.Of(
            budget, 2 * budget, traits.TargetCpa, auction.StartBid, traits.Installs, traits.RefreshMinutes, traits.Overdelivery);
        _windows = new ReadingWindows(NoReadings.Instance, new CampaignClock(_time, 1, SteppedTime.Start), NullLogger<ReadingWindows>.Instance);
    }

    public (double, string)? Decide(in BidView view)
    {
        if (!view.IsNew)
            return null;

        _time.Step = view.Step * (SteppedMarket.StepsADay / SteppedAuction.StepsADay);
        _windows.Take(_campaign.Id, _account, Reading(view));
        var now = Observer.Assemble(_campaign, _account, _profile, _time.GetUtcNow(), ReadStanding.Good, _windows.Of(_campaign.Id));
        var move = DecisionEngine.Decide(new Surroundings(now, _memory, null, null)).Moves.FirstOrDefault(one => one.Lever == Lever.Bid);
        if (move is null)
            return null;

        _memory = _memory.With(AgentMemories.Move(now, move));
        _campaign = _campaign with { Bid = move.To };
        return ((double)move.To.Amount, move.By);
    }

    private PerformanceReading Reading(in BidView view)
    {
        var today = SteppedTime.DayOf(_time.Step);
        return new PerformanceReading(
            _running with { Bid = _campaign.Bid }, _time.GetUtcNow(), null, Figures(today, view.Spend, view.Results, view.Impressions),
            view.Day == 0 ? null : Figures(today.Previous, view.SpendYesterday, view.ResultsYesterday, view.ImpressionsYesterday), []);
    }

    private static DayFigures Figures(AccountDay day, double spend, int results, double impressions) =>
        new(day, SteppedCampaigns.Dollars(spend), (long)impressions, null, results, null);
}
