using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Incidents;

/// <summary>Results that are not counted in an account are one fault, and one thread in its incidents channel.</summary>
public sealed class OneFaultOneThreadTests
{
    private static readonly ConversationId OnCall = new("local/oncall");

    private readonly ChatBench _bench = new();
    private readonly Campaign _campaign = A.Campaign();

    public OneFaultOneThreadTests()
    {
        _bench.Core.Accounts.Bind(new ChannelBinding(_campaign.Account, "", "", OnCall.Value, []));
        _bench.Core.Campaigns.With(_campaign);
        _bench.Channel.HasThreads = place => place == OnCall;
    }

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_campaign_that_is_stopped_meanwhile_for_having_none_is_told_in_the_thread_of_that()
    {
        var outage = await OpenAsync(SafetyRules.TrackingOutage.Value, Incident.OfAccount(_campaign.Account), A.Noon);
        var stop = await OpenAsync("zero-conversions", _campaign.Id, A.Noon.AddHours(5));

        var head = _bench.Channel.In(OnCall).ShouldHaveSingleItem();
        _bench.Channel.In(OnCall.ThreadUnder(head.Id)).ShouldHaveSingleItem().Message.Text.ShouldContain(stop.Handle);

        // Also what is edited after the results came back.
        await _bench.Core.Incidents.ChangeAsync(outage.Id, found => found with { State = IncidentState.Closed, ClosedAt = A.Noon.AddHours(8) }, Now);
        await _bench.Board.ShowAsync(stop.Id, Now);
        _bench.Channel.In(OnCall).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("daily-spend-cap", 5)]
    [InlineData("zero-conversions", -1)]
    public async Task Another_fault_has_a_thread_of_its_own(string cause, int hours)
    {
        await OpenAsync(SafetyRules.TrackingOutage.Value, Incident.OfAccount(_campaign.Account), A.Noon);
        await OpenAsync(cause, _campaign.Id, A.Noon.AddHours(hours));

        _bench.Channel.In(OnCall).Count.ShouldBe(2);
    }

    private async Task<Incident> OpenAsync(string cause, CampaignId campaign, DateTimeOffset at)
    {
        var (incident, _) = await _bench.Core.Incidents.OpenAsync(
            new Incident(
                IncidentId.New(), WorkspaceId.Local, _campaign.Account, campaign, _campaign.Name, new RuleId(cause), Remedy.PauseCampaign, Severity.Critical,
                new Evidence("installs", "0 of 15 expected", "12.9 expected"), at, IncidentState.Open) { PauseConfirmed = true },
            Now);
        await _bench.Board.ShowAsync(incident.Id, Now);
        return incident;
    }
}
