using ChatOpsCampaigns.Kit;
using ChatOpsCampaigns.Kit.Slack;
using ImageMagick;

namespace ChatOpsCampaigns.Bot.Tests.Slack;

/// <summary>The program beside a stand-in of Slack, each reached from outside alone, with people of that workspace.</summary>
internal sealed class SlackBot : IAsyncDisposable
{
    public const string OnCallChannel = "C0ONCALL";
    public const string Ads = "C0ADS";

    private static readonly string[] People =
    [
        "--People:Roles:slack:U0ANA:0", "Marketer", "--People:Roles:slack:U0MAX:0", "Approver", "--People:Roles:slack:U0OLGA:0", "OnCall",
        "--Channels:default:Incidents", $"slack/{OnCallChannel}", "--OnCall:default:0", "slack:U0OLGA", "--OnCall:default:1", "slack:S0ONCALL",
    ];

    private SlackBot(SlackStandIn slack, BotProcess bot)
    {
        Slack = slack;
        Bot = bot;
        (Ana, Max, Olga) = (new SlackUser(slack, "U0ANA"), new SlackUser(slack, "U0MAX"), new SlackUser(slack, "U0OLGA"));
    }

    public SlackStandIn Slack { get; }

    public BotProcess Bot { get; }

    /// <summary>A marketer.</summary>
    public SlackUser Ana { get; }

    /// <summary>An approver.</summary>
    public SlackUser Max { get; }

    /// <summary>On call.</summary>
    public SlackUser Olga { get; }

    public static Task<SlackBot> StartAsync(CancellationToken cancellationToken, params string[] arguments) => StartAsync(BotProcess.StartAsync, arguments, cancellationToken);

    /// <summary>In a process of its own, to be killed.</summary>
    public static Task<SlackBot> StartAloneAsync(CancellationToken cancellationToken, params string[] arguments) => StartAsync(BotProcess.StartAloneAsync, arguments, cancellationToken);

    private static async Task<SlackBot> StartAsync(Func<CancellationToken, string[], Task<BotProcess>> start, string[] arguments, CancellationToken cancellationToken)
    {
        var slack = await SlackStandIn.StartAsync(cancellationToken);
        slack.Desk.Names["U0OLGA"] = "Olga N.";
        return new SlackBot(slack, await start(cancellationToken, ["--Demo:History", "false", "--Simulator:Seed", "4", .. slack.Arguments, .. People, .. arguments]));
    }

    public async ValueTask DisposeAsync()
    {
        await Bot.DisposeAsync();
        await Slack.DisposeAsync();
    }

    /// <summary>What the bot said in a conversation since a message of somebody.</summary>
    public IReadOnlyList<SlackMessage> Since(string channel, string stamp) =>
        [.. Slack.Desk.Messages.Where(message => message.Channel == channel && message.User == SlackDesk.Bot && string.CompareOrdinal(message.Stamp, stamp) > 0)];

    public static byte[] Picture(byte shade = 3)
    {
        using var picture = new MagickImage(new MagickColor((byte)(shade * 60), (byte)(shade * 20), 90), 1080, 1080);
        return picture.ToByteArray(MagickFormat.Png);
    }
}
