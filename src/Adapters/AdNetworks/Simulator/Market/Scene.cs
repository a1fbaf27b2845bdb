namespace ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;

/// <summary>What all days of one campaign share.</summary>
internal sealed class Scene(ulong seed, ulong campaign, MarketParameters parameters, double launchBudget, DateTimeOffset createdAt, IReadOnlyCollection<int> hours)
{
    /// <summary>How strongly delivery answers to the bid, and the price of a result to it.</summary>
    private const double VolumeElasticity = 1.5;
    private const double PriceElasticity = 0.65;

    /// <summary>People tire of an ad only after a month: 0.4 % dearer a day, up to 20 %.</summary>
    private const double FreshDays = 30;
    private const double TiresADay = 0.004;
    private const double TiresAtMost = 0.2;

    private const double HourSwing = 0.2;

    public ulong Seed => seed;

    public ulong Campaign => campaign;

    public MarketParameters Parameters => parameters;

    /// <summary>Traffic by minute of the local day.</summary>
    public double[] Rhythm { get; } = MarketDay.RhythmOf(parameters, hours);

    /// <summary>The share of the plan that a bid wins; without a bid of ours all of it.</summary>
    public double WinRate(double? bid) => bid is { } own ? Math.Clamp(Math.Pow(own / parameters.TrueCost, VolumeElasticity), 0, 1) : 1;

    /// <summary>How many times the launch-day cost a result has: a larger budget, a higher bid, tired people and price spikes make it dearer.</summary>
    public double PriceAt(Conditions now, DateTimeOffset moment)
    {
        var launches = launchBudget <= 0 ? 1 : now.Budget / launchBudget;
        var saturated = (parameters.Saturation + launches) / (parameters.Saturation + 1);
        var bid = now.Bid is { } own ? Math.Clamp(Math.Pow(own / parameters.TrueCost, PriceElasticity), 0.4, 1) : 1;
        var tired = Math.Clamp(((moment - createdAt).TotalDays - FreshDays) * TiresADay, 0, TiresAtMost);
        return saturated * bid * (1 + tired) * now.PriceFactor;
    }

    /// <summary>Some hours convert better than others, up to 20 %; unknown to everybody who watches.</summary>
    public double HourQuality(int localMinute) => 1 + (HourSwing * Math.Sin((2 * Math.PI * localMinute / Diurnal.MinutesADay) + parameters.HourPhase));
}
