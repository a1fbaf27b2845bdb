using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Safety;

/// <summary>Somebody writes the campaign between the judgement of a sweep and what is done about it.</summary>
public sealed class WrittenMeanwhileTests
{
    private readonly MeanwhileRule _meanwhile = new();
    private readonly SafetyBench _bench;

    public WrittenMeanwhileTests() => _bench = new SafetyBench(new SafetyPanel([.. SafetyRules.All, _meanwhile]));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_launch_that_ends_while_it_is_judged_is_stopped_in_the_same_sweep()
    {
        var campaign = _bench.Running(spend: 800);
        await WriteAsync(campaign, now => now with { Status = CampaignStatus.Scheduled });
        _meanwhile.Do = () => WriteAsync(campaign, now => now with { Status = CampaignStatus.Active });

        await _bench.Monitor.SweepAsync(Cancel);

        await ShouldBeStoppedAsync(campaign);
    }

    [Fact]
    public async Task A_resume_while_it_is_judged_does_not_put_off_a_cap_that_holds_all_the_same()
    {
        var campaign = _bench.Running(spend: 800);
        _meanwhile.Do = () => WriteAsync(campaign, now => now with { LastResumedAt = _bench.Core.Clock.GetUtcNow() });

        await _bench.Monitor.SweepAsync(Cancel);

        await ShouldBeStoppedAsync(campaign);
    }

    [Fact]
    public async Task A_higher_limit_that_is_reached_as_well_stops_and_is_what_is_told()
    {
        var campaign = _bench.Running(spend: 800);
        _meanwhile.Do = () => LiftAsync(campaign, 790);

        await _bench.Monitor.SweepAsync(Cancel);

        await ShouldBeStoppedAsync(campaign);
        _bench.Core.Incidents.All.Single().Evidence.Words.ShouldContain("$790");
    }

    [Fact]
    public async Task A_limit_that_was_raised_far_enough_meanwhile_stops_nothing()
    {
        var campaign = _bench.Running(spend: 800);
        _meanwhile.Do = () => LiftAsync(campaign, 5_000);

        await _bench.Monitor.SweepAsync(Cancel);

        await ShouldBeLeftAloneAsync(campaign, CampaignStatus.Active);
    }

    [Fact]
    public async Task A_campaign_that_a_person_paused_meanwhile_is_left_alone()
    {
        var campaign = _bench.Running(spend: 800);
        _meanwhile.Do = () => WriteAsync(campaign, now => now with { Status = CampaignStatus.Paused });

        await _bench.Monitor.SweepAsync(Cancel);

        await ShouldBeLeftAloneAsync(campaign, CampaignStatus.Paused);
    }

    private async Task ShouldBeStoppedAsync(Campaign campaign)
    {
        _bench.Core.Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Paused);
        _bench.Core.Incidents.All.ShouldHaveSingleItem().PauseConfirmed.ShouldBeTrue();
        (await _bench.CampaignAsync(campaign)).Status.ShouldBe(CampaignStatus.Stopped);
    }

    private async Task ShouldBeLeftAloneAsync(Campaign campaign, CampaignStatus status)
    {
        _bench.Core.Incidents.All.ShouldBeEmpty();
        _bench.Core.Network.Executed.ShouldBeEmpty();
        (await _bench.CampaignAsync(campaign)).Status.ShouldBe(status);
    }

    private Task LiftAsync(Campaign campaign, decimal cap) => WriteAsync(
        campaign, now => now with { CapForToday = new DayCap(A.Account().DayAt(_bench.Core.Clock.GetUtcNow()), A.Usd(cap)) });

    private Task WriteAsync(Campaign campaign, Func<Campaign, Campaign> change) => _bench.Core.Campaigns.ChangeAsync(campaign.Id, change, Cancel);

    /// <summary>Speaks last, so that the others have judged what was written before.</summary>
    private sealed class MeanwhileRule : ISafetyRule
    {
        public Func<Task>? Do { get; set; }

        public RuleId Id { get; } = new("meanwhile");

        public SafetyVerdict Judge(Observation now)
        {
            var act = Do;
            Do = null;
            act?.Invoke().GetAwaiter().GetResult();
            return new SafetyVerdict.Clear(Id);
        }
    }
}
