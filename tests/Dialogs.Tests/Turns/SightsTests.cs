using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat.Places;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Dialogs.Tests.Turns;

/// <summary>What is shown where somebody asks.</summary>
public sealed class SightsTests
{
    private static readonly AdAccountId Meta = A.Account().Id;
    private static readonly AdAccountId TikTok = A.Account("TikTok").Id;

    private readonly FakeAccounts _accounts = new(A.Account(), A.Account("TikTok"));
    private readonly FakeChannel _channel = new("slack")
    {
        IsRoom = place => place.Value.Contains("C0", StringComparison.Ordinal),
        RealmOf = id => id.Contains("T2", StringComparison.Ordinal) ? "slack/T2." : null,
    };

    private readonly FakeRooms _rooms = new("slack");

    private readonly MemorySettings _settings = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public SightsTests()
    {
        _accounts.Bind(new ChannelBinding(Meta, "slack/C0META", "", "", []));
        _accounts.Bind(new ChannelBinding(TikTok, "", "", "slack/T2.C0TIKTOK", []));
    }

    [Theory]
    [InlineData("slack/D0ANA", "slack:U0ANA", "meta tiktok")]
    [InlineData("slack/C0META", "slack:U0ANA", "meta")]
    [InlineData("slack/C0META/1.2", "slack:U0ANA", "meta")]
    [InlineData("slack/C0META", "slack:U0ADA", "meta")]
    [InlineData("slack/C0METAL", "slack:U0ANA", "meta tiktok")]
    [InlineData("slack/C0LUNCH", "slack:U0ANA", "meta tiktok")]
    [InlineData("slack/T2.C0TIKTOK", "slack:T2:U0ANA", "tiktok")]
    [InlineData("slack/T2.C0META", "slack:T2:U0ANA", "")]
    [InlineData("slack/T2.C0LUNCH", "slack:T2:U0ADA", "")]
    [InlineData("slack/T2.D0ANA", "slack:T2:U0ANA", "tiktok")]
    [InlineData("slack/T2.D0ADA", "slack:T2:U0ADA", "meta tiktok")]
    public async Task A_channel_shows_its_own_accounts_and_people_of_another_workspace_see_those_of_its_channels(string place, string person, string sees)
    {
        var there = await Sights().GetAsync(new PersonId(person), new ConversationId(place), Now);

        new[] { Meta, TikTok }.Where(account => there.Sees(account)).Select(account => account.Value.ToLowerInvariant()).ShouldBe(sees.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Whoever_looks_in_alone_sees_what_their_direct_conversation_shows()
    {
        (await Sights().AloneAsync(new PersonId("slack:T2:U0ANA"), Now)).Sees(Meta).ShouldBeFalse();
        (await Sights().AloneAsync(new PersonId("slack:U0ANA"), Now)).Sees(Meta).ShouldBeTrue();
        (await Sights().AloneAsync(new PersonId("slack:T2:U0ADA"), Now)).Sees(Meta).ShouldBeTrue();
    }

    [Fact]
    public async Task Where_every_account_is_bound_nothing_is_left_out()
    {
        _accounts.Bind(new ChannelBinding(TikTok, "slack/C0META", "", "", []));

        (await Sights().GetAsync(new PersonId("slack:U0ANA"), new ConversationId("slack/C0META"), Now)).Sight.ShouldBeNull();
    }

    [Theory]
    [InlineData("slack/C0LUNCH", "")]
    [InlineData("slack/C0LUNCH/1.2", "")]
    [InlineData("slack/C0META", "meta")]
    [InlineData("slack/D0ANA", "meta tiktok")]
    public async Task A_channel_that_another_organisation_reads_shows_nothing_where_no_account_is_bound_to_it_and_says_why(string place, string sees)
    {
        _rooms.Strangers = _ => "Others read this channel.";

        var there = await Sights().GetAsync(new PersonId("slack:U0ANA"), new ConversationId(place), Now);

        new[] { Meta, TikTok }.Where(account => there.Sees(account)).Select(account => account.Value.ToLowerInvariant()).ShouldBe(sees.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        there.Blind.ShouldBe(sees.Length == 0 ? "Others read this channel." : null);
    }

    [Fact]
    public async Task A_channel_that_became_shared_after_an_account_was_bound_to_it_shows_nothing_until_it_is_ours_again()
    {
        var before = await ThereAsync();
        _rooms.Strangers = _ => "Others read this channel.";
        var shared = await ThereAsync();
        _rooms.Strangers = _ => null;
        var after = await ThereAsync();

        new[] { before, shared, after }.Select(there => (there.Sees(Meta), there.Sees(TikTok), there.Blind)).ShouldBe(
            [(true, false, null), (false, false, SharedRooms.Became), (true, false, null)]);
    }

    [Fact]
    public async Task A_channel_that_was_named_in_the_chat_was_ours_alone_then()
    {
        _accounts.Bind(new ChannelBinding(Meta, "slack/C0META", "", "", []) { OursAlone = ["slack/C0META"] });
        _rooms.Strangers = _ => "Others read this channel.";

        (await ThereAsync()).Blind.ShouldBe(SharedRooms.Became);
    }

    [Fact]
    public async Task One_that_was_taken_out_of_the_configuration_and_put_in_again_is_bound_knowingly()
    {
        await ThereAsync();
        _rooms.Strangers = _ => "Others read this channel.";
        _accounts.Bind(new ChannelBinding(Meta, "", "", "", []));
        await ThereAsync();
        _accounts.Bind(new ChannelBinding(Meta, "slack/C0META", "", "", []));

        (await ThereAsync()).Blind.ShouldBeNull();
    }

    /// <summary>Each time after a restart.</summary>
    private Task<Person> ThereAsync() => Sights().GetAsync(new PersonId("slack:U0ANA"), new ConversationId("slack/C0META/1.2"), Now);

    [Theory]
    [InlineData("slack:U0ANA", "slack:U0ANA", true)]
    [InlineData("slack:T2:U0ANA", "slack:U0ANA", true)]
    [InlineData("slack:U0ANA", "slack:U0MAX", false)]
    [InlineData("slack:ana", "local:ana", false)]
    public void Somebody_in_two_workspaces_of_one_chat_is_one_person(string one, string other, bool same) => new PersonId(one).IsSamePerson(new PersonId(other)).ShouldBe(same);

    private Sights Sights()
    {
        var ada = new Person(new PersonId("slack:T2:U0ADA"), WorkspaceId.Local, "ada", [Role.Admin]);
        var core = new Bench();
        var conversations = new MemoryConversations();
        var shared = new SharedRooms(_accounts, [_rooms], _settings, NullLogger<SharedRooms>.Instance);
        var elsewhere = new Elsewhere(conversations, _accounts, new ShutPlaces(_accounts, core.Campaigns), shared);
        var chat = new ChatDesk([_channel], conversations, new Outbox(core.Settings, core.Machine), elsewhere, core.Machine);
        return new Sights(new FakePeople(ada, ada with { Id = new PersonId("slack:U0ADA") }), _accounts, chat, shared);
    }
}
