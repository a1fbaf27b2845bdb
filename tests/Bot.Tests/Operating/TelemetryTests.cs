using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace ChatOpsCampaigns.Bot.Tests.Operating;

public sealed class TelemetryTests
{
    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_are_shown_to_this_machine_and_leave_it_nowhere()
    {
        await using var bot = InProcessBot.Start();
        await bot.Get<EmergencyMonitor>().SweepAsync(Patience);
        using var http = new HttpClient { BaseAddress = bot.Address };

        var page = await http.GetStringAsync("/metrics", Patience);

        page.ShouldContain("chatops_sweep_duration_seconds_count");
        page.ShouldContain("chatops_sweep_age_seconds");
        bot.Services.GetService<TracerProvider>().ShouldBeNull();
    }

    [Fact]
    public async Task The_operators_page_names_every_metric_and_no_other()
    {
        var measured = new HashSet<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == Signals.Name)
                    measured.Add(instrument.Name);
            },
        };
        await using var bot = InProcessBot.Start();
        listener.Start();

        Page().Where(line => line.StartsWith("| `chatops.", StringComparison.Ordinal)).Select(line => line.Split('`')[1]).Order(StringComparer.Ordinal)
            .ShouldBe(measured.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Whoever_comes_through_a_proxy_sees_no_metrics()
    {
        await using var bot = InProcessBot.Start();
        using var http = new HttpClient { BaseAddress = bot.Address };
        http.DefaultRequestHeaders.Add("X-Forwarded-For", "192.0.2.2");

        using var answer = await http.GetAsync(new Uri("/metrics", UriKind.Relative), Patience);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task With_a_collector_metrics_and_traces_go_there()
    {
        await using var collector = await Collector.StartAsync();
        await using var bot = InProcessBot.Start(("Telemetry:Endpoint", collector.Address));
        await bot.Get<EmergencyMonitor>().SweepAsync(Patience);

        bot.Get<TracerProvider>().ForceFlush().ShouldBeTrue();
        // False: what is fetched from /metrics cannot be flushed. What is sent was.
        bot.Get<MeterProvider>().ForceFlush();

        collector.Got["/v1/traces"].ShouldContain("sweep");
        collector.Got["/v1/metrics"].ShouldContain("chatops.sweep.duration");
        collector.Got["/v1/metrics"].ShouldContain("chatops-campaigns");
    }

    private static string[] Page([CallerFilePath] string here = "") =>
        File.ReadAllLines(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "operating.md"));

    /// <summary>Takes what is posted to it.</summary>
    private sealed class Collector : IAsyncDisposable
    {
        private readonly WebApplication _app;

        private Collector(WebApplication app) => _app = app;

        public ConcurrentDictionary<string, string> Got { get; } = new();

        public string Address => _app.Urls.First();

        public static async Task<Collector> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var collector = new Collector(builder.Build());
            collector._app.Run(collector.TakeAsync);
            await collector._app.StartAsync(Patience);
            return collector;
        }

        public async ValueTask DisposeAsync()
        {
            await _app.StopAsync(CancellationToken.None);
            await _app.DisposeAsync();
        }

        private async Task TakeAsync(HttpContext context)
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            var text = Encoding.Latin1.GetString(body.ToArray());
            Got.AddOrUpdate(context.Request.Path, text, (_, before) => before + text);
        }
    }
}
