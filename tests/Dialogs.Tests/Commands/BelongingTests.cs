using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Commands;

/// <summary>A role is not enough for what can cost money: the chat has to say that whoever says it belongs to it. Stopping waits for nothing.</summary>
public sealed class BelongingTests
{
    private static readonly PersonId You = new("local:you");

    private readonly ChatBench _bench = new();
    private readonly Asked _chat = new();

    public BelongingTests()
    {
        var campaign = A.Campaign();
        _bench.Core.Campaigns.With(campaign);
        _bench.Core.Network.Put(A.AtNetwork(campaign));
        _bench.Core.People.Chats.Add(_chat);
    }

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public static TheoryData<string> Acting => [.. new ChatBench().Catalogue.Verbs.Where(verb => verb is { Kind: not VerbKind.Reads, AtOnce: false }).Select(verb => verb.Name == "set bid" ? "set bid c1 $13" : verb.Example)];

    [Theory]
    [MemberData(nameof(Acting))]
    public async Task What_can_cost_money_is_refused_while_the_chat_does_not_say_that_they_belong(string line)
    {
        await SaidAsync(line);

        _bench.SeenBy("you")[^1].ShouldBe("Your chat does not say just now whether you still belong to it. Nothing was changed; say it again in a minute.");
        _bench.Core.Network.Executed.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("resume c1")]
    [InlineData("set budget c1 $600")]
    [InlineData("allow everything")]
    [InlineData("people grant admin @ana")]
    public async Task A_guest_with_a_role_is_refused_with_the_first_thing_they_say(string line)
    {
        _chat.Says = new Member("You (agency)", Belongs: false);

        await SaidAsync(line);

        _bench.SeenBy("you")[^1].ShouldStartWith("Guests, and people of other organisations, have no rights here.");
        _bench.Core.Network.Executed.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("pause c1")]
    [InlineData("set budget c1 $450")]
    [InlineData("set bid c1 $11")]
    [InlineData("set cap c1 $700")]
    [InlineData("stop everything")]
    [InlineData("freeze everything")]
    [InlineData("campaigns")]
    [InlineData("why c1")]
    public async Task Stopping_and_looking_never_ask(string line)
    {
        await SaidAsync(line);

        _chat.Times.ShouldBe(0);
        _bench.SeenBy("you").ShouldNotContain(said => said.Contains("does not say just now", StringComparison.Ordinal));
    }

    [Fact]
    public void What_waits_for_nothing_stops_or_only_answers()
    {
        string[] atOnce = [.. _bench.Catalogue.Verbs.Where(verb => verb.AtOnce).Select(verb => verb.Name).Order(StringComparer.Ordinal)];

        atOnce.ShouldBe(["ack", "freeze everything", "pause", "stop everything", "undo launch"]);
    }

    [Theory]
    [InlineData("launch", false)]
    [InlineData("override it has to be so", false)]
    [InlineData("save", true)]
    public async Task A_word_of_the_wizard_that_launches_asks_and_one_that_keeps_the_draft_does_not(string word, bool isTaken)
    {
        _chat.Says = new Member("You", Belongs: true);
        await SaidAsync("new campaign");
        _chat.Says = null;

        await SaidAsync(word);

        _bench.SeenBy("you")[^1].Contains("does not say just now", StringComparison.Ordinal).ShouldBe(!isTaken);
    }

    [Fact]
    public async Task The_button_that_launches_asks_too()
    {
        _chat.Says = new Member("You", Belongs: true);
        await SaidAsync("new campaign");
        _chat.Says = null;
        var draft = (await _bench.Conversations.FindAsync(ConversationId.Local(You), Now))!.OpenDraft!.Value;
        var kept = (await _bench.Core.Drafts.FindAsync(draft, Now))!;
        var press = ChatBench.Press("wizard.launch", ("_target", draft.Value), ("_rev", $"{kept.Version}"), ("_shown", "x"));

        await _bench.Routes().TakeAsync(await _bench.ContextAsync(_bench.Turn("you", null, press), Now), Now);

        _bench.SeenBy("you")[^1].ShouldContain("does not say just now");
    }

    private async Task SaidAsync(string line) => await _bench.Routes().TakeAsync(await _bench.ContextAsync(_bench.Turn("you", line), Now), Now);

    /// <summary>A chat of which nothing is known until it is waited for.</summary>
    private sealed class Asked : IMembers
    {
        public string Channel => "local";

        public Member? Says { get; set; }

        public int Times { get; private set; }

        public Member? Known(PersonId person) => null;

        public Task<Member?> AskAsync(PersonId person, CancellationToken cancellationToken)
        {
            Times++;
            return Task.FromResult(Says);
        }
    }
}
