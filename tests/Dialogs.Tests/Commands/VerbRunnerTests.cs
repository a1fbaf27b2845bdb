using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Commands;

public sealed class VerbRunnerTests
{
    private readonly ChatBench _bench = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_viewer_hears_which_roles_may_do_it()
    {
        await AddAsync("c-1");

        await _bench.SayAsync("stranger", "simulate runaway c1", Now);

        _bench.SeenBy("stranger").ShouldHaveSingleItem().ShouldContain("needs Marketer, On-call or Admin; you are Viewer");
        _bench.Market.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_fault_is_read_with_factor_name_and_length()
    {
        await AddAsync("c-1");

        await _bench.SayAsync("ana", "simulate runaway x5 facebook installs us ca for 2h", Now);

        _bench.Market.Faults.ShouldHaveSingleItem().ShouldBe((new CampaignId("c-1"), MarketFault.Runaway, 5m, TimeSpan.FromHours(2)));
    }

    [Fact]
    public async Task What_somebody_says_and_confirms_is_on_record_word_for_word_and_what_only_shows_is_not()
    {
        var campaign = await AddAsync("c-1");

        await _bench.SayAsync("ana", "simulate runaway c1", Now);
        await _bench.SayAsync("ana", "why c1", Now);
        await _bench.SayAsync("ana", "override c1 the sale needs it", Now);
        _bench.Core.Audit.All.ShouldHaveSingleItem();
        await _bench.Runner.TryAnswerAsync(await _bench.ContextAsync(_bench.Turn("ana", "yes"), Now), yes: true, question: null, Now);

        var said = _bench.Core.Audit.All.Where(entry => entry.Kind == "said").ToList();
        said.Select(entry => entry.Says).ShouldBe(["simulate runaway c1", "override c1 the sale needs it"]);
        said.ShouldAllBe(entry => entry.Actor == FakePeople.Ana.Id && entry.Campaign == campaign.Id);
    }

    [Fact]
    public async Task A_runaway_is_tenfold_unless_said_otherwise()
    {
        await AddAsync("c-1");

        await _bench.SayAsync("ana", "simulate runaway c1", Now);

        _bench.Market.Faults.ShouldHaveSingleItem().Factor.ShouldBe(10m);
    }

    [Theory]
    [InlineData("spike")]
    [InlineData("fraud")]
    public async Task A_spike_on_a_new_campaign_says_that_nothing_trips_yet_and_when_it_would(string fault)
    {
        await _bench.Core.Campaigns.AddAsync(A.Campaign() with { LaunchedAt = A.Noon.AddHours(-3) }, Now);

        await _bench.SayAsync("ana", $"simulate {fault} c1", Now);

        _bench.SeenBy("ana").ShouldHaveSingleItem().ShouldContain("trips nothing yet");
        _bench.SeenBy("ana")[0].ShouldContain("7 days and 30 results");
    }

    [Fact]
    public async Task A_name_that_two_have_becomes_buttons()
    {
        await AddAsync("c-1");
        await AddAsync("c-2");

        await _bench.SayAsync("ana", "simulate calm face", Now);

        var card = Last("ana").ShouldBeOfType<PickCard>();
        card.Asks.ShouldContain("can be 2 of them");
        card.Choices.Select(choice => choice.Line).ShouldAllBe(line => line.StartsWith("simulate calm c"));
    }

    [Fact]
    public async Task An_unknown_name_offers_those_there_are()
    {
        await AddAsync("c-1");

        await _bench.SayAsync("ana", "why nothing like it", Now);

        Last("ana").ShouldBeOfType<PickCard>().Asks.ShouldBe("No campaign is called \"nothing like it\". Which one? There is one: press it, or say \"why c1\".");
    }

    [Fact]
    public async Task A_button_of_a_draft_that_is_gone_says_what_became_of_it()
    {
        await _bench.Core.Drafts.SaveAsync(A.Draft(), Now);

        await _bench.SayAsync("ana", "continue 01a215e7c6e57231ac087b43ec3611a3", Now);

        _bench.SeenBy("ana")[^1].ShouldStartWith("That draft is no longer there: it was launched or deleted.");
    }

    [Fact]
    public async Task Nothing_is_deleted_before_yes_and_an_old_yes_deletes_nothing()
    {
        await _bench.Core.Drafts.SaveAsync(A.Draft(), Now);
        await _bench.SayAsync("ana", "delete draft Facebook installs US CA", Now);
        var first = Last("ana").ShouldBeOfType<ConfirmCard>();
        (await DraftsAsync()).ShouldBe(1);

        await _bench.SayAsync("ana", "delete draft Facebook installs US CA", Now);
        await AnswerAsync("ana", yes: true, first.Target);
        (await DraftsAsync()).ShouldBe(1);

        await AnswerAsync("ana", yes: true, question: null);
        (await DraftsAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Yes_counts_for_a_quarter_of_an_hour()
    {
        await _bench.Core.Drafts.SaveAsync(A.Draft(), Now);
        await _bench.SayAsync("ana", "delete draft Facebook installs US CA", Now);

        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(16));

        await AnswerAsync("ana", yes: true, question: null);
        _bench.SeenBy("ana")[^1].ShouldContain("no longer counts; nothing was changed");
        (await DraftsAsync()).ShouldBe(1);
    }

    [Proves(86, 124)]
    [Fact]
    public async Task An_override_keeps_the_reason_and_takes_the_campaign_from_the_agent()
    {
        await AddAsync("c-1");

        await _bench.SayAsync("ana", "override c1 the weekend sale needs this bid", Now);
        await AnswerAsync("ana", yes: true, question: null);

        var campaign = await _bench.Core.Campaigns.FindAsync(new CampaignId("c-1"), Now);
        campaign!.TakenOver.ShouldBeTrue();
        campaign.Overrides.ShouldHaveSingleItem().Reason.ShouldBe("the weekend sale needs this bid");
    }

    [Theory]
    [InlineData(CampaignStatus.Active, "Facebook installs US CA is running: only a launch that does not run yet can be taken back. Say \"pause c1\" to stop it. Nothing was changed.")]
    [InlineData(CampaignStatus.Paused, "Facebook installs US CA is paused: only a launch that does not run yet can be taken back. Nothing was changed.")]
    [InlineData(CampaignStatus.Scheduled, "Taking back Facebook installs US CA; nothing of it runs. The end of it is told here.")]
    [InlineData(CampaignStatus.InReview, "Taking back Facebook installs US CA; nothing of it runs. The end of it is told here.")]
    public async Task A_launch_is_taken_back_while_it_does_not_run(CampaignStatus status, string says)
    {
        var campaign = await _bench.Core.Campaigns.AddAsync(A.Campaign(status), Now);
        _bench.Core.Network.Put(A.AtNetwork(campaign, NetworkStatus.Scheduled));

        await _bench.SayAsync("ana", "undo launch c1", Now);

        _bench.SeenBy("ana")[^1].ShouldBe(says);
    }

    [Fact]
    public async Task A_second_decision_on_a_request_hears_who_was_first()
    {
        var request = await AskAsync();
        await _bench.Approvals.ShowWaitingAsync(WorkspaceId.Local, Now);

        await _bench.SayAsync("max", "reject a1 the cap is too high", Now);
        await PressAsync("you", "approve", request);

        _bench.SeenBy("you").ShouldContain(seen => seen.Contains("no request", StringComparison.OrdinalIgnoreCase) || seen.Contains("rejected", StringComparison.OrdinalIgnoreCase));
        (await _bench.Core.ApprovalStore.FindAsync(request.Id, Now))!.State.ShouldBe(ApprovalState.Rejected);
    }

    [Fact]
    public async Task A_request_is_shown_to_those_who_may_decide_and_not_to_its_requester()
    {
        await AskAsync();

        await _bench.Approvals.ShowWaitingAsync(WorkspaceId.Local, Now);

        _bench.SeenBy("max").ShouldHaveSingleItem().ShouldContain("at $1,500 a day");
        _bench.SeenBy("you").ShouldHaveSingleItem();
        _bench.SeenBy("ana").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_raise_is_asked_about_and_a_cut_is_not()
    {
        await LiveAsync();

        await _bench.SayAsync("ana", "set budget c1 $600", Now);
        Last("ana").ShouldBeOfType<ConfirmCard>().Asks.ShouldBe("Raise the daily budget of Facebook installs US CA from $500 to $600?");
        (await BudgetAsync()).ShouldBe(A.Usd(500));

        await _bench.SayAsync("ana", "set budget c1 $400", Now);
        (await BudgetAsync()).ShouldBe(A.Usd(400));
    }

    [Theory]
    [InlineData("set budget c1 five hundred", "write it in digits")]
    [InlineData("set budget c1 1.000,50", "could mean $1,000.50 or $100,050")]
    [InlineData("set budget c1 15.000", "could mean $15 or $15,000")]
    [InlineData("set budget c1 -5", "below zero")]
    [InlineData("set bid c1 €9", "counts in USD")]
    public async Task An_amount_that_can_be_misread_is_refused_with_what_would_be_right(string line, string says)
    {
        await LiveAsync();

        await _bench.SayAsync("ana", line, Now);

        _bench.SeenBy("ana").ShouldHaveSingleItem().ShouldContain(says);
        (await BudgetAsync()).ShouldBe(A.Usd(500));
    }

    [Fact]
    public async Task Stop_everything_is_refused_to_a_marketer_and_pauses_at_once_for_on_call()
    {
        await LiveAsync();

        await _bench.SayAsync("ana", "stop everything", Now);
        _bench.SeenBy("ana")[^1].ShouldContain("needs On-call or Admin");

        await _bench.SayAsync("olga", "stop everything", Now);
        _bench.SeenBy("olga")[^1].ShouldContain("1 paused, 0 not confirmed");
        (await _bench.Core.Campaigns.FindAsync(new CampaignId("c-1"), Now))!.Status.ShouldBe(Automation.Campaigns.CampaignStatus.Stopped);
    }

    [Fact]
    public async Task Pausing_takes_a_reason_after_the_name()
    {
        await LiveAsync();

        await _bench.SayAsync("ana", "pause Facebook installs US CA sold out", Now);

        (await _bench.Core.Campaigns.FindAsync(new CampaignId("c-1"), Now))!.Because.ShouldBe("sold out");
    }

    private async Task LiveAsync()
    {
        var campaign = await _bench.Core.Campaigns.AddAsync(A.Campaign(), Now);
        _bench.Core.Network.Put(A.AtNetwork(campaign));
        await _bench.Core.SeenAsync(campaign);
    }

    private async Task<Money> BudgetAsync() => (await _bench.Core.Campaigns.FindAsync(new CampaignId("c-1"), Now))!.DailyBudget;

    private Task<Automation.Campaigns.Campaign> AddAsync(string id) => _bench.Core.Campaigns.AddAsync(A.Campaign(id: id), Now);

    private Task<PendingApproval> AskAsync() => _bench.Core.ApprovalStore.AddAsync(
        new PendingApproval(
            new ApprovalId("ap-1"), WorkspaceId.Local, new AdAccountId("meta"), ApprovalKind.Launch, "d-1", Digest.Of("shown"),
            "launch \"Facebook installs US CA\" at $1,500 a day", FakePeople.Ana.Id, A.Noon, ApprovalState.Waiting),
        Now);

    private async Task<int> DraftsAsync() => (await _bench.Core.Drafts.OfAsync(FakePeople.Ana.Id, Now)).Count;

    private async Task<bool> AnswerAsync(string person, bool yes, string? question) =>
        await _bench.Runner.TryAnswerAsync(await _bench.ContextAsync(_bench.Turn(person, "yes"), Now), yes, question, Now);

    private async Task PressAsync(string person, string verb, PendingApproval request)
    {
        var action = ChatBench.Press($"approval.{verb}", ("_target", request.Handle), ("_rev", request.Shown.Value));
        await _bench.Runner.TryPressAsync(verb, action, await _bench.ContextAsync(_bench.Turn(person, null, action), Now), Now);
    }

    private ICardView? Last(string person) => _bench.Channel.In(ConversationId.Local(new PersonId($"local:{person}")))[^1].Message.Card;
}
