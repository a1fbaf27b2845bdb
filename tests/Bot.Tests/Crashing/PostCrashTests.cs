using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit.Slack;

namespace ChatOpsCampaigns.Bot.Tests.Crashing;

/// <summary>A card on Slack that asks for an answer, killed before and after Slack took it, and before that was on record here: it is there, and once.</summary>
public sealed class PostCrashTests
{
    private const string Place = "slack/C0CARDS";

    [Theory(Timeout = 600_000)]
    [InlineData("ChatChannel.Post.slack.after#1")]
    [InlineData("ChatChannel.Post.slack.before#1", Traits = ["Length", "Long"])]
    [InlineData("ConversationStore.KeepPost.after#1", Traits = ["Length", "Long"])]
    public async Task A_request_is_asked_once_on_Slack_when_its_card_was_killed(string point)
    {
        await using var slack = await SlackStandIn.StartAsync(TestContext.Current.CancellationToken);
        await CrashRun.AtAsync(Request(slack), [point], TestContext.Current.CancellationToken);
    }

    [Theory(Timeout = 600_000)]
    [InlineData("ChatChannel.Post.slack.after#1")]
    [InlineData("ChatChannel.Edit.slack.after#1")]
    [Trait("Length", "Long")]
    public async Task A_stop_is_told_once_on_Slack_when_its_card_was_killed(string point)
    {
        await using var slack = await SlackStandIn.StartAsync(TestContext.Current.CancellationToken);
        await CrashRun.AtAsync(Stop(slack), [point], TestContext.Current.CancellationToken);
    }

    private static CrashWay Request(SlackStandIn slack) => new(
        "ana", "yes",
        (bot, patience) => IsShownAsync(bot, "SELECT 'approval/' || Id FROM Approvals WHERE State = 'Waiting'", patience),
        (life, patience) => OnceAsync(life, slack, "SELECT 'approval/' || Id FROM Approvals WHERE State = 'Waiting'", patience))
    {
        Arguments = ["--Channels:default:Approvals", Place, .. slack.Arguments],
        PrepareAsync = async (bot, patience) =>
        {
            using var client = await ChatClient.OpenAsync(bot.Address, "ana", patience);
            await MoveCrashTests.AskForARaiseAsync(client, patience);
        },
    };

    private static CrashWay Stop(SlackStandIn slack)
    {
        const string subject = $"SELECT 'incident/' || Id FROM Incidents WHERE IsOpen AND Campaign = ({StopCrashTests.First})";
        var runaway = StopCrashTests.Runaway;
        return runaway with
        {
            Arguments = [.. runaway.Arguments, "--Channels:default:Incidents", Place, .. slack.Arguments],
            DoneAsync = async (bot, patience) => await runaway.DoneAsync(bot, patience) && await IsShownAsync(bot, subject, patience),
            CheckAsync = async (life, patience) =>
            {
                await runaway.CheckAsync(life, patience);
                await OnceAsync(life, slack, subject, patience);
            },
        };
    }

    private static async Task<bool> IsShownAsync(CrashingBot bot, string subject, CancellationToken patience) =>
        await bot.CountAsync($"SELECT COUNT(*) FROM Posts WHERE Subject = ({subject}) AND Conversation = '{Place}'", patience) == 1;

    /// <summary>What is posted about a subject is marked with that.</summary>
    private static async Task OnceAsync(CrashLife life, SlackStandIn slack, string subject, CancellationToken patience)
    {
        var mark = Digest.Of($"{Place}\n{await life.Bot.TextAsync(subject, patience)}").Value;
        slack.Desk.Messages.Count(message => (string?)message.Mark?["event_payload"]?["key"] == mark).ShouldBe(1, life.Point);
    }
}
