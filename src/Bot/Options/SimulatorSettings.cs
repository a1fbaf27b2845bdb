using System.Globalization;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator;

namespace ChatOpsCampaigns.Bot.Options;

/// <summary>Reads <c>Simulator:{Seed, Latency, ReviewTime}</c>; a value that cannot be is refused with a sentence.</summary>
internal static class SimulatorSettings
{
    public static SimulatorOptions Read(IConfiguration configuration)
    {
        var given = new SimulatorOptions();
        return new SimulatorOptions
        {
            Seed = SeedOf(configuration["Simulator:Seed"], given.Seed),
            Latency = SpanOf(configuration, "Latency", given.Latency, SimulatorOptions.MaxLatency),
            ReviewTime = SpanOf(configuration, "ReviewTime", given.ReviewTime, SimulatorOptions.MaxReviewTime),
        };
    }

    private static ulong SeedOf(string? text, ulong otherwise)
    {
        if (string.IsNullOrWhiteSpace(text))
            return otherwise;

        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : throw new InvalidOperationException($"Simulator:Seed is \"{text}\"; it has to be a whole number from 0.");
    }

    private static TimeSpan SpanOf(IConfiguration configuration, string name, TimeSpan otherwise, TimeSpan most)
    {
        if (configuration[$"Simulator:{name}"] is not { Length: > 0 } text)
            return otherwise;

        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span >= TimeSpan.Zero && span <= most
            ? span
            : throw new InvalidOperationException($"Simulator:{name} is \"{text}\"; it has to be a time from 00:00:00 to {most}.");
    }
}
