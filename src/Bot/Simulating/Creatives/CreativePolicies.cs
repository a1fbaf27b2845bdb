using System.Globalization;
using ChatOpsCampaigns.Automation.Creatives.Testing;

namespace ChatOpsCampaigns.Bot.Simulating.Creatives;

/// <summary>Divides the next impressions of a test over its creatives.</summary>
internal interface ICreativePolicy
{
    /// <summary>Shares that sum to 1; a creative without any is stopped.</summary>
    IReadOnlyList<double> Shares { get; }

    /// <summary>What came of the last batch.</summary>
    void Learn(IReadOnlyList<Tally> batch);
}

/// <summary>The same for all, to the end.</summary>
internal sealed class EqualCreatives(int count) : ICreativePolicy
{
    public IReadOnlyList<double> Shares { get; } = [.. Enumerable.Repeat(1.0 / count, count)];

    public void Learn(IReadOnlyList<Tally> batch)
    {
    }
}

/// <summary>Knows the best one.</summary>
internal sealed class OracleCreatives(IReadOnlyList<double> rates) : ICreativePolicy
{
    public IReadOnlyList<double> Shares { get; } = [.. rates.Select((_, creative) => creative == BestOf(rates) ? 1.0 : 0)];

    public static int BestOf(IReadOnlyList<double> rates) => Enumerable.Range(0, rates.Count).MaxBy(creative => rates[creative]);

    public void Learn(IReadOnlyList<Tally> batch)
    {
    }
}

/// <summary>The product document's rule at every look: p below .05 between most and fewest clicks, and half as many again: the one with fewest is stopped, until one is left.</summary>
internal sealed class BriefCreatives(int count) : ICreativePolicy
{
    private const double Significant = .05;
    private const double TimesAsMany = 1.5;

    private readonly Tally[] _seen = new Tally[count];
    private readonly List<int> _alive = [.. Enumerable.Range(0, count)];

    public IReadOnlyList<double> Shares => [.. _seen.Select((_, creative) => _alive.Contains(creative) ? 1.0 / _alive.Count : 0)];

    public void Learn(IReadOnlyList<Tally> batch)
    {
        for (var creative = 0; creative < _seen.Length; creative++)
            _seen[creative] += batch[creative];

        if (_alive.Count < 2)
            return;

        var (worst, best) = (_alive.MinBy(creative => _seen[creative].Won), _alive.MaxBy(creative => _seen[creative].Won));
        if (ChiSquare.Of(_seen[best], _seen[worst]).P < Significant && _seen[best].Won >= TimesAsMany * _seen[worst].Won)
            _alive.Remove(worst);
    }
}

/// <summary>The product's own test.</summary>
/// <param name="divides">Whether it sets each creative's share, as where somebody serves the ads themselves. Networks divide impressions on their own: there it can only pause, and what runs on has equal parts here.</param>
internal sealed class AgentCreatives(int count, bool divides) : ICreativePolicy
{
    private CreativeTest _test = CreativeTest.Of(Enumerable.Range(0, count).Select(Name));

    public IReadOnlyList<double> Shares { get; private set; } = [.. Enumerable.Repeat(1.0 / count, count)];

    public void Learn(IReadOnlyList<Tally> batch)
    {
        _test = _test.With(batch.Select((tally, creative) => (Name(creative), tally)).ToDictionary());
        Shares = divides ? _test.Shares() : [.. _test.Creatives.Select(creative => creative.Stopped ? 0 : 1.0 / _test.Alive.Count())];
    }

    private static string Name(int creative) => creative.ToString(CultureInfo.InvariantCulture);
}
