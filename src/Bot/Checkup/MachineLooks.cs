using System.Globalization;
using ChatOpsCampaigns.Adapters.Charts;
using ChatOpsCampaigns.Adapters.Chat;
using ChatOpsCampaigns.Adapters.Media;
using ChatOpsCampaigns.Adapters.Media.Films;
using ChatOpsCampaigns.Bot.Composition.Chats;

namespace ChatOpsCampaigns.Bot.Checkup;

/// <summary>What has to be on the machine or beside the program.</summary>
internal static class MachineLooks
{
    public static async Task<IReadOnlyList<Finding>> FfmpegAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        const string Check = "ffmpeg";
        const string Repair = "apt-get install ffmpeg, or name the folder of ffmpeg and ffprobe with Media:Ffmpeg";
        try
        {
            var ffmpeg = services.GetRequiredService<FfmpegProgram>();
            var encodes = await ffmpeg.EncodeAsync(["-hide_banner", "-encoders"], ProgramLimits.LookAtFilm, cancellationToken);
            var probes = await ffmpeg.ProbeAsync(["-version"], ProgramLimits.LookAtFilm, cancellationToken);
            var version = probes.Output.Split('\n')[0].Split(' ').ElementAtOrDefault(2) ?? "of an unknown version";
            if (encodes.ExitCode != 0 || probes.ExitCode != 0)
                return [Finding.Warn(Check, "ffmpeg and ffprobe are there and do not run", Repair)];

            return encodes.Output.Contains("libx264", StringComparison.Ordinal)
                ? [Finding.Ok(Check, $"ffmpeg and ffprobe {version}, with H.264")]
                : [Finding.Warn(Check, $"ffmpeg {version} cannot write H.264, which the networks ask for", "Install a build with libx264: apt-get install ffmpeg")];
        }
        catch (Exception fault) when (fault is FfmpegMissingException or TimeoutException)
        {
            return [Finding.Warn(Check, $"{fault.Message.TrimEnd('.')}: pictures work, films are refused", Repair)];
        }
    }

    public static IEnumerable<Finding> Fonts()
    {
        var missing = ChartStyle.FontFiles.Where(file => !File.Exists(file)).Select(Path.GetFileName).ToList();
        yield return missing.Count == 0
            ? Finding.Ok("fonts", "the charts' font lies beside the program")
            : Finding.Fail("fonts", $"{string.Join(" and ", missing)} are missing beside the program: charts would have no text", "Install the program anew, or build it: scripts/run.sh");
    }

    public static IEnumerable<Finding> Cards(IConfiguration configuration)
    {
        yield return Finding.Ok("cards", $"{CardTemplates.Load(WebChatServices.CardFolder(configuration)).Names.Count} templates, each fits its sample");
    }

    public static IEnumerable<Finding> Page()
    {
        yield return File.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot", "webchat.js"))
            ? Finding.Ok("chat page", "the browser chat lies beside the program")
            : Finding.Fail("chat page", "wwwroot/webchat.js is missing beside the program", "Build it: scripts/run.sh, with Node 20 or newer");
    }

    /// <summary>Summer time, and names of countries: without their data days begin at the wrong hour and countries have no name.</summary>
    public static IEnumerable<Finding> TimeZones()
    {
        const string Check = "time zones";
        const string Repair = "apt-get install tzdata libicu72 (or your system's ICU), and leave DOTNET_SYSTEM_GLOBALIZATION_INVARIANT unset";
        if (!TimeZoneInfo.TryFindSystemTimeZoneById("America/New_York", out var newYork) || !TimeZoneInfo.TryFindSystemTimeZoneById("Asia/Kolkata", out _))
        {
            yield return Finding.Fail(Check, "there is no time zone data", Repair);
            yield break;
        }

        var year = TimeProvider.System.GetUtcNow().Year;
        var summer = newYork.GetUtcOffset(new DateTimeOffset(year, 7, 1, 12, 0, 0, TimeSpan.Zero));
        var winter = newYork.GetUtcOffset(new DateTimeOffset(year, 1, 1, 12, 0, 0, TimeSpan.Zero));
        yield return summer - winter == TimeSpan.FromHours(1)
            ? Finding.Ok(Check, $"there, with summer time for {year}")
            : Finding.Fail(Check, $"the data knows no summer time for {year}", Repair);

        yield return new CultureInfo("de-CH").EnglishName.Contains("Switzerland", StringComparison.Ordinal)
            ? Finding.Ok("countries", "names and currencies are there")
            : Finding.Fail("countries", "there are no names of countries and currencies (ICU)", Repair);
    }
}
