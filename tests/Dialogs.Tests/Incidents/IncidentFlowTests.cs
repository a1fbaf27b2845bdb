using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Incidents;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Incidents;

public sealed class IncidentFlowTests
{
    private readonly ChatBench _bench = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Owner_and_on_call_each_see_one_message_that_is_edited()
    {
        var incident = await OpenAsync();
        await TellAsync(incident);
        await TellAsync(incident);

        _bench.SeenBy("ana").ShouldHaveSingleItem();
        _bench.SeenBy("olga").ShouldHaveSingleItem();
        _bench.SeenBy("you").ShouldBeEmpty();
    }

    [Fact]
    public async Task An_escalated_incident_reaches_the_admins_too()
    {
        var incident = await OpenAsync();
        await _bench.Core.Incidents.ChangeAsync(incident.Id, now => now with { Escalated = true }, Now);

        await TellAsync(incident);

        _bench.SeenBy("you").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_pause_that_failed_is_shouted()
    {
        var incident = await OpenAsync();
        await _bench.Core.Incidents.ChangeAsync(incident.Id, now => now with { PauseConfirmed = false, PauseAttempts = 3 }, Now);

        await TellAsync(incident);

        _bench.SeenBy("olga")[0].ShouldContain("COULD NOT PAUSE after 3 attempts");
    }

    [Fact]
    public async Task All_copies_say_who_answered_and_after_how_long()
    {
        var incident = await OpenAsync();
        await TellAsync(incident);
        await _bench.Core.Incidents.ChangeAsync(
            incident.Id, now => now with { AcknowledgedBy = FakePeople.Olga.Id, AcknowledgedAt = A.Noon.AddMinutes(4) }, Now);
        await TellAsync(incident);

        foreach (var person in new[] { "ana", "olga" })
            _bench.SeenBy(person).ShouldHaveSingleItem().ShouldContain("Acknowledged by olga at 2026-03-02 07:04 (UTC-05:00), after 4 min");
    }

    [Fact]
    public async Task A_press_on_a_card_that_somebody_answered_meanwhile_says_who()
    {
        var incident = await OpenAsync();
        await TellAsync(incident);
        var old = IncidentCard.RevisionOf(incident);
        await _bench.Core.Incidents.ChangeAsync(
            incident.Id, now => now with { AcknowledgedBy = FakePeople.Olga.Id, AcknowledgedAt = A.Noon.AddMinutes(4) }, Now);

        var action = ChatBench.Press("incident.ack", ("_target", incident.Handle), ("_rev", old));
        var thread = new IncidentThread(_bench.Board, _bench.Runner);
        await thread.TryPressAsync("ack", action, await _bench.ContextAsync(_bench.Turn("you", null, action), Now), Now);

        _bench.SeenBy("you")[^1].ShouldContain("nothing was done. Acknowledged by olga");
    }

    [Fact]
    public async Task A_week_old_card_of_a_closed_incident_does_nothing_and_says_how_it_ended()
    {
        var incident = await OpenAsync();
        await _bench.Core.Incidents.ChangeAsync(
            incident.Id, now => now with { State = IncidentState.Closed, ClosedAt = A.Noon.AddMinutes(9), Resolution = "resumed by olga" }, Now);

        var action = ChatBench.Press("incident.resume", ("_target", incident.Handle), ("_rev", "old"));
        var thread = new IncidentThread(_bench.Board, _bench.Runner);
        await thread.TryPressAsync("resume", action, await _bench.ContextAsync(_bench.Turn("olga", null, action), Now), Now);

        _bench.SeenBy("olga")[^1].ShouldContain("resumed by olga at 2026-03-02 07:09");
    }

    [Fact]
    public async Task Only_those_who_may_answer_are_offered_to()
    {
        await TellAsync(await OpenAsync());

        var olga = _bench.Channel.In(new ConversationId("local/olga"))[^1].Message.Card.ShouldBeOfType<IncidentCard>();
        var ana = _bench.Channel.In(new ConversationId("local/ana"))[^1].Message.Card.ShouldBeOfType<IncidentCard>();

        (olga.CanAcknowledge, olga.CanRespond, olga.OnlyAsksWhy).ShouldBe((true, true, false));
        (ana.CanAcknowledge, ana.CanRespond, ana.OnlyAsksWhy).ShouldBe((false, false, true));
    }

    [Fact]
    public async Task A_bare_why_means_the_only_incident_shown_here()
    {
        await TellAsync(await OpenAsync());
        var thread = new IncidentThread(_bench.Board, _bench.Runner);

        (await thread.TryBareAsync(await _bench.ContextAsync(_bench.Turn("ana", "why"), Now), Now)).ShouldBeTrue();

        _bench.SeenBy("ana")[^1].ShouldStartWith(
            "STOPPED: paused and confirmed by the network after 2 s. i1 on Facebook installs US CA: daily cap: spend today $1,000.40, limit $1,000.");
    }

    [Theory]
    [InlineData(0, "EMERGENCY: pausing now, not confirmed yet. i1 on Facebook installs US CA: daily cap")]
    [InlineData(3, "COULD NOT PAUSE after 3 attempts, trying again with every check: stop it in the network's own pages. i1 on Facebook installs US CA: daily cap")]
    public async Task A_bare_why_begins_with_a_pause_that_is_not_confirmed(int attempts, string begins)
    {
        var incident = await OpenAsync();
        await _bench.Core.Incidents.ChangeAsync(
            incident.Id, now => now with { State = IncidentState.Acting, PauseConfirmed = false, ConfirmedAt = null, PauseAttempts = attempts }, Now);
        await TellAsync(incident);
        var thread = new IncidentThread(_bench.Board, _bench.Runner);

        await thread.TryBareAsync(await _bench.ContextAsync(_bench.Turn("ana", "why"), Now), Now);

        _bench.SeenBy("ana")[^1].ShouldStartWith(begins);
    }

    [Proves(134)]
    [Fact]
    public async Task Why_tells_the_whole_history_also_of_an_incident_that_is_over()
    {
        var incident = await OpenAsync();
        await _bench.Core.Incidents.ChangeAsync(
            incident.Id,
            now => now with
            {
                State = IncidentState.Closed, ClosedAt = A.Noon.AddMinutes(9), Resolution = "resumed by olga",
                Notes = [new IncidentNote(A.Noon.AddMinutes(4), FakePeople.Olga.Id, "acknowledged")],
            },
            Now);

        await _bench.SayAsync("ana", $"why incident {incident.Handle}", Now);

        _bench.SeenBy("ana")[^1].ShouldStartWith("Closed: resumed by olga. i1 on");
        var steps = _bench.SeenBy("ana")[^1].Split('\n')[1..].Select(line => line[(line.IndexOf(',', StringComparison.Ordinal) + 2)..]);
        steps.ShouldBe(["seen, and the incident opened", "paused and seen to be so at the network", "olga: acknowledged", "over: resumed by olga"]);
    }

    [Fact]
    public async Task Of_several_incidents_a_bare_word_asks_which()
    {
        await TellAsync(await OpenAsync());
        await TellAsync(await OpenAsync("cpa-spike"));
        var thread = new IncidentThread(_bench.Board, _bench.Runner);

        await thread.TryBareAsync(await _bench.ContextAsync(_bench.Turn("ana", "why"), Now), Now);

        _bench.Channel.In(new ConversationId("local/ana"))[^1].Message.Card.ShouldBeOfType<PickCard>().Choices.Length.ShouldBe(2);
    }

    [Fact]
    public async Task Where_no_incident_is_shown_a_bare_word_is_for_somebody_else()
    {
        await OpenAsync();
        var thread = new IncidentThread(_bench.Board, _bench.Runner);

        (await thread.TryBareAsync(await _bench.ContextAsync(_bench.Turn("max", "resume"), Now), Now)).ShouldBeFalse();
    }

    [Fact]
    public async Task After_a_restart_open_incidents_are_shown_and_missed_news_is_one_message()
    {
        await OpenAsync();
        await _bench.Announcer.CatchUpAsync(Now);
        await NewsAsync("bid $9 → $8");
        await _bench.Announcer.TellAsync(_bench.Core.Feed.All[^1], Now);
        await NewsAsync("bid $8 → $7");
        await NewsAsync("bid $7 → $6");

        await _bench.Announcer.CatchUpAsync(Now);

        _bench.SeenBy("ana").Count(seen => seen.StartsWith("STOPPED", StringComparison.Ordinal)).ShouldBe(1);
        var missed = _bench.SeenBy("ana").Single(seen => seen.StartsWith("Meanwhile", StringComparison.Ordinal));
        missed.ShouldContain("bid $8 → $7");
        missed.ShouldContain("bid $7 → $6");
        missed.ShouldNotContain("bid $9 → $8");
    }

    [Proves(123)]
    [Fact]
    public async Task Small_changes_of_a_day_share_one_quiet_message()
    {
        await _bench.Core.Campaigns.AddAsync(A.Campaign(), Now);
        foreach (var action in new[] { "bid $9 → $8", "bid $8 → $7" })
        {
            await NewsAsync(action);
            await _bench.Announcer.TellAsync(_bench.Core.Feed.All[^1], Now);
        }

        _bench.SeenBy("ana").ShouldHaveSingleItem().ShouldContain("bid $8 → $7");
    }

    [Fact]
    public async Task That_everything_was_stopped_is_told_to_every_owner_everybody_on_call_and_every_admin()
    {
        _bench.Core.Network.Put(A.AtNetwork(await _bench.Core.Campaigns.AddAsync(A.Campaign(), Now)));

        await _bench.SayAsync("olga", "stop everything", Now);
        await _bench.Announcer.TellAsync(_bench.Core.Feed.All.Last(happened => happened.Kind == FeedKind.Switch), Now);

        foreach (var person in new[] { "ana", "you" })
            _bench.SeenBy(person)[^1].ShouldContain("All campaigns: stop everything — 1 paused");

        _bench.SeenBy("olga").ShouldHaveSingleItem("who said it has the answer").ShouldContain("1 paused");
    }

    [Proves(138)]
    [Fact]
    public async Task Stop_everything_then_two_people_ack_and_a_resume_by_reply()
    {
        var campaign = await _bench.Core.Campaigns.AddAsync(A.Campaign(), Now);
        _bench.Core.Network.Put(A.AtNetwork(campaign));
        await _bench.SayAsync("olga", "freeze everything", Now);
        await _bench.SayAsync("olga", "stop everything", Now);
        await _bench.Announcer.CatchUpAsync(Now);
        var incident = (await _bench.Core.Incidents.OpenAsync(Now)).ShouldHaveSingleItem();
        var rev = IncidentCard.RevisionOf(incident);
        var thread = new IncidentThread(_bench.Board, _bench.Runner);

        foreach (var person in new[] { "olga", "you" })
        {
            var action = ChatBench.Press("incident.ack", ("_target", incident.Handle), ("_rev", rev));
            await thread.TryPressAsync("ack", action, await _bench.ContextAsync(_bench.Turn(person, null, action), Now), Now);
        }

        _bench.SeenBy("olga").ShouldContain($"olga has {incident.Handle}; reminders stop.");
        _bench.SeenBy("you")[^1].ShouldContain("nothing was done. Acknowledged by olga");

        await thread.TryBareAsync(await _bench.ContextAsync(_bench.Turn("ana", "resume"), Now), Now);
        _bench.SeenBy("ana")[^1].ShouldContain("needs On-call or Admin; you are Marketer");

        await thread.TryBareAsync(await _bench.ContextAsync(_bench.Turn("olga", "resume"), Now), Now);
        _bench.SeenBy("olga")[^1].ShouldStartWith("Not resumed:");
        (await _bench.Core.Campaigns.FindAsync(campaign.Id, Now))!.Status.ShouldBe(Automation.Campaigns.CampaignStatus.Stopped);
    }

    private async Task<Incident> OpenAsync(string cause = "daily-spend-cap")
    {
        if (await _bench.Core.Campaigns.FindAsync(new CampaignId("c-1"), Now) is null)
            await _bench.Core.Campaigns.AddAsync(A.Campaign(), Now);

        var (incident, _) = await _bench.Core.Incidents.OpenAsync(
            new Incident(
                IncidentId.New(), WorkspaceId.Local, new AdAccountId("meta"), new CampaignId("c-1"), "Facebook installs US CA", new RuleId(cause),
                Remedy.PauseCampaign, Severity.Critical, new Evidence("spend today", "$1,000.40", "$1,000"), A.Noon, IncidentState.Open)
            {
                PauseConfirmed = true,
                ConfirmedAt = A.Noon.AddSeconds(2),
                PauseAttempts = 1,
            },
            Now);
        return incident;
    }

    private Task TellAsync(Incident incident) => _bench.Announcer.TellAsync(
        new FeedEvent(
            1, A.Noon, WorkspaceId.Local, incident.Account, incident.Campaign, incident.CampaignName, FeedKind.Incident, Severity.Critical, "stopped",
            "spend", PersonId.Monitor, Incident: incident.Id),
        Now);

    private Task<FeedEvent> NewsAsync(string action) => _bench.Core.Feed.PublishAsync(
        new FeedEvent(
            0, A.Noon, WorkspaceId.Local, new AdAccountId("meta"), new CampaignId("c-1"), "Facebook installs US CA", FeedKind.BidAdjustment, Severity.Low,
            action, "CPA", PersonId.Agent),
        Now);
}
