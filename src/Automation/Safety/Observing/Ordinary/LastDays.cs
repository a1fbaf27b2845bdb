namespace ChatOpsCampaigns.Automation.Safety.Observing.Ordinary;

/// <summary>How a campaign spent on those of its own last days that ran as a whole, hour by hour.</summary>
/// <param name="Backs">How far back each of them lies; none when they are not there.</param>
/// <param name="Peak">The busiest hour of them.</param>
/// <param name="ADay">What they came to on average.</param>
internal sealed record LastDays(Timeline Past, IReadOnlyList<TimeSpan> Backs, double Peak, double ADay)
{
    /// <summary>A day that brought less than this share of the budget was cut short, unless they all did.</summary>
    private const double LeastOfBudget = 0.6;

    /// <summary>The same hours count this much wider at both ends.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan Later = TimeSpan.FromHours(1);
    private static readonly TimeSpan Latest = TimeSpan.FromHours(2);
    private static readonly TimeSpan WholeDay = TimeSpan.FromDays(1);

    /// <summary>The days that end with the newest figures.</summary>
    /// <param name="behind">Up to when those count before they were seen.</param>
    public static LastDays Of(Observation now, double budget, TimeSpan behind)
    {
        var past = Timeline.Of(now, sinceResume: false);
        if (now.Days.Length < SafetyLimits.OwnDays || past.IsEmpty)
            return new LastDays(past, [], 0, 0);

        var to = past.Last.At - behind;
        var days = new List<(TimeSpan Back, double Total)>(SafetyLimits.OwnDays);
        for (var day = 1; day <= SafetyLimits.OwnDays; day++)
        {
            var back = WholeDay * day;
            days.Add((back, past.SpendAt(to - back + WholeDay) - past.SpendAt(to - back)));
        }

        if (days.Exists(day => day.Total >= budget * LeastOfBudget))
            days.RemoveAll(day => day.Total < budget * LeastOfBudget);

        return new LastDays(past, days.ConvertAll(day => day.Back), days.Max(day => Busiest(past, to - day.Back)), days.Average(day => day.Total));
    }

    /// <summary>The figures go back far enough to say what is usual from that moment of the day on.</summary>
    public bool Reaches(DateTimeOffset from) => Backs.Count > 0 && Past.First.At <= from - (WholeDay * SafetyLimits.OwnDays) - Margin;

    /// <summary>On those days hardly anything came in their last hours.</summary>
    public bool EndsEarly(DateTimeOffset dayEnd) => Mean(dayEnd - SafetyLimits.QuietEvening, dayEnd) < ADay * SafetyLimits.QuietShareOfDay;

    /// <summary>What the time between two moments usually spends, and the same widened by all that may be usual too.</summary>
    /// <param name="midnight">Of the day: what was before it says nothing of what a slower day still has to do.</param>
    public (double Usual, double Widened) Between(DateTimeOffset from, DateTimeOffset to, double budget, double floorOfPeak, DateTimeOffset midnight)
    {
        var share = (to - from) / ((to - from) + (Margin * 2));
        var usual = Mean(from - Margin, to + Margin) * share;
        var widened = Math.Max(usual, Peak * (from < midnight ? 1 : floorOfPeak) * (to - from).TotalHours);

        // A day that spends more slowly than those, or has more to spend, does at this hour what they did before.
        for (var earlier = Later; earlier <= Latest && from - earlier >= midnight; earlier += Later)
            widened = Math.Max(widened, Mean(from - earlier, to - earlier));

        var grown = ADay <= 0 ? SafetyLimits.UnlearnedWidening : Math.Clamp(budget / ADay, 1, SafetyLimits.UnlearnedWidening);
        return (usual, widened * grown);
    }

    public double Mean(DateTimeOffset from, DateTimeOffset to)
    {
        var sum = 0.0;
        foreach (var back in Backs)
            sum += Past.SpendAt(to - back) - Past.SpendAt(from - back);

        return sum / Backs.Count;
    }

    private static double Busiest(Timeline past, DateTimeOffset to)
    {
        var peak = 0.0;
        for (var hour = 0; hour < 24; hour++)
        {
            var at = to - TimeSpan.FromHours(hour);
            peak = Math.Max(peak, past.SpendAt(at) - past.SpendAt(at - TimeSpan.FromHours(1)));
        }

        return peak;
    }
}
