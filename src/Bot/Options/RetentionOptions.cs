using ChatOpsCampaigns.Adapters.Persistence.Retention;

namespace ChatOpsCampaigns.Bot.Options;

/// <summary>Section <c>Retention</c>: days as <c>90.00:00:00</c>.</summary>
internal static class RetentionOptions
{
    private const string Section = "Retention";
    private const int MostDays = 3650;

    /// <summary>The rules look a day back reading by reading.</summary>
    private const int LeastRaw = 1;

    /// <summary>The rules look 75 hours back.</summary>
    private const int LeastHourly = 4;

    /// <summary>Forecasts before a launch look 90 days back.</summary>
    private const int LeastDaily = 90;

    /// <summary>Chats deliver a turn again for a day, commands are rolled back for a day.</summary>
    private const int LeastRecords = 7;

    /// <exception cref="InvalidOperationException">One is too short or too long; the message says what would be right.</exception>
    public static RetentionPeriods From(IConfiguration configuration)
    {
        var periods = configuration.GetSection(Section).Get<RetentionPeriods>() ?? new RetentionPeriods();
        Check(nameof(periods.Records), periods.Records, LeastRecords, TimeSpan.FromDays(MostDays), "the longest there is");
        Check(nameof(periods.DailyTotals), periods.DailyTotals, LeastDaily, TimeSpan.FromDays(MostDays), "the longest there is");
        Check(nameof(periods.HourlyReadings), periods.HourlyReadings, LeastHourly, periods.DailyTotals, "Retention:DailyTotals");
        Check(nameof(periods.RawReadings), periods.RawReadings, LeastRaw, periods.HourlyReadings, "Retention:HourlyReadings");
        Check(nameof(periods.QuietTurns), periods.QuietTurns, LeastRaw, periods.Records, "Retention:Records");
        return periods;
    }

    private static void Check(string name, TimeSpan value, int leastDays, TimeSpan most, string what)
    {
        if (value < TimeSpan.FromDays(leastDays) || value > most)
            throw new InvalidOperationException($"{Section}:{name} is {value}; it has to be from {leastDays}.00:00:00 to {most:d\\.hh\\:mm\\:ss}, {what}.");
    }
}
