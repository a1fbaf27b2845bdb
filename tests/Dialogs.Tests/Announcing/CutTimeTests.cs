using ChatOpsCampaigns.Automation.Ahead;
using ChatOpsCampaigns.Dialogs.Announcing;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Announcing;

public sealed class CutTimeTests
{
    private static readonly ConversationId Ana = new("local/ana");

    private readonly ChatBench _bench = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_way_ahead_that_a_kill_cut_short_is_told_once_with_how_far_it_came_and_how_to_go_on()
    {
        await _bench.Chat.ShowAsync(Ana, "fast-forward/t1", new ChatMessage("Moving ahead by 24 h …"), Now);
        var begun = await Journal().BeginAsync(A.Noon, A.Noon.AddDays(1), CutTime.Where(Ana, "fast-forward/t1"), Now);
        await Journal().StepAsync(begun, A.Noon.AddHours(14), Now);

        await new CutTime(Journal(), _bench.Chat).TellAsync("The program was stopped on the way.", Now);
        await new CutTime(Journal(), _bench.Chat).TellAsync("The program was stopped on the way.", Now);

        var seen = _bench.Channel.In(Ana);
        seen.Count.ShouldBe(2);
        seen[0].Message.Text.ShouldBe("Moving ahead was interrupted; how far it came is told below.");
        var card = seen[1].Message.Card.ShouldBeOfType<FastForwardCard>();
        card.Title.ShouldBe("14 h of 24 h, then cut short");
        card.Lines[0].ShouldBe("The program was stopped on the way. Say \"fast forward 10 hours\" to go on.");
        card.Lines.ShouldContain("Simulated spend: nothing");
    }

    [Fact]
    public async Task Where_nothing_was_cut_short_nothing_is_told()
    {
        await new CutTime(Journal(), _bench.Chat).TellAsync("The program was stopped on the way.", Now);

        _bench.Channel.All.ShouldBeEmpty();
    }

    private SkipJournal Journal() => new(
        _bench.Core.Settings, _bench.Core.Campaigns, _bench.Core.Readings, _bench.Core.Intents, _bench.Core.Incidents, _bench.Core.Accounts);
}
