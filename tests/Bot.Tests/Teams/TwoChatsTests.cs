using System.Text;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Bot.Tests.Crashing;
using ChatOpsCampaigns.Bot.Tests.Secrets;
using ChatOpsCampaigns.Bot.Tests.Slack;
using ChatOpsCampaigns.Kit;
using ChatOpsCampaigns.Kit.Slack;
using ChatOpsCampaigns.Kit.Teams;

namespace ChatOpsCampaigns.Bot.Tests.Teams;

/// <summary>A campaign that is made on Slack and decided on Teams.</summary>
public sealed class TwoChatsTests : IAsyncLifetime
{
    private const string AnasTeamsId = "00000000-0000-0000-0000-00000000a1a1";
    private const string MaxsTeamsId = "00000000-0000-0000-0000-00000000a2a2";
    private const string Whole =
        "launch app installs for https://apps.apple.com/app/id1234567890 on facebook in the US and canada, 18-44, $2000 a day, max $2500, cost cap $12, max bid $15, balanced, start now";

    private static readonly string[] People =
    [
        "--People:Roles:slack:U0ANA:0", "Marketer", "--People:Roles:slack:U0OLGA:0", "Approver",
        $"--People:Roles:teams:{AnasTeamsId}:0", "Approver", $"--People:Roles:teams:{MaxsTeamsId}:0", "Approver",
    ];

    /// <summary>What is set beside the chats' own secrets.</summary>
    private static readonly string[] Secrets =
        [.. Canaries.Names.Where(name => name.StartsWith("AdNetworks:", StringComparison.Ordinal) || name is "Audit:Key" or "Storage:SigningKey").SelectMany(name => new[] { $"--{name}", Canaries.Of(name) })];

    private SlackStandIn _slack = null!;
    private TeamsStandIn _teams = null!;
    private CrashingBot _bot = null!;

    public async ValueTask InitializeAsync()
    {
        _slack = await SlackStandIn.StartAsync(TestContext.Current.CancellationToken);
        _teams = await TeamsStandIn.StartAsync(TestContext.Current.CancellationToken);
        _teams.Door = new Uri($"http://127.0.0.1:{Ports.Free()}/");
        (_slack.Desk.Emails["U0ANA"], _teams.Desk.Emails["29:ana"]) = ("ana@example.com", "Ana@Example.com");
        (_teams.Desk.Names["29:ana"], _teams.Desk.Names["29:max"]) = ("Ana N.", "Max N.");
        _bot = new CrashingBot(["--Demo:History", "false", "--Simulator:Seed", "4", "--Clock:Speed", "60", "--Public:Urls", _teams.Door.AbsoluteUri, .. _slack.Arguments, .. _teams.Arguments, .. People, .. Secrets]);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _bot.DisposeAsync();
        await _teams.DisposeAsync();
        await _slack.DisposeAsync();
    }

    [Proves(58)]
    [Fact(Timeout = 600_000)]
    public async Task Made_on_Slack_and_approved_on_Teams_it_runs_once_although_the_program_is_killed_between_the_decision_and_what_follows_and_Slack_says_who_and_when()
    {
        await _bot.StartAsync(TestContext.Current.CancellationToken);
        var (ana, olga) = (new SlackUser(_slack, "U0ANA"), new SlackUser(_slack, "U0OLGA"));
        var (anaOnTeams, max) = (new TeamsUser(_teams, "Ana", AnasTeamsId), new TeamsUser(_teams, "Max", MaxsTeamsId));
        await max.SayAsync("who am i", TestContext.Current.CancellationToken);
        await max.SeesAsync("Approver", TestContext.Current.CancellationToken);

        await ana.SayAsync(Whole, TestContext.Current.CancellationToken);
        await ana.SeesAsync("Step 2 of 7", TestContext.Current.CancellationToken);
        await ana.SayAsync("", TestContext.Current.CancellationToken, ana.Drop("one.png", SlackBot.Picture()));
        await ana.SeesAsync("Step 7 of 7", TestContext.Current.CancellationToken);
        await ana.SayAsync("launch", TestContext.Current.CancellationToken);
        var onSlack = await olga.SeesAsync("Request a1", TestContext.Current.CancellationToken);
        var onTeams = await max.SeesAsync("Request a1", TestContext.Current.CancellationToken);

        // The same human being from the other chat is no second person, whatever role that id has.
        await anaOnTeams.SayAsync("approve a1", TestContext.Current.CancellationToken);
        await anaOnTeams.SeesAsync("You asked for this yourself; a second person has to approve it.", TestContext.Current.CancellationToken);

        var press = max.Pressing(onTeams, onTeams.Button("Approve")!);
        var died = await _bot.DiesAtAsync(["ApprovalStore.Change.after#1"], () => OnceAsync(press), () => Task.FromResult(false), TestContext.Current.CancellationToken);
        died.ShouldHaveSingleItem("it was killed between the two");
        (await _teams.DeliverAsync(press, TestContext.Current.CancellationToken)).Status.ShouldBe(200, "Teams brings again what it got no answer to");

        await ana.SeesAsync("Max N. approved your request a1", TestContext.Current.CancellationToken);
        await olga.SeesAsync(onSlack.Channel, message => message.Stamp == onSlack.Stamp && message.Words.Contains("Approved by Max N. at 20", StringComparison.Ordinal) && message.Button("Approve") is null, TestContext.Current.CancellationToken);
        await max.SeesAsync(onTeams.Chat, message => message.Id == onTeams.Id && message.Words.Contains("Approved by Max N. at 20", StringComparison.Ordinal) && message.Button("Approve") is null, TestContext.Current.CancellationToken);

        // The first decision counts, on whichever chat the second one is made.
        await olga.SayAsync("approve a1", TestContext.Current.CancellationToken);
        await olga.SeesAsync("a1 was approved by Max N.", TestContext.Current.CancellationToken);
        await _bot.UntilAsync(() => Task.FromResult(_bot.Running().Count == 1), "it runs", TestContext.Current.CancellationToken);
        _bot.AtTheNetworks().Count(change => change.Created is not null).ShouldBe(1);
        (await _bot.CountAsync("SELECT COUNT(*) FROM Approvals WHERE State = 'Approved' AND CarriedOut", TestContext.Current.CancellationToken)).ShouldBe(1);
        (await SecretsAsync()).ShouldBeEmpty();
    }

    /// <summary>Those that either chat was told, or that stand in the log or in what is kept.</summary>
    private async Task<IReadOnlyList<string>> SecretsAsync()
    {
        await _bot.EndAsync();
        var come = new List<(string Where, byte[] Bytes)> { ("the log", Encoding.UTF8.GetBytes(_bot.Output)) };
        come.AddRange(_slack.Desk.Messages.Select(message => ("Slack", Encoding.UTF8.GetBytes($"{message.Text} {message.Blocks.ToJsonString()}"))));
        come.AddRange(_slack.Desk.Whispers.Select(whisper => ("Slack", Encoding.UTF8.GetBytes(whisper.Text))));
        come.AddRange(_teams.Desk.Messages.Select(message => ("Teams", Encoding.UTF8.GetBytes(message.Activity.ToJsonString()))));
        foreach (var file in Directory.EnumerateFiles(_bot.Folder, "*", SearchOption.AllDirectories))
            come.Add((file, await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)));

        string[] ofChats = [SlackStandIn.BotToken, SlackStandIn.AppToken, TeamsStandIn.Secret];
        return
        [
            .. come.SelectMany(one => Canaries.In(one.Where, one.Bytes)),
            .. from one in come from secret in ofChats where one.Bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0 select $"{secret} in {one.Where}",
        ];
    }

    private Task OnceAsync(JsonObject press) => _teams.DeliverOnceAsync(
        press, _teams.Keys.Sign(TeamsKeys.Claims(TeamsDesk.App, _teams.Service, TimeProvider.System.GetUtcNow())), TestContext.Current.CancellationToken);
}
