using ChatOpsCampaigns.Automation.Alerts;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Announcing;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Incidents;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Dialogs.Tests.Announcing;

public sealed class ChatAlertTests
{
    private static readonly ConversationId Olga = new("local/olga");

    private readonly ChatBench _bench = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_incident_is_told_by_its_card_alone()
    {
        await RaiseAsync(await OpenAsync("Spring"));

        await Sender().SendWaitingAsync(Now);

        var (card, _) = Seen().ShouldHaveSingleItem();
        card.ShouldBeOfType<IncidentCard>();
    }

    [Fact]
    public async Task Twenty_at_once_are_twenty_cards_and_one_message_that_names_all()
    {
        foreach (var number in Enumerable.Range(1, 20))
            await RaiseAsync(await OpenAsync($"Campaign {number}"));

        await Sender().SendWaitingAsync(Now);

        Seen().Count(seen => seen.Card is IncidentCard).ShouldBe(20);
        var told = Seen().Where(seen => seen.Card is null).ShouldHaveSingleItem().Text;
        told.ShouldStartWith("20 incidents: 20 stopped.");
        foreach (var number in Enumerable.Range(1, 20))
            told.ShouldContain($"Campaign {number} (i{number})");
    }

    [Fact]
    public async Task What_is_told_again_is_a_message_at_the_bottom_and_the_card_stays_one()
    {
        var incident = await OpenAsync("Spring");
        await RaiseAsync(incident);
        var sender = Sender();
        await sender.SendWaitingAsync(Now);
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(5));
        await RaiseAsync(incident, "again-5", repeated: true);

        await sender.SendWaitingAsync(Now);

        Seen().Count.ShouldBe(2);
        Seen()[^1].Text.ShouldStartWith("Spring (i1): stopped — ");
    }

    [Fact]
    public async Task Whoever_is_not_concerned_hears_nothing_and_whoever_is_hears_of_theirs_alone()
    {
        await RaiseAsync(await OpenAsync("Spring"));
        await RaiseAsync(await OpenAsync("Summer", owner: "max"));

        await Sender().SendWaitingAsync(Now);

        _bench.SeenBy("you").ShouldBeEmpty();
        _bench.SeenBy("max").ShouldHaveSingleItem().ShouldContain("Summer");
    }

    [Fact]
    public async Task The_card_says_what_every_channel_said_after_they_said_it()
    {
        await RaiseAsync(await OpenAsync("Spring"));

        await Sender(new Silent("email")).SendWaitingAsync(Now);

        Seen()[0].Text.ShouldContain("email the mail server did not answer");
        Seen()[0].Text.ShouldContain("chat handed over");
    }

    private IReadOnlyList<(ICardView? Card, string Text)> Seen() => [.. _bench.Channel.In(Olga).Select(post => (post.Message.Card, post.Message.Text))];

    private AlertSender Sender(params IReadOnlyList<IAlertChannel> more) => new(
        _bench.Core.Alerts, [new ChatAlertChannel(new Lazy<IncidentBoard>(_bench.Board), _bench.Chat), .. more], new MessagesUnderWay(_bench.Core.Settings), _bench.Board, _bench.Core.Machine,
        NullLogger<AlertSender>.Instance);

    private Task RaiseAsync(Incident incident, string key = "stop", bool repeated = false) => _bench.Core.Alerts.AddAsync(
        new Alert(
            $"{incident.Id}/{key}", incident.Workspace, incident.Account, Severity.Critical, $"{incident.CampaignName} ({incident.Handle}): stopped", IncidentVoice.Because(incident),
            incident.Id, _bench.Core.Machine.GetUtcNow())
        {
            Name = $"{incident.CampaignName} ({incident.Handle})",
            About = AlertAbout.Stopped,
            IsRepeated = repeated,
        },
        ["email", "chat"], Now);

    private async Task<Incident> OpenAsync(string name, string owner = "ana")
    {
        var campaign = A.Campaign(id: name) with { CreatedBy = new PersonId($"local:{owner}"), Conversation = $"local/{owner}" };
        await _bench.Core.Campaigns.AddAsync(campaign, Now);
        var opened = new Incident(
            IncidentId.New(), campaign.Workspace, campaign.Account, campaign.Id, name, new RuleId("daily-spend-cap"), Remedy.PauseCampaign, Severity.Critical,
            new Evidence("spend today", "$800", "$750"), A.Noon, IncidentState.Open) { PauseConfirmed = true };
        return (await _bench.Core.Incidents.OpenAsync(opened, Now)).Incident;
    }

    private sealed class Silent(string name) : IAlertChannel
    {
        public string Name => name;

        public bool IsSetUp => true;

        public Task<AlertAnswer> SendAsync(AlertMessage message, CancellationToken cancellationToken) =>
            Task.FromResult(new AlertAnswer(false, "the mail server did not answer within 10 s"));
    }
}
