using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Commands;

/// <summary>Whatever a campaign or an incident is, what is said about it is in people's words.</summary>
public sealed class PlainWordsTests
{
    private static readonly string[] Said =
        ["pause c1", "resume c1", "undo launch c1", "go on c1", "set budget c1 $600", "set bid c1 $10", "take over c1", "hand back c1", "override c1 the weekend sale needs this", "why c1", "feed c1", "do it c1"];

    private readonly ChatBench _bench = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public static TheoryData<CampaignStatus> Statuses() => [.. Enum.GetValues<CampaignStatus>()];

    public static TheoryData<string> Causes() =>
        [.. SafetyRules.All.Select(rule => rule.Id.Value), .. typeof(SafetyRules).GetFields().Select(field => field.GetValue(null)).OfType<RuleId>().Select(rule => rule.Value)];

    [Theory, MemberData(nameof(Statuses))]
    public async Task Of_a_campaign_in_any_state(CampaignStatus status)
    {
        await _bench.Core.Campaigns.AddAsync(A.Campaign(status), Now);
        _bench.Core.Network.Put(A.AtNetwork(A.Campaign()));

        foreach (var line in Said)
        {
            foreach (var person in new[] { "you", "stranger" })
                (await _bench.SayAsync(person, line, Now)).ShouldBeTrue(line);
        }

        AllArePlain();
        PlainWords.Problem(LaunchingCard.StatusOf(A.Campaign(status), TimeZoneInfo.Utc)).ShouldBeNull();
    }

    [Theory, MemberData(nameof(Causes))]
    public async Task Of_an_incident_of_any_cause(string cause)
    {
        await _bench.Core.Campaigns.AddAsync(A.Campaign(), Now);
        var (incident, _) = await _bench.Core.Incidents.OpenAsync(
            new Incident(
                IncidentId.New(), WorkspaceId.Local, A.Campaign().Account, A.Campaign().Id, A.Campaign().Name, new RuleId(cause), Remedy.PauseCampaign, Severity.Critical,
                new Evidence("spend today", "$800", "$750"), A.Noon, IncidentState.Open) { PauseConfirmed = true, PauseAttempts = 1 },
            Now);
        await _bench.Board.ShowAsync(incident.Id, Now);

        foreach (var line in new[] { "incidents", "why incident i1", "ack i1", "resume incident i1", "set budget c1 $600", "roll back i1", "higher limit i1 $900", "resume c1", "incidents" })
        {
            foreach (var person in new[] { "olga", "ana" })
                (await _bench.SayAsync(person, line, Now)).ShouldBeTrue(line);
        }

        AllArePlain();
        PlainWords.Problem(incident.CauseWords).ShouldBeNull();
    }

    [Fact]
    public async Task Of_what_anybody_may_say_and_of_who_they_are()
    {
        foreach (var person in new[] { "you", "ana", "max", "olga", "stranger" })
        {
            foreach (var line in new[] { "help", "who am i", "stop everything", "approvals", "drafts" })
                await _bench.SayAsync(person, line, Now);
        }

        AllArePlain();
    }

    private void AllArePlain()
    {
        _bench.Channel.All.ShouldNotBeEmpty();
        foreach (var post in _bench.Channel.All)
            PlainWords.Problem(post.Message.Text).ShouldBeNull(post.Message.Text);
    }
}
