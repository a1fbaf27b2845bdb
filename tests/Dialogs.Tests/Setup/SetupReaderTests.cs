using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Chat.Places;
using ChatOpsCampaigns.Dialogs.Setup;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Setup;

/// <summary>Whom words mean that name who is called: somebody has money stopped, so that it is never somebody else of the same name.</summary>
public sealed class SetupReaderTests
{
    private static readonly PersonId Root = new("slack:U0ROOT");
    private static readonly PersonId Max = new("slack:U0MAX");
    private static readonly PersonId Night = new("slack:S0NIGHT");

    private readonly ChatBench _bench = new();
    private readonly FakeMembers _chat = new("slack") { Known = { [Max] = Named("Max M.") } };
    private readonly FakeChannel _channel = new("slack");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mention_is_whoever_it_names_and_nobody_who_is_called_so()
    {
        _chat.Known[new("slack:U0EVE")] = Named("U0MAX");

        var read = await ReadAsync("@U0MAX", OnCall("slack:U0EVE"), OnCall("slack:T0OTHER:U0MAX"));

        read.People.ShouldBe([Max]);
    }

    [Fact]
    public async Task A_name_is_of_the_same_chat_as_whoever_says_it_before_it_is_of_another()
    {
        _chat.Known[Max] = Named("Max");

        var read = await ReadAsync("@max", OnCall(Max.Value), OnCall("local:max"));

        read.People.ShouldBe([Max]);
    }

    [Fact]
    public async Task A_name_of_several_is_nobodys_and_their_ids_are_said()
    {
        _chat.Known[Max] = Named("Max");
        _chat.Known[new("slack:U0TOO")] = Named("max");

        var read = await ReadAsync("@max", OnCall(Max.Value), OnCall("slack:U0TOO"));

        read.People.ShouldBeNull();
        read.Problems.ShouldBe(["Several are called \"@max\": slack:U0MAX, slack:U0TOO. Say which by the id."]);
    }

    [Fact]
    public async Task Of_a_group_it_is_said_that_roles_are_given_to_people()
    {
        _channel.Groups.Add(Night);

        var read = await ReadAsync("@S0NIGHT", OnCall(Max.Value));

        read.People.ShouldBe([Night]);
        read.Beware.ShouldBe(["S0NIGHT is a group, and roles are given to people: whoever of it is to acknowledge needs On-call or Admin by name; an Admin gives it: \"people grant on-call @olga\"."]);
    }

    private static Member Named(string name) => new(name, Belongs: true);

    private static Person OnCall(string id) => new(new PersonId(id), WorkspaceId.Local, new PersonId(id).Name, [Role.OnCall]);

    private ChatDesk Chat() => new([_channel], _bench.Conversations, new Outbox(_bench.Core.Settings, _bench.Core.Machine), new Elsewhere(_bench.Conversations, _bench.Accounts, _bench.Shut, _bench.Shared), _bench.Core.Machine);

    private async Task<CalledRead> ReadAsync(string said, params IReadOnlyList<Person> onCall)
    {
        var people = new FakePeople([.. onCall]) { Chats = { _chat } };
        foreach (var person in onCall)
            _chat.Known.TryAdd(person.Id, Named(person.Id.Name));

        var reader = new SetupReader([new FakeRooms(), new FakeRooms("slack")], [_chat], people);
        var turn = new ChatTurn("t1", new ConversationId("slack/C0ADS/1.2"), Root, said, [], null, A.Noon);
        var context = new TurnContext(turn, await people.GetAsync(Root, Cancel), Chat());
        return await reader.CalledAsync(said, context, [new ConversationId("slack/C0ONCALL")], Cancel);
    }
}
