using System.Globalization;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Bot.Jobs;
using ChatOpsCampaigns.Bot.Options;

namespace ChatOpsCampaigns.Bot.Composition;

internal static class ClockServices
{
    /// <summary>Where a fast clock begins without being told: campaigns spend by day, and a fault is seen while they do.</summary>
    private static readonly ClockStart Noon = new(new TimeOnly(12, 0), null);

    /// <summary>Machine time as the container's <see cref="TimeProvider"/>, campaign time as <see cref="CampaignClock"/>.</summary>
    public static IServiceCollection AddClocks(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection(ClockOptions.Section).Get<ClockOptions>() ?? new ClockOptions();
        if (options.Speed is < 1 or > 600)
            throw new InvalidOperationException($"Clock:Speed is {options.Speed}; it has to be from 1 to 600.");

        var start = Start(options.Start);
        return services
            .AddSingleton<TimeProvider>(new ForwardClock(TimeProvider.System))
            .AddSingleton(provider => Clock(provider, options.Speed, start))
            .AddSingleton<KeptClock>()
            .AddHostedService<ClockKeeper>();
    }

    /// <summary>Goes on from where campaign time was when the process ended; <c>Clock:Start</c> counts at the first start alone.</summary>
    private static CampaignClock Clock(IServiceProvider provider, double speed, ClockStart? start)
    {
        var machine = provider.GetRequiredService<TimeProvider>();
        var settings = provider.GetRequiredService<ISettingsStore>();
        // The container builds synchronously; this is one read of one row at start.
        var kept = Task.Run(() => settings.FindAsync<KeptTime>(WorkspaceId.Local, KeptTime.Setting, CancellationToken.None)).GetAwaiter().GetResult();
        if (kept is null)
            return new CampaignClock(machine, speed, First(provider, start ?? (speed > 1 ? Noon : null), machine.GetUtcNow()));

        // What a kill kept from being kept is skipped: campaign time never runs backwards.
        var lately = kept.CampaignTime + (ClockKeeper.Every * speed);
        return new CampaignClock(machine, speed, speed > 1 || kept.Scaled ? lately : Later(lately, start?.Instant ?? machine.GetUtcNow()));
    }

    /// <summary>An hour is meant in the first account's zone: campaigns spend and stop by its day, wherever the machine stands.</summary>
    private static DateTimeOffset First(IServiceProvider provider, ClockStart? start, DateTimeOffset now)
    {
        if (start?.Hour is not { } hour)
            return start?.Instant ?? now;

        var accounts = Task.Run(() => provider.GetRequiredService<IAdAccounts>().AllAsync(CancellationToken.None)).GetAwaiter().GetResult();
        var zone = accounts[0].Zone();
        var today = TimeZoneInfo.ConvertTime(now, zone).Date + hour.ToTimeSpan();
        return new DateTimeOffset(today, zone.GetUtcOffset(today)).ToUniversalTime();
    }

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;

    private static ClockStart? Start(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;

        if (TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out var hour))
            return new ClockStart(hour, null);

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? new ClockStart(null, instant)
            : throw new InvalidOperationException($"Clock:Start is \"{text}\"; write an hour such as 12:00 or an instant such as 2026-03-02T12:00:00Z.");
    }
}

/// <summary>An hour of today, or an instant.</summary>
internal sealed record ClockStart(TimeOnly? Hour, DateTimeOffset? Instant);
