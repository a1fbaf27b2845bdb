using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Transcripts;

/// <summary>What people say to somebody rather than want from a program.</summary>
public sealed class SmallTalkTranscripts
{
    private readonly ChatBench _bench = new();
    private readonly Transcript _talk;

    public SmallTalkTranscripts() => _talk = new Transcript(_bench);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Small_talk_is_answered_with_what_to_do_next()
    {
        await _talk.SayAsync("ana", Now, "hi", "Good morning!", "are you there?", "what can you do?", "how are you?", "thanks", "bye");
        await _talk.SayAsync("olga", Now, "hello");
        await _talk.SayAsync("stranger", Now, "hello");
        await _talk.SayAsync("ana", Now, "hello, new campaign", "hi", "facebook");
        await _talk.SayAsync("ana", Now, "thanks");

        Accepted("small-talk.txt");
    }

    [Fact]
    public async Task Where_an_incident_is_open_it_is_named_with_what_can_be_said_to_it()
    {
        await OpenAsync("daily-spend-cap");
        await _talk.SayAsync("olga", Now, "hi", "what now");
        await _talk.SayAsync("ana", Now, "good evening", "gibberish");
        await OpenAsync("cpa-spike");
        await _talk.SayAsync("olga", Now, "hi", "what now");

        Accepted("small-talk-incident.txt");
    }

    private async Task OpenAsync(string cause)
    {
        if (await _bench.Core.Campaigns.FindAsync(A.Campaign().Id, Now) is null)
            await _bench.Core.Campaigns.AddAsync(A.Campaign(), Now);

        var (incident, _) = await _bench.Core.Incidents.OpenAsync(
            new Incident(
                IncidentId.New(), WorkspaceId.Local, A.Campaign().Account, A.Campaign().Id, A.Campaign().Name, new RuleId(cause), Remedy.PauseCampaign, Severity.Critical,
                new Evidence("spend today", "$800", "$750"), A.Noon, IncidentState.Open) { PauseConfirmed = true, PauseAttempts = 1 },
            Now);
        await _talk.MeanwhileAsync($"{incident.Handle} opens", () => _bench.Board.ShowAsync(incident.Id, Now));
    }

    private void Accepted(string name)
    {
        var text = _talk.ToString();
        text.ShouldBe(Golden.Accepted(name, text));
    }
}
