namespace ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;

/// <summary>What a random number is for. Streams are independent, so that one more draw in one moves nothing in another.</summary>
internal enum Purpose
{
    Parameters,
    Market,
    Impressions,
    Conversions,
    Reporting,
    Line,
    TakenBack,
    Faults,
    Policy,
}

/// <summary>
/// xoshiro256** seeded through SplitMix64. A stream is named by (seed, campaign, purpose, position), so any moment of the
/// market can be drawn without drawing what came before it.
/// </summary>
internal struct RandomStream
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private const int InversionBelow = 30;

    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    private RandomStream(ulong seed)
    {
        _a = Split(ref seed);
        _b = Split(ref seed);
        _c = Split(ref seed);
        _d = Split(ref seed);
    }

    public static RandomStream At(ulong seed, ulong campaign, Purpose purpose, long position = 0)
    {
        var stream = seed ^ (campaign * Golden) ^ ((ulong)purpose * 0xBF58476D1CE4E5B9);
        var mixed = Split(ref stream) + ((ulong)position * 0x94D049BB133111EB);
        return new RandomStream(mixed);
    }

    /// <summary>A campaign's number from its id: FNV-1a, 64 bits.</summary>
    public static ulong NumberOf(string id)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in id)
            hash = (hash ^ letter) * 1099511628211UL;

        return hash;
    }

    /// <summary>From 0 to below 1.</summary>
    public double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    public double Uniform(double low, double high) => low + ((high - low) * Uniform());

    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    public double Exponential(double mean) => -mean * Math.Log(1 - Uniform());

    /// <summary>Mean 1, variance 1 ÷ <paramref name="shape"/>, which is 1 or more (Marsaglia and Tsang 2000).</summary>
    public double Gamma(double shape)
    {
        var d = shape - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Normal();
            var v = 1 + (c * x);
            if (v <= 0)
                continue;

            v = v * v * v;
            if (Math.Log(1 - Uniform()) < (x * x / 2) + (d * (1 - v + Math.Log(v))))
                return d * v / shape;
        }
    }

    /// <summary>Inversion below a mean of 30, transformed rejection (PTRS, Hörmann 1993) above.</summary>
    public int Poisson(double mean)
    {
        if (mean <= 0)
            return 0;

        return mean < InversionBelow ? Inverted(mean) : Rejected(mean);
    }

    private int Inverted(double mean)
    {
        var chance = Math.Exp(-mean);
        var sum = chance;
        var wanted = Uniform();
        var count = 0;
        while (wanted > sum && count < 10 * InversionBelow)
        {
            count++;
            chance *= mean / count;
            sum += chance;
        }

        return count;
    }

    private int Rejected(double mean)
    {
        var b = 0.931 + (2.53 * Math.Sqrt(mean));
        var a = -0.059 + (0.02483 * b);
        var inverseAlpha = 1.1239 + (1.1328 / (b - 3.4));
        var sure = 0.9277 - (3.6224 / (b - 2));
        while (true)
        {
            var u = Uniform() - 0.5;
            var v = 1 - Uniform();
            var us = 0.5 - Math.Abs(u);
            var count = Math.Floor((((2 * a / us) + b) * u) + mean + 0.43);
            if (us >= 0.07 && v <= sure)
                return (int)count;

            if (count < 0 || (us < 0.013 && v > us))
                continue;

            if (Math.Log(v * inverseAlpha / ((a / (us * us)) + b)) <= -mean + (count * Math.Log(mean)) - LogFactorial(count))
                return (int)count;
        }
    }

    private static double LogFactorial(double count)
    {
        // Stirling's series needs a large argument; small ones are lifted by the recurrence.
        var lifted = 0.0;
        var x = count + 1;
        for (; x < 8; x++)
            lifted += Math.Log(x);

        return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + (1 / (12 * x)) - (1 / (360 * x * x * x)) - lifted;
    }

    private ulong Next()
    {
        var result = ulong.RotateLeft(_b * 5, 7) * 9;
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = ulong.RotateLeft(_d, 45);
        return result;
    }

    private static ulong Split(ref ulong state)
    {
        state += Golden;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
