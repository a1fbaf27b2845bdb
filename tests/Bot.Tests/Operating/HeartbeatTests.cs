using System.Net;
using System.Text.Json;
using ChatOpsCampaigns.Adapters.Alerts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Auditing;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Adapters;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Bot.Tests.Operating;

public sealed class HeartbeatTests
{
    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_bot_looks_at_itself_every_minute_and_leaves_a_sign_of_life()
    {
        await using var bot = InProcessBot.Start();
        var file = bot.Get<DataFolder>().Heartbeat;

        await UntilAsync(bot, () => File.Exists(file));

        var beat = await ReadAsync(file);
        (beat.Ok, beat.Findings).ShouldBe((true, 0));
        bot.Get<SelfAudit>().Last!.IsClean.ShouldBeTrue();
    }

    [Fact]
    public async Task A_campaign_that_nobody_judges_is_an_incident_a_gauge_and_no_good_sign_of_life()
    {
        await using var bot = InProcessBot.Start((services, token) =>
        {
            var campaign = A.Campaign();
            return services.GetRequiredService<ICampaignStore>().AddAsync(campaign with { Spec = campaign.Spec with { Account = new AdAccountId("meta:gone") } }, token);
        });
        var incidents = bot.Get<IncidentBook>();

        await UntilAsync(bot, async () => (await incidents.OpenAsync(Patience)).Any(open => open.Cause == SafetyRules.SelfAudit));

        using var http = new HttpClient { BaseAddress = bot.Address };
        await UntilAsync(bot, async () => (await http.GetStringAsync("/metrics", Patience)).Split('\n').Any(line =>
            line.StartsWith("chatops_self_audit_findings", StringComparison.Ordinal) && line.Contains("check=\"judged\"", StringComparison.Ordinal) && line.Contains(" 1", StringComparison.Ordinal)));
        await UntilAsync(bot, async () => File.Exists(bot.Get<DataFolder>().Heartbeat) && !(await ReadAsync(bot.Get<DataFolder>().Heartbeat)).Ok);
    }

    [Fact]
    public async Task Only_a_good_look_is_told_to_the_address_and_the_address_is_told_to_nobody()
    {
        var folder = Directory.CreateTempSubdirectory("campaigns-heartbeat-").FullName;
        var outside = new Outside(HttpStatusCode.OK);
        using var http = new HttpClient(outside);
        var heartbeat = new Heartbeat(new HeartbeatSettings("https://hc.example.com/canary", Path.Combine(folder, "beat.json")), http, TimeProvider.System, NullLogger<Heartbeat>.Instance);

        await heartbeat.BeatAsync(["nobody judges c1"], Patience);
        outside.Asked.ShouldBe(0);
        (await ReadAsync(Path.Combine(folder, "beat.json"))).ShouldBe((false, 1));

        await heartbeat.BeatAsync([], Patience);
        outside.Asked.ShouldBe(1);
        (await ReadAsync(Path.Combine(folder, "beat.json"))).ShouldBe((true, 0));
        new HeartbeatSettings("ftp://canary", "x").Problem().ShouldNotBeNull().ShouldNotContain("canary");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_look_that_hangs_leaves_no_good_sign_behind()
    {
        await using var bot = InProcessBot.Start(services => services.AddSingleton<ISelfCheck, HangsAfterAMinute>());
        var file = bot.Get<DataFolder>().Heartbeat;
        await UntilAsync(bot, async () => File.Exists(file) && (await ReadAsync(file)).Ok);

        await UntilAsync(bot, async () => !(await ReadAsync(file)).Ok);

        (await ReadAsync(file)).Findings.ShouldBe(1);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, "it answered 404")]
    [InlineData(null, "it cannot be reached")]
    public async Task An_address_that_does_not_take_it_is_logged_without_itself(HttpStatusCode? answer, string says)
    {
        var folder = Directory.CreateTempSubdirectory("campaigns-heartbeat-").FullName;
        var log = new LoggedLines<Heartbeat>();
        using var http = new HttpClient(new Outside(answer));

        await new Heartbeat(new HeartbeatSettings("https://hc.example.com/canary", Path.Combine(folder, "beat.json")), http, TimeProvider.System, log).BeatAsync([], Patience);

        log.Lines.ShouldHaveSingleItem().ShouldContain(says);
        log.Lines.Single().ShouldNotContain("canary");
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<(bool Ok, int Findings)> ReadAsync(string file)
    {
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(file, Patience));
        return (json.RootElement.GetProperty("ok").GetBoolean(), json.RootElement.GetProperty("findings").GetArrayLength());
    }

    private static Task UntilAsync(InProcessBot bot, Func<bool> isSo) => UntilAsync(bot, () => Task.FromResult(isSo()));

    /// <summary>Time goes on from sweep to sweep.</summary>
    private static async Task UntilAsync(InProcessBot bot, Func<Task<bool>> isSo)
    {
        var monitor = bot.Get<EmergencyMonitor>();
        SweepReport? seen = null;
        using var every = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        while (!await isSo())
        {
            if (monitor.LastSweep is { } sweep && !ReferenceEquals(sweep, seen))
            {
                seen = sweep;
                bot.Machine.Advance(TimeSpan.FromSeconds(30));
            }

            await every.WaitForNextTickAsync(Patience);
        }
    }

    /// <summary>Well at the first look, and never ends from the second on.</summary>
    private sealed class HangsAfterAMinute : ISelfCheck
    {
        private int _looks;

        public string Name => "hanging";

        public Task<IReadOnlyList<SelfFinding>> LookAsync(CancellationToken cancellationToken) =>
            _looks++ == 0 ? Task.FromResult<IReadOnlyList<SelfFinding>>([]) : new TaskCompletionSource<IReadOnlyList<SelfFinding>>().Task;
    }

    private sealed class Outside(HttpStatusCode? answer) : HttpMessageHandler
    {
        public int Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked++;
            return answer is { } status ? Task.FromResult(new HttpResponseMessage(status)) : throw new HttpRequestException(HttpRequestError.ConnectionError, "https://hc.example.com/canary refused");
        }
    }

    private sealed class LoggedLines<T> : Microsoft.Extensions.Logging.ILogger<T>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(Microsoft.Extensions.Logging.LogLevel logLevel) => true;

        public void Log<TState>(Microsoft.Extensions.Logging.LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{formatter(state, exception)} {exception}");
    }
}
