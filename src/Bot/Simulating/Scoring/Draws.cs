using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;

namespace ChatOpsCampaigns.Bot.Simulating.Scoring;

/// <summary>Laws that the experiments draw from beside those of <see cref="RandomStream"/>.</summary>
internal static class Draws
{
    /// <summary>Above so many, a sum of values is drawn at once.</summary>
    private const int OneByOne = 60;

    public static double LogNormal(ref RandomStream random, double middle, double spread) => middle * Math.Exp(spread * random.Normal());

    /// <summary>Marsaglia and Tsang.</summary>
    public static double Gamma(ref RandomStream random, double shape)
    {
        if (shape < 1)
            return Gamma(ref random, shape + 1) * Math.Pow(1 - random.Uniform(), 1 / shape);

        var d = shape - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = random.Normal();
            var v = 1 + (c * x);
            if (v <= 0)
                continue;

            v = v * v * v;
            if (Math.Log(1 - random.Uniform()) < (.5 * x * x) + d - (d * v) + (d * Math.Log(v)))
                return d * v;
        }
    }

    /// <summary>The sum of so many lognormal values with a mean of 1 and this spread of the log.</summary>
    public static double Values(ref RandomStream random, int count, double spread)
    {
        if (count <= 0)
            return 0;

        if (count > OneByOne)
        {
            // A gamma with the sum's own mean and variance.
            var shape = count / (Math.Exp(spread * spread) - 1);
            return count * Gamma(ref random, shape) / shape;
        }

        var sum = 0.0;
        for (var value = 0; value < count; value++)
            sum += Math.Exp((spread * random.Normal()) - (spread * spread / 2));

        return sum;
    }
}
