using ChatOpsCampaigns.Adapters.Chat.Teams;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Teams;

/// <summary>What Teams calls a conversation, as ours and back without loss.</summary>
public sealed class TeamsPlaceTests
{
    [Theory]
    [InlineData("a:1xyz-_A", true, "teams/a:1xyz-_A", true)]
    [InlineData("19:ads@thread.tacv2", false, "teams/19:ads@thread.tacv2", false)]
    [InlineData("19:ads@thread.tacv2;messageid=1767225600100", false, "teams/19:ads@thread.tacv2/1767225600100", false)]
    [InlineData("19:chat@thread.v2", false, "teams/19:chat@thread.v2", false)]
    [InlineData("personal-chat-id", true, "teams/~personal-chat-id", true)]
    [InlineData("19:a/b%2F~c@thread.v2", false, "teams/19:a%2Fb%252F%7Ec@thread.v2", false)]
    public void A_conversation_is_named_and_found_again(string id, bool isPersonal, string named, bool isDirect)
    {
        var place = TeamsPlace.OfActivity(id, isPersonal);

        place.Conversation.Value.ShouldBe(named);
        place.IsDirect.ShouldBe(isDirect);
        TeamsPlace.Of(new ConversationId(named)).ShouldBe(place);
        TeamsPlace.Of(new ConversationId(named)).Id.ShouldBe(id);
    }

    [Fact]
    public void What_is_answered_to_a_message_of_a_channel_is_its_thread() =>
        TeamsPlace.Of(new ConversationId("teams/19:ads@thread.tacv2").ThreadUnder(new MessageId("17"))).Id.ShouldBe("19:ads@thread.tacv2;messageid=17");

    [Fact]
    public void A_person_stands_for_a_conversation_that_is_not_known_yet()
    {
        var place = TeamsPlace.Of(new ConversationId("teams/@00000000-0000-0000-0000-00000000a1a1"));

        place.IsDirect.ShouldBeTrue();
        TeamsPeople.FindReader(place.Conversation).ShouldBe(TeamsWire.Ana);
        TeamsPeople.FindReader(new ConversationId("teams/a:1")).ShouldBeNull();
    }

    [Theory]
    [InlineData("slack/C1")]
    [InlineData("teams/")]
    [InlineData("teams/a/b/c")]
    public void What_is_no_conversation_of_Teams_is_refused(string id) => Should.Throw<ArgumentException>(() => TeamsPlace.Of(new ConversationId(id)));
}
