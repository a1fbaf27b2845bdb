using System.Runtime.CompilerServices;
using ChatOpsCampaigns.Adapters;
using ChatOpsCampaigns.Adapters.Persistence.Audit;
using ChatOpsCampaigns.Bot.Start;
using Microsoft.Extensions.Options;

namespace ChatOpsCampaigns.Bot.Checkup;

/// <summary>Every look, one after the other. What a look throws is a finding of its own, and the others go on.</summary>
internal static class Doctor
{
    private delegate IEnumerable<Finding> Look();

    public static async IAsyncEnumerable<Finding> LookAsync(
        IConfiguration configuration, IHostEnvironment environment, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var folder = DataFolderSetting.Read(configuration, environment);
        await using var services = Compose(configuration, environment, folder, out var refusal);
        foreach (var finding in SetupLooks.Configuration(configuration, refusal))
            yield return finding;

        foreach (var finding in Safely("data folder", () => FolderLooks.All(folder, configuration)))
            yield return finding;

        if (services is not null)
        {
            await DatabaseLooks.ReadSetupAsync(services, folder, cancellationToken);
            (string Check, Func<Task<IReadOnlyList<Finding>>> Look)[] opened =
            [
                ("database", () => DatabaseLooks.AllAsync(services, folder, cancellationToken)), ("ffmpeg", () => MachineLooks.FfmpegAsync(services, cancellationToken)),
                ("slack", () => SlackLooks.AllAsync(services, cancellationToken)),
                ("teams", () => TeamsLooks.AllAsync(services, cancellationToken)), ("channels", () => SetupLooks.ChannelsAsync(services, configuration, cancellationToken)),
            ];
            foreach (var (check, look) in opened)
            {
                foreach (var finding in await SafelyAsync(check, look))
                    yield return finding;
            }
        }

        (string Check, Look Look)[] looks =
        [
            ("fonts", MachineLooks.Fonts), ("cards", () => MachineLooks.Cards(configuration)), ("chat page", MachineLooks.Page), ("time zones", MachineLooks.TimeZones),
            ("secrets", () => SecretLooks.All(configuration, environment)), ("alerts", () => SetupLooks.Alerts(configuration)), ("ad networks", () => NetworkLooks.All(configuration)), ("telemetry", () => SetupLooks.Outward(configuration)),
        ];
        foreach (var (check, look) in looks)
        {
            foreach (var finding in Safely(check, look))
                yield return finding;
        }
    }

    /// <summary>As the bot composes itself, with nothing started and nothing opened; null when it would refuse to.</summary>
    private static ServiceProvider? Compose(IConfiguration configuration, IHostEnvironment environment, DataFolder folder, out string? refusal)
    {
        try
        {
            if (OptionNames.Unknown(configuration) is { } mistyped)
                throw new InvalidOperationException(mistyped);

            LocalListener.Check(configuration);
            var services = new ServiceCollection().AddLogging().AddSingleton(configuration).AddSingleton(environment).AddSingleton(folder).AddAll(configuration).BuildServiceProvider();
            services.GetService<IStartupValidator>()?.Validate();
            if (configuration["Audit:Key"] is { Length: > 0 })
                _ = services.GetRequiredService<AuditKey>().Value;

            refusal = null;
            return services;
        }
        catch (Exception fault) when (Arguments.IsSentence(fault))
        {
            refusal = Arguments.SentenceOf(fault);
            return null;
        }
    }

    private static async Task<IReadOnlyList<Finding>> SafelyAsync(string check, Func<Task<IReadOnlyList<Finding>>> look)
    {
        try
        {
            return await look();
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return [Finding.Fail(check, $"it could not be looked at: {fault.Message}", "Put right what stands there and run doctor again.")];
        }
    }

    private static IReadOnlyList<Finding> Safely(string check, Look look)
    {
        try
        {
            return [.. look()];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return [Finding.Fail(check, fault.Message, "Put right what stands there and run doctor again.")];
        }
    }
}
