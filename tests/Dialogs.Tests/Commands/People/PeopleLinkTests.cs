using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.People.Granting;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Commands.People;

/// <summary>The same human being in two chats: by a code, or by the address that both chats vouch for.</summary>
public sealed partial class PeopleLinkTests
{
    private const string Wrong = "That is no linking code, or its 10 minutes are over. Say \"people link\" in your other chat for a new one. Nothing was changed.";

    private static readonly PersonId Ana = new("local:ana");
    private static readonly PersonId Max = new("local:max");

    private readonly ChatBench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_code_joins_two_people_who_have_the_roles_of_both_then()
    {
        var code = await CodeAsync("ana");

        (await SaidAsync("max", $"people link {code.ToLowerInvariant()}")).ShouldStartWith("You are local:max and local:ana from now on: one person, with the roles of both");

        RoleTable.Said(await PersonAsync(Ana)).ShouldBe("Marketer and Approver");
        _bench.SeenBy("ana")[^1].ShouldStartWith("Your linking code was used: you are one person with local:max now.");
        (await SaidAsync("you", "people")).ShouldContain("- ana (local:ana, local:max): Marketer, from the configuration");
    }

    [Fact]
    public async Task Who_is_joined_never_approves_their_own_request_from_the_other_chat_nor_after_parting_themselves()
    {
        await SaidAsync("max", $"people link {await CodeAsync("ana")}");
        (await ApproveAsync(Max)).ShouldBe("You asked for this yourself; a second person has to approve it.");

        (await SaidAsync("max", "people unlink")).ShouldStartWith("Your roles of other chats no longer count here. For approvals you stay one person");

        RoleTable.Said(await PersonAsync(Max)).ShouldBe("Approver");
        (await ApproveAsync(Max)).ShouldBe("You asked for this yourself; a second person has to approve it.");
    }

    [Fact]
    public async Task Another_admin_parts_whoever_was_joined_by_mistake_and_nobody_parts_themselves()
    {
        await SaidAsync("max", $"people link {await CodeAsync("ana")}");
        (await SaidAsync("ana", "people unlink max")).ShouldStartWith("Only Admin may part others");

        (await SaidAsync("you", "people unlink local:max")).ShouldBe("local:max is a person of their own again.");
        (await PersonAsync(Max)).Also.ShouldBeEmpty();

        await SaidAsync("you", $"people link {await CodeAsync("max")}");
        (await SaidAsync("you", "people unlink max")).ShouldStartWith("Nobody parts themselves for approvals");
    }

    [Fact]
    public async Task A_code_counts_once_and_ten_minutes()
    {
        var code = await CodeAsync("ana");
        await SaidAsync("max", $"people link {code}");
        (await SaidAsync("olga", $"people link {code}")).ShouldBe(Wrong);

        var late = await CodeAsync("ana");
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(10));
        (await SaidAsync("olga", $"people link {late}")).ShouldBe(Wrong);
    }

    [Fact]
    public async Task A_new_code_ends_the_one_before_and_ones_own_joins_nobody()
    {
        var (first, second) = (await CodeAsync("ana"), await CodeAsync("ana"));

        (await SaidAsync("max", $"people link {first}")).ShouldBe(Wrong);
        (await SaidAsync("ana", $"people link {second}")).ShouldStartWith("That is the code that you were given here");
    }

    [Fact]
    public async Task After_five_wrong_codes_within_an_hour_none_is_looked_at_also_after_a_restart()
    {
        var code = await CodeAsync("ana");
        for (var tried = 0; tried < LinkDesk.MostWrong; tried++)
            (await SaidAsync("max", "people link ABCDEFGH")).ShouldBe(Wrong);

        (await SaidAsync("max", $"people link {code}")).ShouldBe("That were 5 wrong codes within an hour. Try again in 60 min. Nothing was changed.");
        var restarted = new LinkDesk(new RosterBook(_bench.Core.Settings), _bench.Core.Ticking);
        (await restarted.JoinAsync(await PersonAsync(Max), code, Cancel)).Joined.ShouldBeNull();

        (await SaidAsync("olga", $"people link {code}")).ShouldStartWith("You are local:olga and local:ana");
    }

    [Fact]
    public async Task Neither_the_code_nor_what_was_tried_is_kept_in_clear()
    {
        var code = await CodeAsync("ana");
        var kept = System.Text.Json.JsonSerializer.Serialize(await _bench.Core.People.Roster.AllAsync(Cancel));
        await SaidAsync("max", $"people link {code}");

        kept.ShouldNotContain(code);
        _bench.Core.Audit.All.ShouldNotContain(entry => entry.Says.Contains(code) || entry.Facts.ToJsonString().Contains(code));
        _bench.Core.Audit.All.Where(entry => entry.Kind == "link").Select(entry => entry.Says).ShouldBe(
            ["local:ana asked for a linking code", "local:max and local:ana are one person, by a linking code"]);
    }

    [Theory]
    [InlineData("ana@example.com", "ANA@example.com ", "You asked for this yourself; a second person has to approve it.")]
    [InlineData("ana@example.com", "max@example.com", "decided")]
    [InlineData("ana@example.com", null, "decided")]
    public async Task The_address_that_two_chats_vouch_for_makes_one_person(string one, string? other, string says)
    {
        Chats(one, other);

        (await ApproveAsync(new PersonId("teams:a1"), new PersonId("slack:U0ANA"))).ShouldBe(says);

        (await PersonAsync(new PersonId("teams:a1"))).May(Permission.Launch).ShouldBeTrue();
        (await PersonAsync(new PersonId("slack:U0ANA"))).May(Permission.Approve).ShouldBe(says != "decided");
    }

    [Fact]
    public async Task A_chat_that_does_not_answer_lets_nobody_through_who_could_be_the_same()
    {
        var (slack, _) = Chats("ana@example.com", "ana@example.com");
        slack.IsSilent = true;

        (await ApproveAsync(new PersonId("teams:a1"), new PersonId("slack:U0ANA"))).ShouldBe(
            "A chat does not say just now whether you and slack:U0ANA, who asked for this, are two people. Nothing was changed; say it again in a minute.");
        (await ApproveAsync(Max, new PersonId("slack:U0ANA"))).ShouldBe("decided");
    }

    private (KnownChat Slack, KnownChat Teams) Chats(string one, string? other)
    {
        var (slack, teams) = (new KnownChat("slack"), new KnownChat("teams"));
        slack.People["U0ANA"] = new Member("Ana", Belongs: true) { Email = one };
        teams.People["a1"] = new Member("Ana S.", Belongs: true) { Email = other };
        _bench.Core.People.Chats.AddRange([slack, teams]);
        var admin = FakePeople.You;
        var desk = new PeopleDesk(_bench.Core.People.Roster, _bench.Core.People.Configured, _bench.Core.People, _bench.Core.Ticking);
        desk.GrantAsync(admin, new PersonId("slack:U0ANA"), Role.Marketer, null, Cancel).GetAwaiter().GetResult();
        desk.GrantAsync(admin, new PersonId("teams:a1"), Role.Approver, null, Cancel).GetAwaiter().GetResult();
        return (slack, teams);
    }

    private async Task<string> ApproveAsync(PersonId by, PersonId? asks = null)
    {
        var asked = await _bench.Core.Approvals.RequestAsync(
            new PendingApproval(
                ApprovalId.New(), WorkspaceId.Local, null, ApprovalKind.Launch, ApprovalId.New().Value, Digest.Of("it"), "launch it", asks ?? Ana, A.Noon, ApprovalState.Waiting)
            {
                Details = System.Text.Json.JsonSerializer.Serialize(A.Draft()),
            },
            Cancel);
        return await _bench.Core.Approvals.DecideAsync(asked.Id, await PersonAsync(by), true, asked.Shown, null, Cancel) is ApprovalAnswer.Refused refused && !refused.Says.StartsWith("The draft was", StringComparison.Ordinal)
            ? refused.Says
            : "decided";
    }

    private async Task<string> CodeAsync(string person) => Code().Match(await SaidAsync(person, "people link")).Groups["code"].Value;

    private Task<Person> PersonAsync(PersonId person) => _bench.Core.People.GetAsync(person, Cancel);

    private async Task<string> SaidAsync(string person, string line)
    {
        await _bench.SayAsync(person, line, Cancel);
        return _bench.SeenBy(person)[^1];
    }

    [GeneratedRegex("people link (?<code>[A-Z2-9]{8})\"")]
    private static partial Regex Code();
}
