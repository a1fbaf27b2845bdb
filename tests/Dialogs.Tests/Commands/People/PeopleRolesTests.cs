using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.People.Granting;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Commands.People;

/// <summary>Roles that are given and taken in the chat, over those of the configuration.</summary>
public sealed class PeopleRolesTests
{
    private static readonly PersonId Ana = new("local:ana");
    private static readonly PersonId Stranger = new("chat:U0ZOE");

    private readonly ChatBench _bench = new();
    private readonly KnownChat _chat = new();

    public PeopleRolesTests() => _bench.Core.People.Chats.Add(_chat);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("people grant approver ana", "ana (local:ana) is Approver from now on.")]
    [InlineData("people grant On-Call to @ana", "ana (local:ana) is On-call from now on.")]
    [InlineData("people grant OnCall local:ana", "ana (local:ana) is On-call from now on.")]
    [InlineData("people grant approver chat:U0ZOE", "Zoe (chat:U0ZOE) is Approver from now on.")]
    [InlineData("people grant approver Zoe", "Zoe (chat:U0ZOE) is Approver from now on.")]
    [InlineData("people grant approver ana for meta", "ana (local:ana) is Approver for meta from now on.")]
    public async Task A_role_is_given_in_one_line(string line, string says) => (await SaidAsync("you", line)).ShouldBe(says);

    [Theory]
    [InlineData("people grant boss ana", "\"boss\" is no role: say marketer, approver, on-call or admin, then whom. Nothing was changed.")]
    [InlineData("people grant approver eve", "I know nobody called \"eve\". Name them as your chat does, such as @ana, or by their id, such as slack:U0123; known here are ana, max, olga, robin. Nothing was changed.")]
    [InlineData("people grant approver", "Say whom, as your chat does, such as @ana, or by their id, such as slack:U0123. Nothing was changed.")]
    [InlineData("people grant approver ana for bing", "There is no ad account \"bing\": name one of meta, tiktok. Nothing was changed.")]
    [InlineData("people grant admin ana for meta", "Admin is of the whole workspace and of no single account. Nothing was changed.")]
    [InlineData("people grant viewer ana", "Everybody of the team may look without being given anything. Nothing was changed.")]
    [InlineData("people grant marketer ana", "ana (local:ana) is Marketer already; nothing was changed.")]
    [InlineData("people grant approver chat:U0GUEST", "Guest (chat:U0GUEST) is a guest, of another organisation, or has left, and may do nothing here. Nothing was changed.")]
    [InlineData("people grant approver chat:U0MUTE", "The chat does not say who chat:U0MUTE is just now: whoever it is may have to write to me once. Say it again then. Nothing was changed.")]
    [InlineData("people grant approver teams:1", "teams:1 is of no chat that is set up here; write local:<name> or chat:<id>. Nothing was changed.")]
    [InlineData("people revoke admin you", "robin (local:you) is Admin in the configuration (People:Roles:local:you), and it is taken there alone. Nothing was changed.")]
    [InlineData("people revoke approver ana", "ana (local:ana) is not Approver but Marketer. Nothing was changed.")]
    public async Task What_cannot_be_is_answered_with_what_would_be_right(string line, string says)
    {
        (await SaidAsync("you", line)).ShouldBe(says);

        _bench.Core.Audit.All.ShouldNotContain(entry => entry.Kind == "role");
    }

    [Theory]
    [InlineData("people")]
    [InlineData("people grant admin ana")]
    [InlineData("people revoke marketer ana")]
    public async Task Only_an_admin_may(string line)
    {
        foreach (var person in new[] { "ana", "max", "olga", "stranger" })
            (await SaidAsync(person, line)).ShouldContain("needs Admin; you are");
    }

    [Fact]
    public async Task What_is_given_counts_at_once_in_the_checks_and_on_the_help_card()
    {
        HelpCard.For(await PersonAsync(Ana), _bench.Catalogue).Fallback.ShouldNotContain("approve a1");

        await SaidAsync("you", "people grant approver ana");

        (await PersonAsync(Ana)).May(Permission.Approve).ShouldBeTrue();
        HelpCard.For(await PersonAsync(Ana), _bench.Catalogue).Fallback.ShouldContain("approve a1");
        (await SaidAsync("ana", "who am i")).ShouldStartWith("You are ana (local:ana): Marketer and Approver.");
    }

    [Fact]
    public async Task What_was_given_and_taken_is_on_record_and_holds_after_a_restart()
    {
        await SaidAsync("you", "people grant approver ana for meta");
        await SaidAsync("you", "people revoke marketer ana");

        var after = new WorkspacePeople(_bench.Core.People.Configured, new RosterBook(_bench.Core.Settings), []);

        RoleTable.Said(await after.GetAsync(Ana, Cancel)).ShouldBe("Viewer and Approver for meta");
        _bench.Core.Audit.All.Where(entry => entry.Kind == "role").Select(entry => (entry.Actor, entry.Says)).ShouldBe(
            [(new PersonId("local:you"), "gave local:ana the role Approver for meta"), (new PersonId("local:you"), "took the role Marketer from local:ana")]);
    }

    [Fact]
    public async Task A_configured_role_that_was_taken_is_given_again()
    {
        (await SaidAsync("you", "people revoke marketer ana")).ShouldBe("ana (local:ana) is no longer Marketer.");
        (await SaidAsync("you", "people")).ShouldContain("- ana (local:ana): Marketer of the configuration was taken by robin");

        (await SaidAsync("you", "people grant marketer @ana")).ShouldBe("ana (local:ana) is Marketer from now on.");

        (await SaidAsync("you", "people")).ShouldContain("- ana (local:ana): Marketer, from the configuration");
    }

    [Fact]
    public async Task An_admin_of_the_chat_is_taken_back_and_the_last_one_is_not()
    {
        var people = new FakePeople(FakePeople.Ana);
        var admin = FakePeople.Local("eva", Role.Admin);
        var desk = new PeopleDesk(people.Roster, people.Configured, people, TimeProvider.System);
        await desk.GrantAsync(admin, Ana, Role.Admin, null, Cancel);

        (await desk.RevokeAsync(admin, Ana, Role.Admin, null, Cancel)).ShouldStartWith("ana (local:ana) is the only Admin, and nobody could give a role any more.");

        await desk.GrantAsync(admin, new PersonId("local:max"), Role.Admin, null, Cancel);
        (await desk.RevokeAsync(admin, Ana, Role.Admin, null, Cancel)).ShouldBe("ana (local:ana) is no longer Admin.");
    }

    [Fact]
    public async Task Two_people_of_one_name_are_told_apart_by_their_ids()
    {
        await SaidAsync("you", "people grant marketer local:zoe");

        (await SaidAsync("you", "people grant approver zoe")).ShouldBe("Several are called \"zoe\": local:zoe, chat:U0ZOE. Say which by the id. Nothing was changed.");
    }

    [Fact]
    public async Task The_list_says_who_has_what_and_from_where()
    {
        await SaidAsync("you", "people grant approver ana for meta");

        var list = await SaidAsync("you", "people");

        list.ShouldStartWith("4 people have roles; everybody else of the team looks.");
        list.ShouldContain("- ana (local:ana): Marketer, from the configuration; Approver for meta, given by robin");
        list.ShouldContain("- robin (local:you): Admin, from the configuration");
    }

    [Fact]
    public async Task A_role_for_one_account_counts_for_that_account_alone()
    {
        await SaidAsync("you", "people grant approver stranger");
        await SaidAsync("you", "people grant approver local:stranger for meta");
        var (ours, theirs) = (await AskedAsync("meta"), await AskedAsync("tiktok"));
        var stranger = await PersonAsync(new PersonId("local:stranger"));

        (await DecideAsync(theirs, stranger)).ShouldBe("Only Approver or Admin may decide this; you are Viewer and Approver for meta.");
        (await DecideAsync(ours, stranger)).ShouldBe("Rejected.");
    }

    [Fact]
    public async Task A_role_for_one_account_opens_only_what_is_of_that_account()
    {
        var campaign = A.Campaign() with { Handle = "c1" };
        var other = A.Campaign() with { Id = new CampaignId("c-other"), Handle = "c2", Spec = campaign.Spec with { Name = "Another", Account = new AdAccountId("tiktok") } };
        _bench.Core.Campaigns.With(campaign);
        _bench.Core.Campaigns.With(other);
        await SaidAsync("you", "people grant marketer local:stranger for meta");

        (await SaidAsync("stranger", "take over c2")).ShouldBe("\"take over\" needs Marketer, Approver, On-call or Admin; you are Viewer and Marketer for meta. Nothing was changed.");
        (await SaidAsync("stranger", "take over c1")).ShouldContain("taken over");
        (await SaidAsync("stranger", "stop everything")).ShouldContain("you are Viewer and Marketer for meta");
        HelpCard.For(await PersonAsync(new PersonId("local:stranger")), _bench.Catalogue).Fallback.ShouldContain("pause c1");
    }

    private async Task<PendingApproval> AskedAsync(string account) => await _bench.Core.Approvals.RequestAsync(
        new PendingApproval(
            ApprovalId.New(), WorkspaceId.Local, new AdAccountId(account), ApprovalKind.Launch, account, Digest.Of(account), $"launch in {account}", Ana, A.Noon, ApprovalState.Waiting),
        Cancel);

    private async Task<string> DecideAsync(PendingApproval asked, Person by) => await _bench.Core.Approvals.DecideAsync(asked.Id, by, false, asked.Shown, null, Cancel) switch
    {
        ApprovalAnswer.Decided decided => decided.Says,
        ApprovalAnswer.Refused refused => refused.Says,
        _ => "",
    };

    private Task<Person> PersonAsync(PersonId person) => _bench.Core.People.GetAsync(person, Cancel);

    private async Task<string> SaidAsync(string person, string line)
    {
        await _bench.SayAsync(person, line, Cancel);
        return _bench.SeenBy(person)[^1];
    }
}
