using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Teams;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Teams;

/// <summary>Who sees the buttons of a request in a channel.</summary>
public sealed class TeamsAudienceTests : IAsyncLifetime
{
    private static readonly PersonId Slack = new("slack:U0ANA");

    private TeamsWire _wire = null!;
    private TeamsAudience _audience = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _wire = await TeamsWire.StartAsync(Cancel);
        await _wire.MeetAsync("a:ana", Cancel);
        _audience = new TeamsAudience(_wire.References, new TeamsMembers(_wire.Api, _wire.References, _wire.Settings, TimeProvider.System, NullLogger<TeamsMembers>.Instance), _wire.Roles, _wire.Requests);
        await AskAsync("ap-1", FakePeople.You.Id);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _wire.DisposeAsync();
    }

    [Theory]
    [InlineData("meta", true)]
    [InlineData("tiktok", false)]
    public async Task Whoever_may_decide_in_one_account_sees_the_buttons_of_its_requests_alone(string account, bool sees)
    {
        _wire.Roles.All.Add(Known(TeamsWire.Ana, Role.Viewer) with { AccountRoles = [new AccountRole(Role.Approver, new AdAccountId(account))] });

        (await _audience.DecidersAsync(Card(), Cancel)).ShouldBe(sees ? ["29:ana"] : []);
        (await _audience.MayDecideAsync(TeamsWire.Ana, Card(), Cancel)).ShouldBe(sees);
    }

    [Theory]
    [InlineData(Role.Approver, true)]
    [InlineData(Role.Viewer, false)]
    public async Task Whoever_has_their_role_from_another_chat_sees_them_too_unless_they_parted_themselves(Role here, bool sees)
    {
        _wire.Roles.All.Add(Known(Slack, Role.Approver) with { Also = [TeamsWire.Ana] });
        _wire.Roles.Whole[TeamsWire.Ana] = Known(TeamsWire.Ana, here) with { Also = [Slack] };

        (await _audience.DecidersAsync(Card(), Cancel)).ShouldBe(sees ? ["29:ana"] : []);
    }

    [Fact]
    public async Task Whoever_asks_sees_no_buttons_of_their_own_request()
    {
        await AskAsync("ap-2", TeamsWire.Ana);
        _wire.Roles.All.Add(Known(TeamsWire.Ana, Role.Approver));

        (await _audience.DecidersAsync(Card("a2"), Cancel)).ShouldBeEmpty();
        (await _audience.MayDecideAsync(TeamsWire.Ana, Card("a2"), Cancel)).ShouldBeFalse();
        (await _audience.MayDecideAsync(TeamsWire.Ana, Card(), Cancel)).ShouldBeTrue();
    }

    private Task AskAsync(string id, PersonId by) => _wire.Requests.AddAsync(
        new PendingApproval(new ApprovalId(id), WorkspaceId.Local, new AdAccountId("meta"), ApprovalKind.Raise, "c-1", Digest.Of("x"), "raise it", by, A.Noon, ApprovalState.Waiting),
        new Automation.Feed.AuditEntry(WorkspaceId.Local, null, null, by, "approval", "asked", []), Cancel);

    private static Person Known(PersonId id, Role role) => new(id, WorkspaceId.Local, id.Name, [role]);

    private static JsonObject Card(string target = "a1") => new()
    {
        ["body"] = new JsonArray(new JsonObject
        {
            ["type"] = "ActionSet",
            ["actions"] = new JsonArray(new JsonObject { ["type"] = "Action.Execute", ["verb"] = "approval.approve", ["data"] = new JsonObject { ["_target"] = target, ["_rev"] = "x" } }),
        }),
    };
}
