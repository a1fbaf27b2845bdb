using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Optimizers;

/// <summary>Some networks count a result on the day of its click, others on the day on which it comes. Their figures tell: only the first let yesterday grow all day.</summary>
internal static class ClickDay
{
    /// <summary>Until then a report may still bring what came before midnight.</summary>
    private static readonly TimeSpan Settles = TimeSpan.FromHours(3);

    /// <summary>So many results more, and such a share of all, are no correction.</summary>
    private const decimal FewestMore = 2;
    private const decimal ShareMore = .01m;

    public static bool IsCredited(Observation now, ResultWord result)
    {
        var (settled, last) = ((decimal?)null, (decimal?)null);
        var day = default(AccountDay);
        var from = DateTimeOffset.MinValue;
        for (var at = 0; at <= now.History.Length; at++)
        {
            var reading = at < now.History.Length ? now.History[at].Reading : now.Reading;
            if (reading?.Yesterday is not { } yesterday || result.In(yesterday) is not { } counted)
                continue;

            if (yesterday.Day != day)
            {
                if (Grew(settled, last))
                    return true;

                (day, settled, last) = (yesterday.Day, null, null);
                from = reading.Today.Day.Start(now.Account.Zone()) + Settles + now.Profile.UsualReportAge.Value;
            }

            if (reading.ReadAt < from)
                continue;

            settled ??= counted;
            last = counted;
        }

        return Grew(settled, last);
    }

    private static bool Grew(decimal? settled, decimal? last) => last - settled >= FewestMore && last - settled >= last * ShareMore;
}
