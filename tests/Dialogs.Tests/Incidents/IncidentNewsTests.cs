using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Incidents;

/// <summary>What is said below an incident's card by itself.</summary>
public sealed class IncidentNewsTests
{
    private readonly ChatBench _bench = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Once_it_is_over_the_draft_of_a_postmortem_is_posted_once_also_over_a_restart()
    {
        var incident = await OpenAsync();
        await _bench.IncidentNews.ShowAsync(incident.Id, Now);
        _bench.SeenBy("ana").ShouldHaveSingleItem();

        await CloseAsync(incident);
        await _bench.IncidentNews.ShowAsync(incident.Id, Now);
        await _bench.IncidentNews.ShowAsync(incident.Id, Now);
        await _bench.Announcer.CatchUpAsync(Now);

        _bench.SeenBy("ana").Count(text => text.StartsWith("Postmortem, a draft: Facebook installs US CA", StringComparison.Ordinal)).ShouldBe(1);
        _bench.SeenBy("ana")[^1].ShouldContain("Over after 5 min: resumed by olga");
    }

    [Fact]
    public async Task What_was_over_while_nobody_told_it_gets_its_draft_after_the_restart()
    {
        var incident = await OpenAsync();
        await _bench.IncidentNews.ShowAsync(incident.Id, Now);
        await CloseAsync(incident);

        await _bench.Announcer.CatchUpAsync(Now);

        _bench.SeenBy("ana").ShouldContain(text => text.StartsWith("Postmortem, a draft", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_over_days_ago_gets_none()
    {
        var incident = await OpenAsync();
        await _bench.IncidentNews.ShowAsync(incident.Id, Now);
        await CloseAsync(incident);
        _bench.Core.Machine.Advance(TimeSpan.FromDays(2));

        await _bench.IncidentNews.FinishAsync(incident.Id, Now);

        _bench.SeenBy("ana").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Where_there_are_threads_it_stands_below_the_card()
    {
        _bench.Channel.HasThreads = place => place.Value.Count(letter => letter == '/') == 1;
        var incident = await OpenAsync();
        await _bench.IncidentNews.ShowAsync(incident.Id, Now);
        var card = _bench.Channel.In(new ConversationId("local/ana")).Single();

        await CloseAsync(incident);
        await _bench.IncidentNews.ShowAsync(incident.Id, Now);

        _bench.SeenBy("ana").ShouldHaveSingleItem();
        _bench.Channel.In(new ConversationId($"local/ana/{card.Id}")).ShouldHaveSingleItem().Message.Text.ShouldStartWith("Postmortem, a draft");
    }

    [Proves(118)]
    [Fact]
    public async Task A_resume_that_the_agent_proposes_is_a_card_with_its_evidence_and_a_button_until_it_is_over()
    {
        var incident = await OpenAsync();
        await _bench.Core.Incidents.ChangeAsync(incident.Id, now => now with { ResumeProposal = new ResumeProposal(A.Noon, ["4 installs more were reported", "$300 is spent today"]) }, Now);

        await _bench.IncidentNews.ShowAsync(incident.Id, Now);
        await _bench.IncidentNews.ShowAsync(incident.Id, Now);
        var proposed = _bench.SeenBy("olga")[^1];
        await CloseAsync(incident);
        await _bench.IncidentNews.ShowAsync(incident.Id, Now);

        proposed.ShouldContain("proposes to resume it");
        proposed.ShouldContain($"\"resume incident {incident.Handle}\"");
        proposed.ShouldContain("4 installs more were reported");
        _bench.SeenBy("olga").Count(text => text.Contains("proposes to resume it", StringComparison.Ordinal)).ShouldBe(1);
        _bench.SeenBy("olga").Single(text => text.Contains("proposes to resume it", StringComparison.Ordinal)).ShouldContain("It is over: resumed by olga");
    }

    private Task CloseAsync(Incident incident) => _bench.Core.Incidents.ChangeAsync(
        incident.Id, now => now with { State = IncidentState.Closed, ClosedAt = A.Noon.AddMinutes(5), Resolution = "resumed by olga after 5 min" }, Now);

    private async Task<Incident> OpenAsync()
    {
        var campaign = A.Campaign(CampaignStatus.Stopped);
        _bench.Core.Campaigns.With(campaign);
        var (incident, _) = await _bench.Core.Incidents.OpenAsync(
            new Incident(
                IncidentId.New(), WorkspaceId.Local, campaign.Account, campaign.Id, campaign.Name, new RuleId("zero-conversions"), Remedy.PauseCampaign, Severity.Critical,
                new Evidence("installs", "0", "5"), A.Noon, IncidentState.Open) { PauseConfirmed = true, ConfirmedAt = A.Noon, PauseAttempts = 1 },
            Now);
        return incident;
    }
}
