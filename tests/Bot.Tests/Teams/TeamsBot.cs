using System.Globalization;
using ChatOpsCampaigns.Kit;
using ChatOpsCampaigns.Kit.Teams;

namespace ChatOpsCampaigns.Bot.Tests.Teams;

/// <summary>The program beside a stand-in of Teams, each reached from outside alone, with people of that tenant.</summary>
internal sealed class TeamsBot : IAsyncDisposable
{
    public const string Ads = "19:ads@thread.tacv2";
    public const string Requests = "19:requests@thread.tacv2";

    private const string AnasId = "00000000-0000-0000-0000-00000000a1a1";
    private const string MaxsId = "00000000-0000-0000-0000-00000000a2a2";
    private const string OlgasId = "00000000-0000-0000-0000-00000000a3a3";

    private static readonly string[] People =
    [
        $"--People:Roles:teams:{AnasId}:0", "Marketer", $"--People:Roles:teams:{MaxsId}:0", "Approver", $"--People:Roles:teams:{OlgasId}:0", "OnCall",
        "--Channels:default:Approvals", $"teams/{Requests}",
    ];

    private TeamsBot(TeamsStandIn teams, BotProcess bot)
    {
        Teams = teams;
        Bot = bot;
        (Ana, Max, Olga) = (new TeamsUser(teams, "Ana", AnasId), new TeamsUser(teams, "Max", MaxsId), new TeamsUser(teams, "Olga", OlgasId));
    }

    public TeamsStandIn Teams { get; }

    public BotProcess Bot { get; }

    /// <summary>A marketer.</summary>
    public TeamsUser Ana { get; }

    /// <summary>An approver.</summary>
    public TeamsUser Max { get; }

    /// <summary>On call.</summary>
    public TeamsUser Olga { get; }

    public static Task<TeamsBot> StartAsync(CancellationToken cancellationToken, params string[] arguments) => StartAsync(BotProcess.StartAsync, arguments, cancellationToken);

    /// <summary>In a process of its own, to be killed.</summary>
    public static Task<TeamsBot> StartAloneAsync(CancellationToken cancellationToken, params string[] arguments) => StartAsync(BotProcess.StartAloneAsync, arguments, cancellationToken);

    private static async Task<TeamsBot> StartAsync(Func<CancellationToken, string[], Task<BotProcess>> start, string[] arguments, CancellationToken cancellationToken)
    {
        var teams = await TeamsStandIn.StartAsync(cancellationToken);
        foreach (var name in new[] { "Ana", "Max", "Olga" })
            teams.Desk.Names[$"29:{name.ToLowerInvariant()}"] = $"{name} N.";

        teams.Door = new Uri($"http://127.0.0.1:{Ports.Free().ToString(CultureInfo.InvariantCulture)}/");
        return new TeamsBot(teams, await start(
            cancellationToken, ["--Demo:History", "false", "--Simulator:Seed", "4", "--Public:Urls", teams.Door.AbsoluteUri, .. teams.Arguments, .. People, .. arguments]));
    }

    public async ValueTask DisposeAsync()
    {
        await Bot.DisposeAsync();
        await Teams.DisposeAsync();
    }

    public async Task UntilAsync(Func<bool> isSo, CancellationToken cancellationToken)
    {
        using var every = new PeriodicTimer(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        for (var look = 0; !isSo(); look++)
        {
            (look < 600).ShouldBeTrue($"It never came.\n{string.Join("\n---\n", Teams.Desk.Messages.TakeLast(12).Select(message => $"{message.Chat}: {message.Words}"))}\n{Bot.Output}");
            await every.WaitForNextTickAsync(cancellationToken);
        }
    }
}
