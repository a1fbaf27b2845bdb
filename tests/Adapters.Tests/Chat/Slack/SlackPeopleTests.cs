using System.Net;
using System.Net.Http.Json;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Slack;

/// <summary>Where people are called who never wrote.</summary>
public sealed class SlackPeopleTests
{
    private static readonly PersonId Olga = new("slack:U0OLGA");

    private readonly FakeTimeProvider _machine = new();
    private readonly MemoryConversations _conversations = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Where_nobody_ever_talked_is_known_without_asking_slack()
    {
        var slack = new Answering();

        (await People(slack).DirectAsync(Olga, Cancel)).Value.ShouldBe("slack/@U0OLGA");

        slack.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_stands_for_a_person_is_opened_once_when_something_is_posted_there_and_known_from_then_on()
    {
        var slack = new Answering();
        var people = People(slack);

        (await people.ReachAsync(SlackPlace.With(new SlackPerson("U0OLGA", null)), Cancel)).ShouldBe(new SlackPlace(null, "D0OLGA", null));
        (await people.ReachAsync(SlackPlace.With(new SlackPerson("U0OLGA", null)), Cancel)).ShouldBe(new SlackPlace(null, "D0OLGA", null));

        slack.Asked.ShouldBe(["/api/auth.test", "/api/conversations.open"]);
        (await people.DirectAsync(Olga, Cancel)).Value.ShouldBe("slack/D0OLGA");
        (await _conversations.FindAsync(new("slack/D0OLGA"), Cancel))!.Person.ShouldBe(Olga);
    }

    private SlackPeople People(HttpMessageHandler slack)
    {
        var settings = new SlackSettings { BotToken = "xoxb-1" };
        var api = new SlackApi(new HttpClient(slack), settings, new SlackPace(_machine), _machine);
        return new SlackPeople(api, new SlackWorkspaces(api, settings), _conversations, NullLogger<SlackPeople>.Instance);
    }

    private sealed class Answering : HttpMessageHandler
    {
        public List<string> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add(request.RequestUri!.AbsolutePath);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = JsonContent.Create(new { ok = true, team_id = "T0CAMP001", user_id = "U0BOT", bot_id = "B0BOT", channel = new { id = "D0OLGA" } }),
            });
        }
    }
}
