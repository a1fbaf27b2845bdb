using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Incidents;

public sealed class IncidentListTests
{
    private readonly ChatBench _bench = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lists_one_line_each_and_what_may_still_cost_money_first()
    {
        await OpenAsync("Spring", confirmed: true, minutesAgo: 5);
        await OpenAsync("Summer", confirmed: false, minutesAgo: 30);

        await _bench.SayAsync("olga", "incidents", Now);

        var card = Listed();
        card.Title.ShouldBe("2 incidents are open, the most urgent first");
        card.Rows.Select(row => row.Name).ShouldBe(["i2 Summer", "i1 Spring"]);
        card.Rows[0].What.ShouldBe("NOT PAUSED YET, daily cap, since 2026-03-02 06:30 (UTC-05:00), 30 min ago; nobody has it yet; next: ack i2");
        card.Rows.Select(row => row.CanResume).ShouldBe([false, true]);
    }

    [Fact]
    public async Task Says_how_many_more_there_are()
    {
        for (var count = 1; count <= 13; count++)
            await OpenAsync($"Campaign {count}", confirmed: true, minutesAgo: count);

        await _bench.SayAsync("olga", "incidents", Now);

        Listed().Rows.Length.ShouldBe(10);
        Listed().More.ShouldStartWith("3 more: i11, i12, i13.");
    }

    [Fact]
    public async Task Offers_no_resume_to_somebody_who_may_not()
    {
        await OpenAsync("Spring", confirmed: true, minutesAgo: 5);

        await _bench.SayAsync("ana", "incidents", Now);

        Listed("ana").Rows.ShouldHaveSingleItem().ShouldSatisfyAllConditions(row => row.CanResume.ShouldBeFalse(), row => row.CanAcknowledge.ShouldBeFalse());
    }

    [Proves(136)]
    [Fact]
    public async Task View_incident_shows_its_card_last()
    {
        await OpenAsync("Spring", confirmed: true, minutesAgo: 5);

        await _bench.SayAsync("olga", "view incident i1", Now);

        Cards("olga")[^1].ShouldBeOfType<IncidentCard>().Campaign.ShouldBe("Spring");
    }

    private IncidentsCard Listed(string person = "olga") => Cards(person)[^1].ShouldBeOfType<IncidentsCard>();

    private IReadOnlyList<ICardView?> Cards(string person) =>
        [.. _bench.Channel.In(ConversationId.Local(new PersonId($"local:{person}"))).Select(post => post.Message.Card)];

    private async Task OpenAsync(string name, bool confirmed, int minutesAgo) => await _bench.Core.Incidents.OpenAsync(
        new Incident(
            IncidentId.New(), WorkspaceId.Local, A.Account().Id, new CampaignId(name), name, new RuleId("daily-spend-cap"),
            Remedy.PauseCampaign, Severity.Critical, new Evidence("spend today", "$800", "$750"), A.Noon.AddMinutes(-minutesAgo), IncidentState.Open)
        {
            PauseConfirmed = confirmed,
            ConfirmedAt = confirmed ? A.Noon.AddMinutes(-minutesAgo) : null,
        },
        Now);
}
