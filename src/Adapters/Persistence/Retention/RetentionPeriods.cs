namespace ChatOpsCampaigns.Adapters.Persistence.Retention;

/// <summary>How long what is kept for, by its own age: campaign time, and the machine's for chat and alerts. The audit trail is kept for ever.</summary>
internal sealed record RetentionPeriods
{
    /// <summary>Every reading as it came; afterwards the last of each hour, whose totals of the day carry all before it. Two days by default.</summary>
    public TimeSpan RawReadings { get; init; } = TimeSpan.FromDays(2);

    /// <summary>One reading an hour; afterwards the totals of the day alone. 90 days by default.</summary>
    public TimeSpan HourlyReadings { get; init; } = TimeSpan.FromDays(90);

    /// <summary>400 days by default.</summary>
    public TimeSpan DailyTotals { get; init; } = TimeSpan.FromDays(400);

    /// <summary>Every turn of the agent in which nothing was to be done; afterwards the last of each hour, with how many it stands for. Two days by default.</summary>
    public TimeSpan QuietTurns { get; init; } = TimeSpan.FromDays(2);

    /// <summary>Decisions, forecasts, feed, chat, alerts, settled commands, closed incidents, and files that nothing names any more. 35 days by default.</summary>
    public TimeSpan Records { get; init; } = TimeSpan.FromDays(35);
}
