using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat.Places;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Slack;

/// <summary>Which channels take our messages, as Slack tells it by itself.</summary>
public sealed class SlackDoorsTests : IDisposable
{
    private readonly SlackWire _wire = new();
    private readonly FakeAccounts _accounts = new(A.Account());
    private readonly ShutPlaces _shut;
    private readonly SlackIntake _intake;

    public SlackDoorsTests()
    {
        var machine = new FakeTimeProvider(A.Noon);
        var settings = new SlackSettings { BotToken = "xoxb-stand-in", AppToken = "xapp-stand-in" };
        var api = new SlackApi(new HttpClient(_wire), settings, new SlackPace(machine), machine);
        _shut = new ShutPlaces(_accounts, new Bench().Campaigns);
        var people = new SlackPeople(api, new SlackWorkspaces(api, settings), new MemoryConversations(), NullLogger<SlackPeople>.Instance, _shut);
        _intake = new SlackIntake(people, new PostedCards(null!, null!, machine, NullLogger<PostedCards>.Instance), null!, new MemoryConversations(), null!);
    }

    public void Dispose() => _wire.Dispose();

    [Fact]
    public async Task A_channel_of_an_account_that_we_are_taken_out_of_is_shut_until_we_are_in_it_again()
    {
        _accounts.Bind(new ChannelBinding(A.Account().Id, "slack/C0ADS", "", "", []));

        foreach (var channel in new[] { "C0ADS", "C0LUNCH" })
            await HappensAsync($$"""{"type":"channel_left","channel":"{{channel}}"}""");

        _shut.All.ShouldBe([KeyValuePair.Create(new ConversationId("slack/C0ADS"), "I am not in it; say \"/invite @campaigns\" there")]);

        await HappensAsync("""{"type":"member_joined_channel","user":"U0ANA","channel":"C0ADS"}""");
        _shut.All.ShouldHaveSingleItem();

        await HappensAsync("""{"type":"member_joined_channel","user":"U0BOT","channel":"C0ADS"}""");
        _shut.All.ShouldBeEmpty();
    }

    private Task HappensAsync(string happened) => _intake.TakeAsync(
        new JsonObject { ["type"] = "event_callback", ["team_id"] = "T0CAMP001", ["event_id"] = "Ev1", ["event"] = JsonNode.Parse(happened) }, TestContext.Current.CancellationToken);
}
