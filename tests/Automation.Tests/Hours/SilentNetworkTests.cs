using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Hours;

/// <summary>The account is in New York; the bench begins at 07:00 there.</summary>
public sealed class SilentNetworkTests
{
    private readonly SafetyBench _safety = new();

    private Bench Bench => _safety.Core;

    [Theory(Timeout = 30_000)]
    [InlineData(nameof(IAdNetwork.ExecuteAsync))]
    [InlineData(nameof(IAdNetwork.FindCampaignAsync))]
    public async Task A_network_that_never_answers_keeps_no_other_from_its_hours(string call)
    {
        foreach (var number in Enumerable.Range(1, 100))
            Bench.Campaigns.With(WithHours(_safety.Running($"c-{number}"), 7));

        var other = WithHours(_safety.Running("c-other", elsewhere: true), 9);
        Bench.Campaigns.With(other);
        Bench.Network.Hangs.Add(call);
        Bench.Machine.Advance(TimeSpan.FromHours(2));

        await Bench.UntilDoneAsync(Bench.HoursSwitch.TurnAsync(TestContext.Current.CancellationToken));
        (await StatusAsync(other)).ShouldBe(CampaignStatus.Active);
        Bench.Machine.Advance(TimeSpan.FromHours(1));

        // The machine's time of a test leaps with every call that hangs: a round may end before the other account has done its part.
        while (await StatusAsync(other) != CampaignStatus.Resting)
            await Bench.UntilDoneAsync(Bench.HoursSwitch.TurnAsync(TestContext.Current.CancellationToken));
    }

    private static Campaign WithHours(Campaign campaign, int hour) =>
        campaign with { HoursByUs = true, Spec = campaign.Spec with { Schedule = new Schedule(null, null, [hour]) } };

    private async Task<CampaignStatus> StatusAsync(Campaign campaign) => (await _safety.CampaignAsync(campaign)).Status;
}
