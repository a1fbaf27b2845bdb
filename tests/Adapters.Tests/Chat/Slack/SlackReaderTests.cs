using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Slack;

/// <summary>What of all that Slack sends is ours, and whose words it is.</summary>
public sealed class SlackReaderTests
{
    private static readonly SlackSelf Self = new("T0CAMP001", "U0BOT", "B0BOT");
    private static readonly SlackSelf Other = new("T2", "U0BOT", "B0BOT", IsOwn: false);
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1767225600);

    [Fact]
    public void A_direct_message_is_said_in_its_own_conversation()
    {
        var said = Event("""{"type":"message","channel":"D0ANA","user":"U0ANA","text":"new campaign","ts":"1.2"}""").ShouldBeOfType<SlackNews.Said>();

        (said.Turn.Id, said.Turn.Conversation.Value, said.Turn.Person.Value, said.Turn.Text, said.InOurThread)
            .ShouldBe(("slack/T0CAMP001/D0ANA/1.2", "slack/D0ANA", "slack:U0ANA", "new campaign", false));
    }

    [Fact]
    public void A_mention_begins_a_thread_of_its_own()
    {
        var said = Event("""{"type":"app_mention","channel":"C0ADS","user":"U0ANA","text":"<@U0BOT> new campaign","ts":"1.2"}""").ShouldBeOfType<SlackNews.Said>();

        (said.Turn.Conversation.Value, said.Turn.Text).ShouldBe(("slack/C0ADS/1.2", "new campaign"));
    }

    [Fact]
    public void A_reply_in_a_thread_counts_where_we_take_part()
    {
        var said = Event("""{"type":"message","channel":"C0ADS","user":"U0ANA","text":"resume","ts":"1.3","thread_ts":"1.2"}""").ShouldBeOfType<SlackNews.Said>();

        (said.Turn.Conversation.Value, said.InOurThread, said.Turn.About!.Value.Value).ShouldBe(("slack/C0ADS/1.2", true, "1.2"));
    }

    [Fact]
    public void The_same_words_as_mention_and_as_message_are_one_turn()
    {
        Event("""{"type":"message","channel":"C0ADS","user":"U0ANA","text":"<@U0BOT> status","ts":"1.2"}""").ShouldBeNull();
        Event("""{"type":"message","channel":"C0ADS","user":"U0ANA","text":"<@U0BOT> status","ts":"1.3","thread_ts":"1.2"}""").ShouldBeNull();
        Event("""{"type":"app_mention","channel":"D0ANA","user":"U0ANA","text":"<@U0BOT> status","ts":"1.4"}""").ShouldBeNull();
    }

    [Fact]
    public void Who_is_named_in_a_command_is_known_by_the_id_whatever_stands_beside_it()
    {
        var form = """{"command":"/campaign","team_id":"T0CAMP001","channel_id":"C0ADS","user_id":"U0ANA","trigger_id":"1.2.3","text":"people grant approver <@U0MAX|max> for <#C0ADS|ads>"}""";

        SlackReader.Read(JsonNode.Parse(form)!.AsObject(), Self, At).ShouldBeOfType<SlackNews.Commanded>().Turn.Text.ShouldBe("people grant approver @U0MAX for #C0ADS");
    }

    [Fact]
    public void Dropped_files_come_with_the_words_beside_them()
    {
        var said = Event("""{"type":"message","subtype":"file_share","channel":"D0ANA","user":"U0ANA","text":"here","ts":"1.2","files":[{"id":"F1","name":"a.png","size":5},{"id":"F2","title":"b"},{"name":"lost"}]}""").ShouldBeOfType<SlackNews.Said>();

        said.Turn.Files.Select(file => (file.Name, file.Reference, file.Bytes)).ShouldBe([("a.png", "T0CAMP001/F1", 5L), ("b", "T0CAMP001/F2", (long?)null)]);
    }

    [Fact]
    public void People_of_another_organisation_in_a_shared_channel_are_passed_over()
    {
        Event("""{"type":"app_mention","channel":"C0SHARED","user":"U0EVE","user_team":"T0OTHER","text":"<@U0BOT> status","ts":"1.2"}""").ShouldBeNull();
        SlackReader.Read(
            JsonNode.Parse("""{"type":"block_actions","team":{"id":"T0CAMP001"},"user":{"id":"U0EVE","team_id":"T0OTHER"},"channel":{"id":"C0SHARED"},"actions":[{"value":"k1.0","action_ts":"1.2"}]}""")!.AsObject(), Self, At).ShouldBeNull();
        Event("""{"type":"app_mention","channel":"C0SHARED","user":"U0EVE","team":"T0OTHER","text":"<@U0BOT> status","ts":"1.2"}""").ShouldBeNull();
        Event("""{"type":"message","channel":"C0SHARED","user":"U0EVE","source_team":"T0OTHER","text":"stop everything","ts":"1.3","thread_ts":"1.2"}""").ShouldBeNull();
        Event("""{"type":"app_home_opened","user":"U0EVE","tab":"home","team":"T0OTHER"}""").ShouldBeNull();
        Event("""{"type":"app_mention","channel":"C0SHARED","user":"U0ANA","user_team":"T0CAMP001","text":"<@U0BOT> status","ts":"1.3"}""").ShouldNotBeNull();
    }

    [Theory]
    [InlineData("""{"type":"message","channel":"D0ANA","user":"U0BOT","text":"I","ts":"1.2"}""")]
    [InlineData("""{"type":"message","channel":"D0ANA","user":"U0OTHER","bot_id":"B9","text":"I","ts":"1.2"}""")]
    [InlineData("""{"type":"message","subtype":"bot_message","channel":"D0ANA","text":"I","ts":"1.2"}""")]
    [InlineData("""{"type":"message","channel":"D0ANA","user":"USLACKBOT","text":"I","ts":"1.2"}""")]
    [InlineData("""{"type":"message","subtype":"message_changed","channel":"D0ANA","user":"U0ANA","ts":"1.2","message":{"text":"launch"}}""")]
    [InlineData("""{"type":"message","subtype":"message_deleted","channel":"D0ANA","user":"U0ANA","ts":"1.2"}""")]
    [InlineData("""{"type":"message","subtype":"channel_join","channel":"C0ADS","user":"U0ANA","ts":"1.2"}""")]
    [InlineData("""{"type":"message","channel":"C0ADS","user":"U0ANA","text":"stop everything","ts":"1.2"}""")]
    [InlineData("""{"type":"message","channel":"D0ANA","user":7,"text":"I","ts":"1.2"}""")]
    [InlineData("""{"type":"message","channel":"D0ANA","user":"U0ANA","text":"I"}""")]
    [InlineData("""{"type":"reaction_added","user":"U0ANA"}""")]
    [InlineData("""{"type":"app_home_opened","user":"U0ANA","tab":"messages"}""")]
    [InlineData("""{}""")]
    public void What_is_none_of_ours_is_passed_over(string happened) => Event(happened).ShouldBeNull();

    [Theory]
    [InlineData("""{"ts":"1.2","user":"U0MAX","files":[{"id":"F1","name":"a.png","size":5}]}""", "slack/C0ADS/1.2")]
    [InlineData("""{"ts":"1.3","thread_ts":"1.1","user":"U0MAX","files":[{"id":"F1","name":"a.png","size":5}]}""", "slack/C0ADS/1.1")]
    public void A_message_that_is_used_as_creative_brings_its_files_as_whoever_chose_it(string message, string place)
    {
        var chosen = SlackReader.Read(
            JsonNode.Parse($$$"""{"type":"message_action","callback_id":"use_as_creative","trigger_id":"t1","team":{"id":"T0CAMP001"},"user":{"id":"U0ANA"},"channel":{"id":"C0ADS"},"message":{{{message}}}}""")!.AsObject(), Self, At)
            .ShouldBeOfType<SlackNews.Chosen>();

        (chosen.On!.Conversation.Value, chosen.Turn.Id, chosen.Turn.Person.Value).ShouldBe((place, "slack/T0CAMP001/shortcut/t1", "slack:U0ANA"));
        chosen.Turn.Files.ShouldHaveSingleItem().Reference.ShouldBe("T0CAMP001/F1");
    }

    [Theory]
    [InlineData("""{"type":"message_action","callback_id":"of_another_app","trigger_id":"t1","team":{"id":"T0CAMP001"},"user":{"id":"U0ANA"},"channel":{"id":"C0ADS"},"message":{"ts":"1.2"}}""")]
    [InlineData("""{"type":"message_action","callback_id":"use_as_creative","trigger_id":"t1","team":{"id":"T0CAMP001"},"user":{"id":"U0EVE","team_id":"T0OTHER"},"channel":{"id":"C0ADS"},"message":{"ts":"1.2"}}""")]
    [InlineData("""{"type":"shortcut","callback_id":"launch","trigger_id":"t1","team":{"id":"T0CAMP001"},"user":{"id":"U0ANA"}}""")]
    public void Shortcuts_of_others_and_by_strangers_are_passed_over(string payload) => SlackReader.Read(JsonNode.Parse(payload)!.AsObject(), Self, At).ShouldBeNull();

    [Fact]
    public void A_press_brings_its_token_and_every_input_in_the_words_of_a_form()
    {
        var pressed = Read("""
            {"type":"block_actions","team":{"id":"T0CAMP001"},"user":{"id":"U0ANA"},"trigger_id":"9.8",
             "container":{"type":"message","message_ts":"1.2","channel_id":"C0ADS"},"channel":{"id":"C0ADS"},"response_url":"https://hooks.slack.com/x",
             "state":{"values":{"a":{"Budget":{"type":"plain_text_input","value":"500"}},"b":{"Tell":{"selected_options":[{"value":"email"},{"value":"sms"}]}},
                                "c":{"Strategy":{"selected_option":{"value":"cost cap"}}},"d":{"Empty":{"value":null}},"e":{"None":{"selected_option":null}}}},
             "actions":[{"action_id":"wizard.answer#1","value":"k1.1","action_ts":"3.4"}]}
            """).ShouldBeOfType<SlackNews.Pressed>();

        (pressed.Token, pressed.Place.Conversation.Value, pressed.Message, pressed.Trigger).ShouldBe(("k1.1", "slack/C0ADS", "1.2", "9.8"));
        pressed.Fields.OrderBy(field => field.Key).Select(field => $"{field.Key}={field.Value}").ShouldBe(["Budget=500", "Strategy=cost cap", "Tell=email,sms"]);
    }

    [Theory]
    [InlineData("""{"values":[]}""")]
    [InlineData("""{"values":{}}""")]
    [InlineData("""{}""")]
    [InlineData("null")]
    public void A_state_that_is_empty_in_any_of_Slack_s_ways_is_empty(string state) =>
        Read($$"""{"type":"block_actions","team":{"id":"T1"},"user":{"id":"U0ANA"},"channel":{"id":"C1"},"state":{{state}},"actions":[{"value":"k1.1"}]}""")
            .ShouldBeOfType<SlackNews.Pressed>().Fields.ShouldBeEmpty();

    [Fact]
    public void A_menu_s_choice_is_a_press()
    {
        var pressed = Read("""{"type":"block_actions","team":{"id":"T1"},"user":{"id":"U0ANA"},"channel":{"id":"C1"},"actions":[{"action_id":"more","selected_option":{"value":"k1.4"}}]}""");

        pressed.ShouldBeOfType<SlackNews.Pressed>().Token.ShouldBe("k1.4");
    }

    [Fact]
    public void Another_workspace_is_named_in_the_conversation_the_person_and_the_turn()
    {
        var said = SlackReader.Read(
            Json("""{"type":"event_callback","team_id":"T2","event":{"type":"message","channel":"D0ANA","user":"U0ANA","text":"hi","ts":"1.2"}}"""), Other, At).ShouldBeOfType<SlackNews.Said>();

        (said.Turn.Conversation.Value, said.Turn.Person.Value, said.Turn.Id).ShouldBe(("slack/T2.D0ANA", "slack:T2:U0ANA", "slack/T2/D0ANA/1.2"));
        said.Turn.Person.Key.ShouldBe("U0ANA");
        SlackPeople.PersonOf(SlackPeople.Of(said.Turn.Person)).ShouldBe(said.Turn.Person);
        SlackPlace.With(SlackPeople.Of(said.Turn.Person)).Conversation.Value.ShouldBe("slack/T2.@U0ANA");
    }

    [Fact]
    public void What_is_pressed_in_another_workspace_is_pressed_there_and_its_people_are_strangers_elsewhere()
    {
        const string Pressed = """{"type":"block_actions","team":{"id":"T2"},"user":{"id":"U0ANA","team_id":"T2"},"channel":{"id":"C0ADS"},"actions":[{"value":"k1.0","action_ts":"1.2"}]}""";

        var pressed = SlackReader.Read(Json(Pressed), Other, At).ShouldBeOfType<SlackNews.Pressed>();

        (pressed.Place.Conversation.Value, pressed.Person).ShouldBe(("slack/T2.C0ADS", new SlackPerson("U0ANA", "T2")));
        SlackReader.Read(Json(Pressed), Self, At).ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"type":"event_callback","team_id":"T9","authorizations":[{"team_id":"T2","user_id":"U0BOT"}],"event":{}}""", "T2")]
    [InlineData("""{"type":"event_callback","team_id":"T2","authorizations":[],"event":{}}""", "T2")]
    [InlineData("""{"type":"block_actions","team":{"id":"T2"},"user":{"id":"U0ANA","team_id":"T9"}}""", "T2")]
    [InlineData("""{"type":"shortcut","team":null,"user":{"id":"U0ANA","team_id":"T2"}}""", "T2")]
    [InlineData("""{"command":"/campaign","team_id":"T2"}""", "T2")]
    [InlineData("""{"type":"event_callback"}""", null)]
    public void Which_installation_something_is_for_is_read_where_slack_says_it(string payload, string? workspace) => SlackReader.WorkspaceOf(Json(payload)).ShouldBe(workspace);

    [Theory]
    [InlineData("""{"type":"app_uninstalled"}""", "app_uninstalled")]
    [InlineData("""{"type":"tokens_revoked","tokens":{"bot":["U0BOT"]}}""", "tokens_revoked")]
    public void A_workspace_that_takes_us_out_is_read_as_such(string happened, string why) => Event(happened).ShouldBeOfType<SlackNews.Uninstalled>().Why.ShouldBe(why);

    [Theory]
    [InlineData("channel_left", "not_in_channel")]
    [InlineData("group_left", "not_in_channel")]
    [InlineData("channel_archive", "is_archived")]
    [InlineData("group_archive", "is_archived")]
    [InlineData("channel_deleted", "channel_deleted")]
    [InlineData("group_deleted", "channel_deleted")]
    public void A_channel_that_takes_nothing_any_more_is_read_as_such(string happened, string error) =>
        Event($$"""{"type":"{{happened}}","channel":"C0ADS"}""").ShouldBe(new SlackNews.Shut(new SlackPlace(null, "C0ADS", null), error));

    [Theory]
    [InlineData("""{"type":"member_joined_channel","user":"U0BOT","channel":"C0ADS","channel_type":"C","team":"T0CAMP001","inviter":"U0ANA"}""")]
    [InlineData("""{"type":"channel_unarchive","user":"U0ANA","channel":"C0ADS"}""")]
    [InlineData("""{"type":"group_unarchive","channel":"C0ADS"}""")]
    public void One_that_takes_our_messages_again_is_read_as_such(string happened) => Event(happened).ShouldBeOfType<SlackNews.Opened>().Channel.ShouldBe(new SlackPlace(null, "C0ADS", null));

    [Fact]
    public void That_somebody_else_came_or_went_is_none_of_ours()
    {
        Event("""{"type":"member_joined_channel","user":"U0ANA","channel":"C0ADS"}""").ShouldBeNull();
        Event("""{"type":"member_left_channel","user":"U0ANA","channel":"C0ADS"}""").ShouldBeNull();
    }

    [Fact]
    public void People_s_own_tokens_are_none_of_ours() => Event("""{"type":"tokens_revoked","tokens":{"oauth":["U0ANA"],"bot":[]}}""").ShouldBeNull();

    [Fact]
    public void What_is_typed_in_a_menu_names_its_card_and_input()
    {
        Read("""{"type":"block_suggestion","team":{"id":"T0CAMP001"},"user":{"id":"U0ANA"},"block_id":"k1.in.Account","action_id":"Account","value":"eu"}""")
            .ShouldBe(new SlackNews.Sought("k1.in.Account", "Account", "eu"));
        Read("""{"type":"block_suggestion","team":{"id":"T0CAMP001"},"user":{"id":"U0EVE","team_id":"T0OTHER"},"block_id":"k1.in.Account","action_id":"Account","value":"eu"}""").ShouldBeNull();
    }

    [Theory]
    [InlineData("slack/D0ANA")]
    [InlineData("slack/C0ADS/1.2")]
    [InlineData("slack/T2.C0ADS")]
    [InlineData("slack/T2.C0ADS/1.2")]
    public void A_place_reads_back_as_it_was_written(string conversation) => SlackPlace.Of(new(conversation)).Conversation.Value.ShouldBe(conversation);

    [Theory]
    [InlineData("local/ana")]
    [InlineData("slack")]
    [InlineData("slack/")]
    [InlineData("slack/a/b/c")]
    public void A_place_elsewhere_is_refused(string conversation) => Should.Throw<ArgumentException>(() => SlackPlace.Of(new(conversation)));

    private static SlackNews? Event(string happened) => Read($$"""{"type":"event_callback","team_id":"T0CAMP001","event":{{happened}}}""");

    private static SlackNews? Read(string payload) => SlackReader.Read(Json(payload), Self, At);

    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();
}
