using ChatOpsCampaigns.Adapters.Chat.Teams.Rooms;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Teams;

/// <summary>Channels as people of Teams name them.</summary>
public sealed class TeamsRoomsTests : IAsyncLifetime
{
    private const string Ads = "19:ads@thread.tacv2";
    private const string Night = "19:night@thread.tacv2";
    private const string Other = "19:other@thread.tacv2";

    private static readonly ConversationId Here = new($"teams/{Ads}");
    private static readonly ConversationId Alone = new("teams/a:ana");

    private TeamsWire _wire = null!;
    private TeamsRooms _rooms = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _wire = await TeamsWire.StartAsync(Cancel);
        _rooms = new TeamsRooms(_wire.Api, _wire.References);
        _wire.Teams.Desk.Teams["19:team1@thread.tacv2"] = [("19:team1@thread.tacv2", null), (Ads, "Ads"), (Night, "On Call – Night")];
        _wire.Teams.Desk.Teams["19:team2@thread.tacv2"] = [("19:team2@thread.tacv2", null), (Other, "Ads"), ("19:sales@thread.tacv2", "Sales")];
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _wire.DisposeAsync();
    }

    [Theory]
    [InlineData("here", Ads, "#Ads")]
    [InlineData("#ads", Ads, "#Ads")]
    [InlineData("#on-call-night", Night, "#On Call – Night")]
    [InlineData("#OnCallNight", Night, "#On Call – Night")]
    [InlineData("#general", "19:team1@thread.tacv2", "#General")]
    [InlineData(Night, Night, "#On Call – Night")]
    [InlineData($"teams/{Night}", Night, "#On Call – Night")]
    public async Task A_channel_of_the_team_is_found_by_name_or_id(string said, string id, string name)
    {
        await _wire.MeetAsync(Ads, Cancel);

        (await _rooms.FindAsync(said, Here, Cancel)).ShouldBe(new FoundRoom.Open(new ConversationId($"teams/{id}"), name));
    }

    [Fact]
    public async Task Its_own_team_comes_first_and_from_elsewhere_a_name_of_two_teams_is_asked_about()
    {
        await _wire.MeetAsync(Ads, Cancel);
        await _wire.MeetAsync(Other, Cancel);
        await _wire.MeetAsync("a:ana", Cancel);

        (await _rooms.FindAsync("#ads", new ConversationId($"teams/{Other}"), Cancel)).ShouldBe(new FoundRoom.Open(new ConversationId($"teams/{Other}"), "#Ads"));
        (await _rooms.FindAsync("#sales", Here, Cancel)).ShouldBeOfType<FoundRoom.Open>();
        (await _rooms.FindAsync("#ads", Alone, Cancel)).ShouldBeOfType<FoundRoom.Not>().Says.ShouldStartWith("2 of my teams have a channel #ads.");
    }

    [Theory]
    [InlineData("here", "which nobody else reads")]
    [InlineData("#nowhere", "There is no channel #nowhere in a team that I am in.")]
    [InlineData("teams/19:nowhere@thread.tacv2", "There is no channel 19:nowhere@thread.tacv2")]
    public async Task What_is_none_is_said_with_what_would_be_right(string said, string says)
    {
        await _wire.MeetAsync(Ads, Cancel);
        await _wire.MeetAsync("a:ana", Cancel);

        (await _rooms.FindAsync(said, Alone, Cancel)).ShouldBeOfType<FoundRoom.Not>().Says.ShouldContain(says);
    }

    [Fact]
    public async Task Before_any_team_is_known_it_says_how_one_becomes_known()
    {
        await _wire.MeetAsync("a:ana", Cancel);

        (await _rooms.FindAsync("#ads", Alone, Cancel)).ShouldBeOfType<FoundRoom.Not>().Says.ShouldStartWith("I know no team yet. Add the app to your team in Teams");
    }

    [Fact]
    public async Task Where_the_app_was_removed_nothing_can_be_posted()
    {
        await _wire.MeetAsync(Ads, Cancel);
        await _wire.MeetAsync(Night, Cancel);
        await _wire.References.CloseAsync(new ConversationId($"teams/{Night}"), "the app was removed there; add it again in Teams", Cancel);

        (await _rooms.FindAsync("#on-call-night", Here, Cancel)).ShouldBeOfType<FoundRoom.Not>().Says.ShouldBe("Nothing can be posted to #On Call – Night: the app was removed there; add it again in Teams. Then say it again here.");
    }

    [Fact]
    public async Task A_team_that_Teams_does_not_show_us_any_more_is_said_so()
    {
        await _wire.MeetAsync(Ads, Cancel);
        _wire.Teams.RefuseNext("19:team1@thread.tacv2", 403, "BotNotInConversationRoster");

        (await _rooms.FindAsync("#ads", Here, Cancel)).ShouldBeOfType<FoundRoom.Not>().Says.ShouldContain("lets me look at no channel (BotNotInConversationRoster)");
    }
}
