namespace ChatOpsCampaigns.Automation.Agent.Curves;

/// <summary>
/// Results against daily spend: y = V·sⁿ/(Kⁿ+sⁿ). V is what no spend brings more than, K the spend that brings half of it, n how
/// sharply it bends. Pure.
/// </summary>
public readonly record struct Hill(double V, double K, double N)
{
    public double At(double spend) => V * Saturation(spend);

    /// <summary>How much of what can be had is had: from 0 to 1.</summary>
    public double Saturation(double spend) => spend > 0 ? 1 / (1 + Math.Pow(K / spend, N)) : 0;

    /// <summary>What the next unit of money brings.</summary>
    public double Slope(double spend)
    {
        if (spend <= 0)
            return 0;

        var level = Saturation(spend);
        return V * N * level * (1 - level) / spend;
    }

    /// <summary>Where the next unit brings most; 0 for curves that only flatten.</summary>
    public double Steepest => N > 1 ? K * Math.Pow((N - 1) / (N + 1), 1 / N) : 0;

    /// <summary>
    /// The largest spend whose next unit of money still brings <paramref name="threshold"/> back, at <paramref name="value"/> for each
    /// result; null where no unit does.
    /// </summary>
    public double? OptimalSpend(double value, double threshold)
    {
        if (!(value > 0) || !(threshold > 0) || !(V > 0) || !(K > 0) || !(N > 0))
            return null;

        if (N == 1)
            return Math.Sqrt(value * V * K / threshold) - K is var closed and > 0 ? closed : null;

        var low = N > 1 ? Steepest : K * 1e-9;
        if (value * Slope(low) < threshold)
            return null;

        var high = Math.Max(low, K);
        while (value * Slope(high) >= threshold)
            high *= 2;

        for (var round = 0; round < 100; round++)
        {
            var middle = (low + high) / 2;
            (low, high) = value * Slope(middle) >= threshold ? (middle, high) : (low, middle);
        }

        return low;
    }
}
