using System.Globalization;

namespace ChatOpsCampaigns.Automation.Values;

/// <summary>Lengths of time as people say them.</summary>
public static class Ages
{
    /// <summary>"1 day", "30 days".</summary>
    public static string Days(int count) => count == 1 ? "1 day" : string.Create(CultureInfo.InvariantCulture, $"{count} days");

    public static string Since(DateTimeOffset then, DateTimeOffset now) => now - then < TimeSpan.FromSeconds(1) ? "just now" : $"{Of(now - then)} ago";

    /// <summary>"12 s", "4 min", "3 h 20 min", "2 days".</summary>
    public static string Of(TimeSpan length) => length switch
    {
        { TotalSeconds: < 90 } => $"{Math.Max(0, length.TotalSeconds):0} s",
        { TotalMinutes: < 90 } => $"{length.TotalMinutes:0} min",
        { TotalHours: < 24 } => length.Minutes == 0 ? $"{(int)length.TotalHours} h" : $"{(int)length.TotalHours} h {length.Minutes} min",
        { TotalDays: < 2 } => $"{length.TotalHours:0} h",
        _ => $"{length.TotalDays:0} days",
    };
}
