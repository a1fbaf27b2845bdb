using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat;
using ChatOpsCampaigns.Adapters.Chat.Teams;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Teams;

/// <summary>Who somebody is, by what Teams tells of them.</summary>
public sealed class TeamsMembersTests : IAsyncLifetime
{
    private const string User = "29:ana";
    private const string Ads = "19:ads@thread.tacv2";

    private readonly FakeTimeProvider _machine = new(A.Noon);
    private TeamsWire _wire = null!;
    private TeamsMembers _members = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private int Asked => _wire.Teams.Calls.Count(call => call.Contains("/members/", StringComparison.Ordinal));

    public async ValueTask InitializeAsync()
    {
        _wire = await TeamsWire.StartAsync(Cancel);
        await _wire.MeetAsync("a:ana", Cancel);
        _wire.Teams.Desk.Names[User] = "Ana  N.";
        _members = new TeamsMembers(_wire.Api, _wire.References, _wire.Settings, _machine, NullLogger<TeamsMembers>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _wire.DisposeAsync();
    }

    [Fact]
    public async Task Somebody_has_their_name_and_the_address_that_their_tenant_vouches_for()
    {
        _wire.Teams.Desk.Emails[User] = "ana@example.com";

        (await _members.AskAsync(TeamsWire.Ana, Cancel)).ShouldBe(new Member("Ana N.", Belongs: true) { Email = "ana@example.com" });
    }

    [Fact]
    public async Task Without_an_address_the_name_that_they_sign_in_with_is_one() =>
        (await _members.AskAsync(TeamsWire.Ana, Cancel)).ShouldNotBeNull().Email.ShouldBe("ana@tenant.example");

    [Fact]
    public async Task A_guest_has_no_address_so_that_nobody_is_joined_with_one()
    {
        _wire.Teams.Desk.Emails[User] = "ana@example.com";
        _wire.Teams.Desk.Guests[User] = true;

        (await _members.AskAsync(TeamsWire.Ana, Cancel)).ShouldBe(new Member("Ana N.", Belongs: false) { Unproven = "ana@example.com" });
    }

    [Theory]
    [InlineData("ana@tenant.example", "ana@tenant.example")]
    [InlineData("ana_example.com#EXT#@tenant.example", null)]
    [InlineData("ana", null)]
    public async Task An_address_of_another_domain_than_they_sign_in_with_is_vouched_for_by_nobody(string signsIn, string? vouched)
    {
        _wire.Teams.Desk.Emails[User] = "ceo@example.com";
        _wire.Teams.Desk.SignIns[User] = signsIn;

        (await _members.AskAsync(TeamsWire.Ana, Cancel)).ShouldBe(new Member("Ana N.", Belongs: true) { Email = vouched, Unproven = "ceo@example.com" });
    }

    [Fact]
    public async Task Whoever_left_belongs_no_longer_and_whoever_left_a_team_alone_still_does()
    {
        await _wire.MeetAsync(Ads, Cancel);
        _wire.Teams.Desk.Left[(Ads, User)] = true;
        (await _members.AskAsync(TeamsWire.Ana, Cancel)).ShouldNotBeNull().Belongs.ShouldBeTrue("they still talk to us alone");

        _wire.Teams.Desk.Left[("a:ana", User)] = true;
        _machine.Advance(TimeSpan.FromMinutes(11));

        (await _members.AskAsync(TeamsWire.Ana, Cancel)).ShouldBe(new Member(TeamsWire.Ana.Key, Belongs: false));
    }

    [Fact]
    public async Task Where_we_were_removed_others_are_asked_and_it_is_not_asked_again()
    {
        await _wire.MeetAsync(Ads, Cancel);
        _wire.Teams.RefuseNext(Ads, 403, "BotNotInConversationRoster");
        (await _members.AskAsync(TeamsWire.Ana, Cancel)).ShouldNotBeNull().Belongs.ShouldBeTrue("they talk to us alone");

        _machine.Advance(TimeSpan.FromMinutes(11));
        await _members.AskAsync(TeamsWire.Ana, Cancel);

        Asked.ShouldBe(3, "the team that was left is not asked any more");
        _wire.Teams.Calls.Count(call => call.Contains("/members/", StringComparison.Ordinal) && call.Contains("19", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Where_nobody_tells_of_them_it_is_not_known_whether_they_belong()
    {
        foreach (var place in new[] { Ads, "a:ana" })
            _wire.Teams.RefuseNext(place, 403, "BotNotInConversationRoster");

        await _wire.MeetAsync(Ads, Cancel);

        (await _members.AskAsync(TeamsWire.Ana, Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Whoever_left_altogether_belongs_no_longer_also_where_we_were_removed_from_their_team()
    {
        await _wire.MeetAsync(Ads, Cancel);
        _wire.Teams.RefuseNext(Ads, 403, "BotNotInConversationRoster");
        _wire.Teams.Desk.Left[("a:ana", User)] = true;

        (await _members.AskAsync(TeamsWire.Ana, Cancel)).ShouldNotBeNull().Belongs.ShouldBeFalse();
    }

    [Fact]
    public async Task Somebody_is_asked_about_once_in_ten_minutes_also_by_many_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _members.AskAsync(TeamsWire.Ana, Cancel)));
        _machine.Advance(TimeSpan.FromMinutes(9));
        await _members.AskAsync(TeamsWire.Ana, Cancel);
        Asked.ShouldBe(1);

        _machine.Advance(TimeSpan.FromMinutes(2));
        await _members.AskAsync(TeamsWire.Ana, Cancel);
        Asked.ShouldBe(2);
    }

    [Fact]
    public async Task When_Teams_does_not_say_what_was_heard_before_holds()
    {
        await _members.AskAsync(TeamsWire.Ana, Cancel);
        _wire.Teams.RefuseNext("a:ana", 400, "BadArgument");
        _machine.Advance(TimeSpan.FromMinutes(11));

        (await _members.AskAsync(TeamsWire.Ana, Cancel)).ShouldNotBeNull().Name.ShouldBe("Ana N.");
    }

    [Fact]
    public async Task Whoever_was_met_is_found_by_name_and_whoever_left_is_not()
    {
        await _members.AskAsync(TeamsWire.Ana, Cancel);
        _members.Called("ana n.").ShouldBe([TeamsWire.Ana]);

        _wire.Teams.Desk.Left[("a:ana", User)] = true;
        _machine.Advance(TimeSpan.FromMinutes(11));
        await _members.AskAsync(TeamsWire.Ana, Cancel);
        _members.Called("ana n.").ShouldBeEmpty();
    }

    [Fact]
    public async Task In_what_is_shown_people_of_every_chat_stand_by_name_and_buttons_keep_their_ids()
    {
        await _members.AskAsync(TeamsWire.Ana, Cancel);
        var names = new MemberNames([_members, new Others(_machine)]);

        names.Name($"{TeamsWire.Ana.Key} asked U0MAX").ShouldBe("Ana N. asked Max");
        names.Name($"{TeamsWire.Ana.Key} ({TeamsWire.Ana.Value})").ShouldBe($"Ana N. ({TeamsWire.Ana.Value})");
        names.Name(new JsonObject { ["text"] = "Approved by U0MAX", ["data"] = new JsonObject { ["text"] = "U0MAX" } }).ToJsonString().ShouldBe("""{"text":"Approved by Max","data":{"text":"U0MAX"}}""");
    }

    /// <summary>The people of another chat.</summary>
    private sealed class Others(TimeProvider machine) : HeardMembers(machine)
    {
        public override string Channel => "slack";

        public override string Name(string text) => text.Replace("U0MAX", "Max", StringComparison.Ordinal);

        protected override Task<Member?> FetchAsync(PersonId person) => Task.FromResult<Member?>(null);

        protected override void Note(PersonId person, Exception fault)
        {
        }
    }
}
