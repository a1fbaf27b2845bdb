using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Commands;

public sealed class TrailOfCommandsTests
{
    private readonly Bench _bench = new();
    private readonly Campaign _campaign = A.Campaign();

    public TrailOfCommandsTests()
    {
        _bench.Campaigns.With(_campaign);
        _bench.Network.Put(A.AtNetwork(_campaign));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Proves(121)]
    [Fact]
    public async Task A_command_stands_there_with_who_what_why_how_it_stood_before_how_old_that_was_and_what_came_of_it()
    {
        await _bench.SeenAsync(_campaign, spend: 240);
        _bench.Machine.Advance(TimeSpan.FromSeconds(90));

        await SendAsync(FakePeople.Ana.Id, new NetworkCommand.SetDailyBudget(_campaign.Account, _campaign.Id, Target, A.Usd(500), A.Usd(550)));

        var stored = await _bench.Audit.LatestAsync(_campaign.Id, 10, Cancel);
        stored.Select(entry => entry.Entry.Kind).ShouldBe(["outcome", "intent"]);
        stored.ShouldAllBe(entry => entry.At == A.Noon.AddSeconds(90) && entry.Entry.Actor == FakePeople.Ana.Id && entry.Entry.Campaign == _campaign.Id);
        var (outcome, intent) = (stored[0].Entry, stored[1].Entry);
        intent.Says.ShouldBe("raise the daily budget from $500 to $550: Planned");
        var command = (NetworkCommand.SetDailyBudget)intent.Facts["command"].Deserialize<NetworkCommand>()!;
        (command.From, command.To).ShouldBe((A.Usd(500), A.Usd(550)));
        Told(intent, "key", "because", "mode", "severity", "dataAgeSeconds").ShouldBe(["c-1/test", "the weekend", "Simulated", "Medium", "90"]);
        intent.Facts["version"]!.GetValue<string>().ShouldNotBeNullOrWhiteSpace();
        var before = intent.Facts["before"].Deserialize<SeenBefore>().ShouldNotBeNull();
        (before.Today.Spend, before.Today.Conversions, before.DailyBudget, before.Bid).ShouldBe((A.Usd(240), 5m, A.Usd(500), A.Usd(12)));
        Told(outcome, "key", "state", "result", "severity").ShouldBe(["c-1/test", "Confirmed", "n1", "Medium"]);
    }

    [Proves(121)]
    [Fact]
    public async Task Where_nothing_was_seen_yet_that_is_what_stands_there_and_a_pause_waits_for_no_figures()
    {
        await SendAsync(PersonId.Monitor, new NetworkCommand.Pause(_campaign.Account, _campaign.Id, Target));

        var intent = _bench.Audit.All.Single(entry => entry.Kind == "intent");
        (intent.Facts["before"], intent.Facts["dataAgeSeconds"]).ShouldBe((null, null));
        Told(intent, "severity").ShouldBe(["Critical"]);
    }

    [Proves(121)]
    [Theory]
    [InlineData("agent", Severity.Low)]
    [InlineData("monitor", Severity.High)]
    [InlineData("local:ana", Severity.Medium)]
    public async Task A_lower_bid_is_as_severe_as_who_lowered_it(string by, Severity severity)
    {
        await SendAsync(new PersonId(by), new NetworkCommand.SetBid(_campaign.Account, _campaign.Id, Target, A.Usd(12), A.Usd(10)));

        _bench.Audit.All.ShouldAllBe(entry => Told(entry, "severity").Single() == severity.ToString());
    }

    private ExternalId Target => _campaign.Network.Campaign!.Value;

    private Task<CommandOutcome> SendAsync(PersonId by, NetworkCommand command) =>
        _bench.Gate.SendAsync(new GateRequest(command, new CommandKey("c-1/test"), WorkspaceId.Local, NetworkMode.Simulated, by, "the weekend"), Cancel);

    private static IEnumerable<string?> Told(AuditEntry entry, params string[] names) => names.Select(name => entry.Facts[name] is JsonNode node ? node.ToString() : null);
}
