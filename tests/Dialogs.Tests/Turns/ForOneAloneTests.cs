using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Turns;

/// <summary>In a channel, what concerns one person is told to them alone.</summary>
public sealed class ForOneAloneTests
{
    private static readonly ConversationId Room = new("local/room");

    private readonly ChatBench _bench = new();

    public ForOneAloneTests()
    {
        _bench.Channel.IsRoom = place => place == Room;
    }

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refusal_is_no_news_for_the_channel()
    {
        await SaidAsync("stranger", "pause c1");

        _bench.Channel.In(Room).ShouldBeEmpty();
        _bench.Channel.Whispers.ShouldHaveSingleItem().Text.ShouldContain("\"pause\" needs Marketer");
    }

    [Fact]
    public async Task A_refusal_that_cannot_be_told_to_one_person_alone_is_told_where_they_asked()
    {
        _bench.Channel.Deaf = _ => "the app is not there for them";

        await SaidAsync("stranger", "pause c1");

        _bench.Channel.Whispers.ShouldBeEmpty();
        _bench.Channel.In(Room).ShouldHaveSingleItem().Message.Text.ShouldContain("\"pause\" needs Marketer");
    }

    [Fact]
    public async Task A_press_in_somebody_elses_campaign_is_told_whose_it_is()
    {
        await SaidAsync("ana", "new campaign");
        var before = _bench.Channel.In(Room).Count;
        var draft = (await _bench.Conversations.FindAsync(Room, Now))!.OpenDraft!.Value;

        await PressedAsync("max", "wizard.back", ("_target", draft.Value), ("_rev", "1"));

        _bench.Channel.In(Room).Count.ShouldBe(before);
        _bench.Channel.Whispers.ShouldHaveSingleItem().Text.ShouldBe("That campaign is made by ana, and only ana's answers count; nothing was changed. To make one of your own, say \"new campaign\".");
    }

    [Fact]
    public async Task In_a_channel_that_another_organisation_reads_nothing_is_shown_and_done_and_one_person_is_told_why()
    {
        await LiveAsync();
        ((FakeRooms)_bench.Rooms[0]).Strangers = _ => "This channel is shared.";

        foreach (var line in new[] { "campaigns", "status c1", "pause c1", "new campaign", "export" })
            await SaidAsync("you", line);

        _bench.Channel.In(Room).ShouldBeEmpty();
        _bench.Core.Network.Executed.ShouldBeEmpty();
        _bench.Channel.Whispers.Count.ShouldBe(5);
        _bench.Channel.Whispers.ShouldAllBe(whisper => whisper.Text == "This channel is shared.");
    }

    [Fact]
    public async Task An_approval_that_is_refused_is_told_to_whoever_pressed()
    {
        var request = await _bench.Core.ApprovalStore.AddAsync(
            new PendingApproval(new ApprovalId("ap-1"), WorkspaceId.Local, A.Account().Id, ApprovalKind.Launch, "d-1", Digest.Of("shown"), "launch it", FakePeople.Max.Id, A.Noon, ApprovalState.Waiting), Now);
        var before = _bench.Channel.In(Room).Count;

        await SaidAsync("max", $"approve {request.Handle}");

        _bench.Channel.In(Room).Count.ShouldBe(before);
        _bench.Channel.Whispers.ShouldHaveSingleItem().Person.ShouldBe(new PersonId("local:max"));
    }

    private async Task SaidAsync(string person, string line) =>
        await TakenAsync(_bench.Turn(person, line));

    private async Task PressedAsync(string person, string verb, params (string, string)[] fields) =>
        await TakenAsync(_bench.Turn(person, null, ChatBench.Press(verb, fields)));

    private async Task TakenAsync(ChatTurn turn)
    {
        var there = turn with { Conversation = Room };
        await _bench.Routes().TakeAsync(new TurnContext(there, await _bench.Sights.GetAsync(turn.Person, Room, Now), _bench.Chat), Now);
    }

    private async Task LiveAsync()
    {
        var campaign = await _bench.Core.Campaigns.AddAsync(A.Campaign(), Now);
        _bench.Core.Network.Put(A.AtNetwork(campaign));
        await _bench.Core.SeenAsync(campaign);
    }
}
