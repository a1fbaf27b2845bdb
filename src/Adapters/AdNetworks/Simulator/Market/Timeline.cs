using ChatOpsCampaigns.Automation.AdNetworks;

namespace ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;

/// <summary>What the market needs to know of a campaign between two changes. Money as doubles: this is simulation, not bookkeeping.</summary>
/// <param name="SpendFactor">1, or the factor of a runaway, whose spend no budget stops.</param>
/// <param name="PriceFactor">How many times as dear everything is.</param>
internal readonly record struct Conditions(
    DateTimeOffset From, bool Delivers, double Budget, double? Bid, double SpendFactor, double PriceFactor, bool Fraud, bool Outage);

/// <summary>A campaign's conditions over time, each until the next one's beginning.</summary>
internal sealed class Timeline
{
    private readonly Conditions[] _conditions;

    private Timeline(Conditions[] conditions) => _conditions = conditions;

    /// <summary>No conversion is ever lost: lookups need not ask.</summary>
    public bool HasOutage => Array.Exists(_conditions, conditions => conditions.Outage);

    public static Timeline Of(CampaignStanding empty, IReadOnlyList<MarketEvent> events)
    {
        var conditions = new List<Conditions>();
        for (var index = 0; index < events.Count; index++)
        {
            empty.Apply(events[index]);
            var from = events[index].At;
            var until = index + 1 < events.Count ? events[index + 1].At : DateTimeOffset.MaxValue;

            conditions.Add(At(empty, from));
            foreach (var change in empty.ChangesByItself().Where(change => change > from && change < until).Distinct().Order())
                conditions.Add(At(empty, change));
        }

        return new Timeline([.. conditions]);
    }

    /// <summary>Index of the conditions at a moment, or -1 before the first.</summary>
    public int IndexAt(DateTimeOffset moment)
    {
        var (low, high) = (0, _conditions.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_conditions[middle].From <= moment)
                low = middle + 1;
            else
                high = middle;
        }

        return low - 1;
    }

    public int Count => _conditions.Length;

    public Conditions this[int index] => _conditions[index];

    public DateTimeOffset EndOf(int index) => index + 1 < _conditions.Length ? _conditions[index + 1].From : DateTimeOffset.MaxValue;

    public bool InOutage(DateTimeOffset moment) => IndexAt(moment) is >= 0 and var index && _conditions[index].Outage;

    private static Conditions At(CampaignStanding standing, DateTimeOffset moment)
    {
        var faults = standing.FaultsAt(moment).ToList();
        return new Conditions(
            moment, standing.DeliversAt(moment), (double)standing.Budget.Amount, (double?)standing.Bid?.Amount,
            Factor(faults, MarketFault.Runaway), Factor(faults, MarketFault.Spike),
            faults.Exists(fault => fault.Fault == MarketFault.Fraud), faults.Exists(fault => fault.Fault == MarketFault.Outage));
    }

    private static double Factor(List<MarketEvent.FaultStarted> faults, MarketFault kind) =>
        faults.Where(fault => fault.Fault == kind).Select(fault => fault.Factor).DefaultIfEmpty(1).Max();
}
