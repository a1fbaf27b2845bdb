using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Announcing;

/// <summary>Two launches wait in a channel, each with a thread below its card.</summary>
public sealed class RequestThreadTests : IAsyncLifetime
{
    private static readonly ConversationId Room = new("local/requests");

    private static readonly ConversationId Home = new("local/room/1.1");

    private readonly ChatBench _bench = new();
    private PendingApproval _first = null!;
    private PendingApproval _second = null!;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bench.Core.Accounts.Bind(new ChannelBinding(A.Account().Id, "", Room.Value, "", []));
        _first = await AskedAsync("d-1", "Spring");
        _second = await AskedAsync("d-2", "Summer");
        await _bench.Approvals.RefreshAsync(WorkspaceId.Local, Now);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("approve", ApprovalState.Approved, null)]
    [InlineData("approve it", ApprovalState.Approved, null)]
    [InlineData("approve with budget 500", ApprovalState.Approved, "budget $1,200 → $500")]
    [InlineData("reject", ApprovalState.Rejected, null)]
    public async Task A_bare_word_below_a_card_means_its_request_although_others_wait(string said, ApprovalState state, string? changes)
    {
        await SaidAsync("max", said, _second);

        var decided = await StoredAsync(_second);
        (decided.State, decided.Changes).ShouldBe((state, changes));
        (await StoredAsync(_first)).State.ShouldBe(ApprovalState.Waiting);
    }

    [Fact]
    public async Task A_rejection_below_a_card_keeps_its_reason()
    {
        await SaidAsync("max", "reject Spring is too soon", _second);

        (await StoredAsync(_second)).ShouldSatisfyAllConditions(found => found.State.ShouldBe(ApprovalState.Rejected), found => found.Why.ShouldBe("Spring is too soon"));
        (await StoredAsync(_first)).State.ShouldBe(ApprovalState.Waiting);
    }

    [Fact]
    public async Task Whoever_names_another_request_means_that_one()
    {
        await SaidAsync("max", $"approve {_first.Handle}", _second);

        (await StoredAsync(_first)).State.ShouldBe(ApprovalState.Approved);
        (await StoredAsync(_second)).State.ShouldBe(ApprovalState.Waiting);
    }

    [Theory]
    [InlineData("olga")]
    [InlineData("ana")]
    [InlineData("you")]
    public async Task Whoever_may_not_decide_or_asked_decides_nothing_there_either(string person)
    {
        await SaidAsync(person, "approve", _second);

        (await StoredAsync(_second)).State.ShouldBe(ApprovalState.Waiting);
    }

    [Fact]
    public async Task Below_the_card_of_a_request_that_was_decided_it_is_said_what_became_of_it()
    {
        await SaidAsync("max", "reject", _second);

        await SaidAsync("max", "approve", _second);

        (await StoredAsync(_second)).State.ShouldBe(ApprovalState.Rejected);
        (await StoredAsync(_first)).State.ShouldBe(ApprovalState.Waiting);
        _bench.Channel.In(await ThreadAsync(_second))[^1].Message.Text.ShouldStartWith($"{_second.Handle} was rejected by max");
    }

    [Fact]
    public async Task Anywhere_else_it_is_asked_which_one_is_meant()
    {
        await TakenAsync("max", "approve", Room);

        (await StoredAsync(_first)).State.ShouldBe(ApprovalState.Waiting);
        (await StoredAsync(_second)).State.ShouldBe(ApprovalState.Waiting);
        _bench.Channel.In(Room)[^1].Message.Text.ShouldContain("Which request?");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_rejection_is_heard_alone_and_where_it_was_asked_for_also_when_one_of_them_takes_nothing(bool alone)
    {
        if (!alone)
            _bench.Channel.Unopened = place => place == ConversationId.Local(FakePeople.You.Id) ? "the app is not there for them" : null;

        await SaidAsync("max", "reject too soon", _second);
        await _bench.Approvals.RefreshAsync(WorkspaceId.Local, Now);
        await _bench.Approvals.RefreshAsync(WorkspaceId.Local, Now);

        const string Says = "max rejected your request";
        _bench.Channel.In(Home).ShouldHaveSingleItem().Message.Text.ShouldStartWith(Says);
        _bench.SeenBy("you").Count(text => text.StartsWith(Says, StringComparison.Ordinal)).ShouldBe(alone ? 1 : 0);
    }

    [Fact]
    public async Task An_approval_is_no_answer_where_it_was_asked_for_since_the_launch_is_shown_there()
    {
        await SaidAsync("max", "approve", _second);
        await _bench.Approvals.RefreshAsync(WorkspaceId.Local, Now);

        _bench.Channel.In(Home).ShouldNotContain(post => post.Message.Text.Contains("your request", StringComparison.Ordinal));
    }

    private async Task<PendingApproval> AskedAsync(string id, string name)
    {
        var draft = await _bench.Core.Drafts.SaveAsync(A.Draft(id) with { Name = name, Owner = FakePeople.You.Id, Conversation = Home.Value, BudgetAmount = A.Usd(1200), MaxDailySpend = A.Usd(1500) }, Now);
        var answer = await _bench.Core.Launches.RequestAsync(draft, FakePeople.You, LaunchDesk.DigestOf(draft), Now);
        return answer.ShouldBeOfType<LaunchAnswer.WaitsForSecondPerson>().Approval;
    }

    private async Task SaidAsync(string person, string line, PendingApproval below) => await TakenAsync(person, line, await ThreadAsync(below));

    private async Task TakenAsync(string person, string line, ConversationId place)
    {
        var turn = _bench.Turn(person, line) with { Conversation = place };
        await _bench.Routes().TakeAsync(new TurnContext(turn, await _bench.Sights.GetAsync(turn.Person, place, Now), _bench.Chat), Now);
    }

    private async Task<ConversationId> ThreadAsync(PendingApproval request) =>
        Room.ThreadUnder((await _bench.Conversations.PostsAsync($"approval/{request.Id}", Now)).Single(post => post.Conversation == Room).Message);

    private async Task<PendingApproval> StoredAsync(PendingApproval asked) => (await _bench.Core.ApprovalStore.FindAsync(asked.Id, Now))!;
}
