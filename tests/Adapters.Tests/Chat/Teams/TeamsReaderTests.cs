using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Teams;
using ChatOpsCampaigns.Adapters.Chat.Teams.Inbound;
using ChatOpsCampaigns.Kit;
using ChatOpsCampaigns.Kit.Teams;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Teams;

/// <summary>What an activity means; whatever is not known is passed over.</summary>
public sealed class TeamsReaderTests : IAsyncLifetime
{
    private const string Thread = "19:ads@thread.tacv2;messageid=17";

    private TeamsStandIn _teams = null!;
    private TeamsUser _ana = null!;

    public async ValueTask InitializeAsync()
    {
        _teams = await TeamsStandIn.StartAsync(TestContext.Current.CancellationToken);
        _ana = new TeamsUser(_teams, "Ana", "00000000-0000-0000-0000-00000000A1A1");
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _teams.DisposeAsync();
    }

    [Fact]
    public void A_mention_in_a_thread_is_said_there_without_the_mention_and_by_the_id_of_Entra()
    {
        var said = Read<TeamsNews.Said>(_ana.Saying(Thread, "@Campaigns resume c-17"));

        said.Turn.Text.ShouldBe("resume c-17");
        said.Turn.Conversation.Value.ShouldBe("teams/19:ads@thread.tacv2/17");
        said.Turn.Person.ShouldBe(TeamsWire.Ana);
        said.Turn.Files.ShouldBeEmpty("the same words as HTML are no file");
        said.NamesNobody.ShouldBeFalse();
    }

    [Fact]
    public void Only_the_mention_of_the_bot_goes_and_only_by_its_own_text()
    {
        var activity = _ana.Saying(Thread, "@Campaigns hand over");
        activity["text"] = "<at>Campaigns</at> hand over to <at>Max</at>&nbsp;&amp; co &lt;at&gt;";
        activity["entities"]!.AsArray().Add(new JsonObject { ["type"] = "mention", ["text"] = "<at>Max</at>", ["mentioned"] = new JsonObject { ["id"] = "29:max", ["name"] = "Max" } });

        Read<TeamsNews.Said>(activity).Turn.Text.ShouldBe("hand over to Max & co <at>");
    }

    [Fact]
    public void What_names_nobody_in_a_channel_says_so_and_alone_with_one_person_everything_counts()
    {
        Read<TeamsNews.Said>(_ana.Saying(Thread, "resume")).NamesNobody.ShouldBeTrue();
        Read<TeamsNews.Said>(_ana.Saying("a:ana", "resume")).NamesNobody.ShouldBeFalse();
    }

    [Fact]
    public void A_press_names_its_card_and_brings_what_was_entered_numbers_as_words_or_numbers()
    {
        var shown = new TeamsMessage("19:ads@thread.tacv2", "17", null, [], Edited: false);
        var press = _ana.Pressing(shown, new JsonObject { ["verb"] = "wizard.answer", ["data"] = new JsonObject { ["tok"] = "k1.3" } }, ("why", "too dear"), ("empty", ""));
        press["value"]!["action"]!["data"]!["amount"] = 500;

        var pressed = Read<TeamsNews.Pressed>(press);

        pressed.Token.ShouldBe("k1.3");
        pressed.Fields.ShouldBe(new Dictionary<string, string> { ["why"] = "too dear", ["amount"] = "500" }, ignoreOrder: true);
        pressed.Place.Conversation.Value.ShouldBe("teams/19:ads@thread.tacv2/17");
        pressed.Waits.ShouldBeTrue();
    }

    [Fact]
    public void What_a_client_asks_for_by_itself_is_never_a_press()
    {
        var shown = new TeamsMessage("a:ana", "17", null, [], Edited: false);
        var look = _ana.Pressing(shown, new JsonObject { ["verb"] = "card.refresh", ["data"] = new JsonObject { ["tok"] = "k1" } });
        Read<TeamsNews.Looked>(look).Card.ShouldBe("k1");

        var sneaky = _ana.Pressing(shown, new JsonObject { ["verb"] = "approval.approve", ["data"] = new JsonObject { ["tok"] = "k1.0" } });
        sneaky["value"]!["trigger"] = "automatic";
        Read<TeamsNews.Asked>(sneaky);
    }

    [Theory]
    [InlineData("messageUpdate")]
    [InlineData("messageDelete")]
    [InlineData("messageReaction")]
    [InlineData("typing")]
    [InlineData("event")]
    [InlineData("somethingNew")]
    public void Whatever_is_not_for_us_is_passed_over(string type)
    {
        var activity = _ana.Saying("a:ana", "status");
        activity["type"] = type;

        TeamsReader.Read(activity, A.Noon).ShouldBeNull();
    }

    [Fact]
    public void Activities_with_holes_are_passed_over_and_break_nothing()
    {
        foreach (var part in new[] { "id", "from", "recipient", "conversation", "value", "text", "entities", "attachments", "serviceUrl", "channelData" })
        {
            foreach (var activity in new[] { _ana.Saying(Thread, "@Campaigns status"), _ana.Pressing(new TeamsMessage("a:ana", "17", null, [], false), new JsonObject { ["data"] = new JsonObject { ["tok"] = "k1.0" } }) })
            {
                activity.Remove(part);
                Should.NotThrow(() => (TeamsReader.Read(activity, A.Noon), TeamsReader.References(activity)));
                activity[part] = 7;
                Should.NotThrow(() => (TeamsReader.Read(activity, A.Noon), TeamsReader.References(activity)));
                activity[part] = new JsonArray(new JsonArray(), "x", new JsonObject());
                Should.NotThrow(() => (TeamsReader.Read(activity, A.Noon), TeamsReader.References(activity)));
            }
        }
    }

    [Fact]
    public void Every_activity_brings_what_is_needed_to_say_something_there_and_to_the_person()
    {
        var references = TeamsReader.References(_ana.Saying("a:ana", "status"));

        references.Select(reference => reference.Place.Value).ShouldBe(["teams/a:ana", "teams/@00000000-0000-0000-0000-00000000a1a1"]);
        references[1].User.ShouldBe("29:ana");
        references[1].Direct!.Value.Value.ShouldBe("teams/a:ana");
        references[0].BotName.ShouldBe("Campaigns");
        references[0].Service.ShouldBe(new Uri(_teams.Service));
    }

    [Fact]
    public void What_names_nobody_shows_that_a_channel_is_heard_whole_until_the_app_is_added_anew()
    {
        HearsAll(_ana.Saying(Thread, "resume")).ShouldBe(true);
        HearsAll(_ana.Saying(Thread, "@Campaigns resume")).ShouldBeNull();
        HearsAll(_ana.Saying("a:ana", "resume")).ShouldBeNull();
        HearsAll(_ana.Activity("installationUpdate", Thread)).ShouldBe(false);

        var pressed = _ana.Activity("message", Thread);
        pressed["value"] = new JsonObject { ["tok"] = "k1.0" };
        HearsAll(pressed).ShouldBeNull("a button needs no mention");

        bool? HearsAll(JsonObject activity)
        {
            var references = TeamsReader.References(activity);
            references[1].HearsAll.ShouldBeNull();
            return references[0].HearsAll;
        }
    }

    private static TNews Read<TNews>(JsonObject activity) where TNews : TeamsNews => TeamsReader.Read(activity, A.Noon).ShouldBeOfType<TNews>();
}
