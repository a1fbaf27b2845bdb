using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;

namespace ChatOpsCampaigns.Automation.Hours;

/// <summary>
/// The hours of an account's day in which a campaign runs, by the clock on the wall there: an hour that the clocks skip does not come
/// that day, one that comes twice is open twice. Empty is always.
/// </summary>
public sealed record OpenHours(ImmutableArray<int> Hours, TimeZoneInfo Zone)
{
    /// <summary>Every zone of today differs from UTC by whole quarters of an hour.</summary>
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    /// <summary>The same hour comes again after a day, or after two when the clocks skip it.</summary>
    private static readonly TimeSpan LongestRest = TimeSpan.FromHours(50);

    public bool IsOpenAt(DateTimeOffset at) => Hours.IsEmpty || Hours.Contains(TimeZoneInfo.ConvertTime(at, Zone).Hour);

    /// <summary>The first open moment from here on: this one when it is open.</summary>
    public DateTimeOffset OpensAt(DateTimeOffset at)
    {
        if (IsOpenAt(at))
            return at;

        var next = new DateTimeOffset(at.UtcTicks - (at.UtcTicks % Quarter.Ticks), TimeSpan.Zero);
        while (next - at < LongestRest)
        {
            next += Quarter;
            if (IsOpenAt(next))
                return next;
        }

        throw new InvalidOperationException($"No hour of the day is {string.Join(", ", Hours)}.");
    }

    /// <summary>How much of the time between two instants is open, to the quarter of an hour.</summary>
    public TimeSpan OpenBetween(DateTimeOffset from, DateTimeOffset to)
    {
        if (Hours.IsEmpty || to <= from)
            return to > from ? to - from : TimeSpan.Zero;

        var open = TimeSpan.Zero;
        for (var at = from; at < to;)
        {
            var next = new DateTimeOffset(at.UtcTicks - (at.UtcTicks % Quarter.Ticks), TimeSpan.Zero) + Quarter;
            var end = next < to ? next : to;
            open += IsOpenAt(at) ? end - at : TimeSpan.Zero;
            at = end;
        }

        return open;
    }

    /// <summary>"outside its hours until 2026-03-02 06:00 (UTC-05:00)".</summary>
    public string RestWords(DateTimeOffset at) => $"outside its hours until {AccountTime.In(Zone, OpensAt(at))}";
}
