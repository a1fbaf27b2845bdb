using System.Globalization;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Bot.Jobs;
using ChatOpsCampaigns.Bot.Options;

namespace ChatOpsCampaigns.Bot.Composition;

internal static class ClockServices
{
    /// <summary>Machine time as the container's <see cref="TimeProvider"/>, campaign time as <see cref="CampaignClock"/>.</summary>
    public static IServiceCollection AddClocks(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection(ClockOptions.Section).Get<ClockOptions>() ?? new ClockOptions();
        if (options.Speed is < 1 or > 600)
            throw new InvalidOperationException($"Clock:Speed is {options.Speed}; it has to be from 1 to 600.");

        var start = Start(options.Start, TimeProvider.System);
        return services
            .AddSingleton(TimeProvider.System)
            .AddSingleton(provider => Clock(provider, options.Speed, start))
            .AddSingleton<KeptClock>()
            .AddHostedService<ClockKeeper>();
    }

    /// <summary>Goes on from where campaign time was when the process ended; <c>Clock:Start</c> counts at the first start alone.</summary>
    private static CampaignClock Clock(IServiceProvider provider, double speed, DateTimeOffset? start)
    {
        var machine = provider.GetRequiredService<TimeProvider>();
        var settings = provider.GetRequiredService<ISettingsStore>();
        // The container builds synchronously; this is one read of one row at start.
        var kept = Task.Run(() => settings.FindAsync<KeptTime>(WorkspaceId.Local, KeptTime.Setting, CancellationToken.None)).GetAwaiter().GetResult();
        var now = start ?? machine.GetUtcNow();

        if (kept is null)
            return new CampaignClock(machine, speed, now);

        // What a kill kept from being kept is skipped: campaign time never runs backwards.
        var lately = kept.CampaignTime + (ClockKeeper.Every * speed);
        return new CampaignClock(machine, speed, speed > 1 || kept.Scaled ? lately : Later(lately, now));
    }

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;

    private static DateTimeOffset? Start(string? text, TimeProvider machine)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;

        if (TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out var hour))
        {
            var zone = machine.LocalTimeZone;
            var today = TimeZoneInfo.ConvertTime(machine.GetUtcNow(), zone).Date + hour.ToTimeSpan();
            return new DateTimeOffset(today, zone.GetUtcOffset(today)).ToUniversalTime();
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
            : throw new InvalidOperationException($"Clock:Start is \"{text}\"; write an hour such as 12:00 or an instant such as 2026-03-02T12:00:00Z.");
    }
}
