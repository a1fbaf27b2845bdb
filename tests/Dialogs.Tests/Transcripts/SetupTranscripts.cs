using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Transcripts;

/// <summary>A workspace is set up in the chat, as the conversation reads.</summary>
public sealed class SetupTranscripts
{
    private readonly ChatBench _bench = new();
    private readonly Transcript _talk;

    public SetupTranscripts() => _talk = new Transcript(_bench);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_the_account_to_a_test_emergency_that_somebody_acknowledges()
    {
        await _talk.SayAsync("you", Now, "setup", "all", "feed #ads, approvals here and incidents in #oncall", "olga", "account $5,000, workspace $20,000", "test");
        _bench.Core.Machine.Advance(TimeSpan.FromSeconds(12));
        await _talk.SayAsync("olga", Now, "ack");
        await _talk.SayAsync("you", Now, "next", "settings");

        var binding = await _bench.Accounts.BindingAsync(A.Account().Id, Now);
        (binding.Feed, binding.Approvals, binding.Incidents, binding.OnCall.ShouldHaveSingleItem()).ShouldBe(("local/ads", "local/you", "local/oncall", FakePeople.Olga.Id));
        (await _bench.Accounts.GetAsync(A.Account().Id, Now)).DailyLimit.ShouldBe(A.Usd(5000));
        (await _bench.Core.Incidents.LatestAsync(WorkspaceId.Local, 10, Now)).ShouldBeEmpty();
        Accepted("setup.txt");
    }

    [Fact]
    public async Task It_is_left_killed_gone_on_with_and_said_again()
    {
        await _talk.SayAsync("you", Now, "setup", "meta", "here", "leave", "thanks");
        _talk.Restart();
        await _talk.SayAsync("you", Now, "setup", "back", "feed none", "me", "next", "next", "setup meta");

        Accepted("setup-left.txt");
    }

    [Fact]
    public async Task What_cannot_be_is_said_with_what_would_be_right_and_the_rest_holds()
    {
        var rooms = new FakeRooms("slack");
        _bench.Rooms.Add(rooms);
        rooms.Known["#night"] = "I am not in #night, so nothing can be posted there. Say \"/invite @campaigns\" in it, and then say it again here.";
        var chat = new FakeMembers("slack") { Known = { [new("slack:U0LEFT")] = new Member("Lena", Belongs: false), [new("slack:U0EVA")] = new Member("Eva", Belongs: true) } };
        _bench.Members.Add(chat);

        await _talk.SayAsync("you", Now, "setup", "myspace", "all", "feed #ads, incidents #night, approvals #nowhere", "#ads #oncall", "feed", "incidents #oncall", "nobody-here, olga");
        await _talk.SayAsync("you", Now, "next", "back", "slack:U0LEFT", "slack:U0NEW", "teams:x", "slack:U0EVA, ana");
        await _talk.SayAsync("you", Now, "account 5,00", "account $20,000", "workspace EUR 500", "lots", "account $5,000", "back", "account $6,000", "no", "account $6,000", "yes");

        (await _bench.Accounts.GetAsync(A.Account().Id, Now)).DailyLimit.ShouldBe(A.Usd(5000));
        await _talk.SayAsync("max", Now, "approve a1");
        (await _bench.Accounts.GetAsync(A.Account().Id, Now)).DailyLimit.ShouldBe(A.Usd(6000));
        Accepted("setup-wrong.txt");
    }

    [Fact]
    public async Task It_is_for_Admin_and_nobody_else()
    {
        await _talk.SayAsync("ana", Now, "setup");
        await _talk.SayAsync("olga", Now, "setup");
        await _talk.SayAsync("max", Now, "setup meta");

        Accepted("setup-roles.txt");
    }

    [Fact]
    public async Task Nobody_acknowledges_a_test_and_it_is_said_once_with_what_to_look_at()
    {
        await _talk.SayAsync("you", Now, "setup", "next", "incidents #oncall", "olga", "next", "test");
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(9));
        await _talk.MeanwhileAsync("nine minutes later", () => _bench.Tests.LookAsync(Now));
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(1));
        await _talk.MeanwhileAsync("ten minutes later", () => _bench.Tests.LookAsync(Now));
        await _talk.MeanwhileAsync("a moment later", () => _bench.Tests.LookAsync(Now));
        await _talk.SayAsync("olga", Now, "ack", "ack");

        Accepted("setup-test-late.txt");
    }

    [Fact]
    public async Task The_first_who_acknowledged_a_test_stays_the_one_who_was_reached()
    {
        await _talk.SayAsync("you", Now, "setup", "next", "incidents #oncall", "olga", "next", "test");
        var shown = _bench.Channel.All.Select(post => post.Message.Card).OfType<TestEmergencyCard>().Last();
        _bench.Core.Machine.Advance(TimeSpan.FromSeconds(12));
        await _talk.PressAsync("olga", "setup.ack", Now, ("_target", shown.Target));
        _bench.Core.Machine.Advance(TimeSpan.FromSeconds(8));
        await _talk.PressAsync("you", "setup.ack", Now, ("_target", shown.Target));
        await _talk.PressAsync("olga", "setup.ack", Now, ("_target", shown.Target));

        Accepted("setup-test-twice.txt");
    }

    [Fact]
    public async Task It_waits_while_a_campaign_is_in_the_making()
    {
        await _talk.SayAsync("you", Now, "new campaign", "setup", "save", "setup", "new campaign", "facebook");

        Accepted("setup-beside-a-draft.txt");
    }

    private void Accepted(string name)
    {
        _talk.Faults.ShouldBeEmpty();
        _talk.ToString().ShouldBe(Golden.Accepted(name, _talk.ToString()));
    }
}
