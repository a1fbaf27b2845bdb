using ChatOpsCampaigns.Adapters;
using ChatOpsCampaigns.Adapters.Alerts;
using ChatOpsCampaigns.Automation.Telemetry;
using ChatOpsCampaigns.Bot.Options;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ChatOpsCampaigns.Bot.Operating;

internal static class OperatingServices
{
    private const string ServiceName = "chatops-campaigns";

    /// <summary>The runtime's own figures: memory, threads, exceptions.</summary>
    private const string Runtime = "System.Runtime";

    /// <summary>The name of its client; what it asks for is a secret, so its requests are never logged.</summary>
    private const string HeartbeatClient = "heartbeat";

    /// <summary>What the operator sees: metrics, traces, readiness, the look at itself every minute and its sign of life.</summary>
    public static IServiceCollection AddOperating(this IServiceCollection services, IConfiguration configuration) => services
        .AddTelemetry(TelemetryOptions.From(configuration))
        .AddHeartbeat(configuration["Heartbeat:Url"], configuration["Heartbeat:File"])
        .AddSingleton<SoleHold>()
        .AddSingleton<DatabaseQuestions>()
        .AddSingleton<Readiness>()
        .AddHostedService<Gauges>()
        .AddHostedService<SelfAuditWorker>();

    /// <summary>Metrics for <c>/metrics</c> on this machine; metrics and traces by OTLP when an endpoint is set.</summary>
    private static IServiceCollection AddTelemetry(this IServiceCollection services, TelemetryOptions options)
    {
        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService(ServiceName));
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddMeter(Signals.Name, Runtime).AddPrometheusExporter();
            if (options.Endpoint is not null)
                metrics.AddOtlpExporter(otlp => Send(otlp, options.For("metrics")));
        });
        if (options.Endpoint is not null)
        {
            telemetry.WithTracing(traces => traces
                .AddSource(Signals.Name)
                .SetSampler<AlwaysOnSampler>()
                .AddOtlpExporter(otlp => Send(otlp, options.For("traces"))));
        }

        return services;
    }

    private static void Send(OtlpExporterOptions otlp, Uri address)
    {
        otlp.Protocol = OtlpExportProtocol.HttpProtobuf;
        otlp.Endpoint = address;
    }

    private static IServiceCollection AddHeartbeat(this IServiceCollection services, string? url, string? file)
    {
        if (new HeartbeatSettings(url, file ?? "").Problem() is { } problem)
            throw new InvalidOperationException(problem);

        services.AddHttpClient(HeartbeatClient).RemoveAllLoggers();
        return services.AddSingleton(provider => new Heartbeat(
            new HeartbeatSettings(url, file is { Length: > 0 } ? Path.GetFullPath(file) : provider.GetRequiredService<DataFolder>().Heartbeat),
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(HeartbeatClient), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<Heartbeat>>()));
    }
}
