using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.People.Granting;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Bot.Composition;
using ChatOpsCampaigns.Bot.Options;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Configuration;

namespace ChatOpsCampaigns.Bot.Tests.Start;

/// <summary>Roles are given by configuration; a chat says whether somebody belongs to it at all.</summary>
public sealed class ConfiguredPeopleTests
{
    private static readonly PersonId Olga = new("chat:olga");
    private static readonly PersonId Stranger = new("chat:zoe");

    private readonly Chat _chat = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private WorkspacePeople People => new(
        ConfiguredPeople.Of(new PeopleOptions { Roles = new() { ["chat"] = new() { ["olga"] = [Role.OnCall] }, ["local"] = new() { ["ana"] = [Role.Marketer] } } }), new RosterBook(new MemorySettings()), [_chat]);

    [Fact]
    public async Task Somebody_with_a_role_is_taken_at_once_also_while_the_chat_says_nothing()
    {
        var olga = await People.GetAsync(Olga, Now);

        (olga.May(Permission.StopEverything), olga.Outside, _chat.Waited).ShouldBe((true, null, 0));
    }

    [Theory]
    [InlineData("", "", "you")]
    [InlineData("xoxb-1", "true", "you")]
    [InlineData("xoxb-1", "", null)]
    public void The_people_of_the_demonstration_count_beside_no_other_chat_unless_they_are_asked_for(string token, string defaults, string? known)
    {
        var settings = new Dictionary<string, string?> { ["People:Roles:slack:U0ROOT0000:0"] = "Admin", ["People:Defaults"] = defaults, ["Slack:BotToken"] = token, ["Slack:AppToken"] = token.Length > 0 ? "xapp-1" : "" };

        (PeopleOptions.From(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).Roles.GetValueOrDefault("local")?.Keys.FirstOrDefault()).ShouldBe(known);
    }

    [Fact]
    public void Beside_another_chat_somebody_has_to_be_named_as_admin()
    {
        var settings = new Dictionary<string, string?> { ["Slack:BotToken"] = "xoxb-1", ["Slack:AppToken"] = "xapp-1" };

        Should.Throw<InvalidOperationException>(() => PeopleOptions.From(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()))
            .Message.ShouldContain("name one by their id there, such as People:Roles:slack:U0123456789:0=Admin, or set People:Defaults=true");
    }

    [Theory]
    [InlineData("slak:U0123456789", "there is no chat \"slak\"; write local, slack or teams there")]
    [InlineData("slack:@robin", "open their profile in Slack, choose \"Copy member ID\"")]
    [InlineData("slack:robin", "open their profile in Slack, choose \"Copy member ID\"")]
    [InlineData("local:robin", "local:robin cannot be the only Admin beside Slack or Teams, because anybody who opens the local page may say that they are robin")]
    public void An_admin_whose_id_can_be_nobodys_is_none_and_it_is_said_what_would_be_right(string person, string says)
    {
        var settings = new Dictionary<string, string?> { ["Slack:BotToken"] = "xoxb-1", ["Slack:AppToken"] = "xapp-1", [$"People:Roles:{person}:0"] = "Admin" };

        var refusal = Should.Throw<InvalidOperationException>(() => PeopleOptions.From(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())).Message;

        refusal.ShouldContain(says);
        refusal.ShouldContain("People:Roles:slack:U0123456789:0");
    }

    [Theory]
    [InlineData("slack", "U0OLGA", "slack:U0ROOT,slack:U0OLGA")]
    [InlineData("local", "olga", "slack:U0ROOT")]
    public void Whoever_can_be_met_beside_slack_is_called(string chat, string person, string onCall)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Slack:BotToken"] = "xoxb-1", ["Slack:AppToken"] = "xapp-1", ["People:Roles:slack:U0ROOT:0"] = "Admin", ["People:Roles:slack:U0ROOT:1"] = "OnCall", [$"People:Roles:{chat}:{person}:0"] = "OnCall",
        };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();

        PeopleOptions.From(configuration).With(Role.OnCall, configuration).ShouldBe(onCall.Split(','), ignoreOrder: true);
    }

    [Fact]
    public async Task A_role_that_was_given_to_a_guest_is_none()
    {
        _chat.Says = new Member("Olga (agency)", Belongs: false);

        var olga = await People.GetAsync(Olga, Now);

        olga.Roles.ShouldBeEmpty();
        RoleTable.Refusal(Permission.See, "look", olga).ShouldStartWith("Guests, and people of other organisations, have no rights here.");
        (await People.WithRoleAsync(WorkspaceId.Local, Role.OnCall, Now)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Somebody_without_a_role_may_look_once_the_chat_says_that_they_belong()
    {
        _chat.Says = new Member("Zoe", Belongs: true);

        var zoe = await People.GetAsync(Stranger, Now);

        (zoe.Name, zoe.May(Permission.See), zoe.May(Permission.Draft)).ShouldBe(("Zoe", true, false));
    }

    [Fact]
    public async Task Somebody_of_whom_nothing_is_known_may_nothing()
    {
        var zoe = await People.GetAsync(Stranger, Now);

        zoe.May(Permission.See).ShouldBeFalse();
        zoe.Outside.ShouldNotBeNull().ShouldContain("Try again in a minute");
    }

    [Fact]
    public async Task The_browsers_people_are_asked_of_no_chat() =>
        (await People.GetAsync(new PersonId("local:zoe"), Now)).Roles.ShouldBe([Role.Viewer]);

    private sealed class Chat : IMembers
    {
        public Member? Says { get; set; }

        public int Waited { get; private set; }

        public string Channel => "chat";

        public Member? Known(PersonId person) => Says;

        public Task<Member?> AskAsync(PersonId person, CancellationToken cancellationToken)
        {
            Waited++;
            return Task.FromResult(Says);
        }
    }
}
