using System.Text.Json;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOpsCampaigns.Bot.Tests.Jobs;

/// <summary>What a fault left behind while the program runs is gone on with, without a restart.</summary>
public sealed class LaunchesGoOnTests
{
    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_launch_that_nothing_in_the_queue_stands_for_goes_on_within_a_minute()
    {
        await using var bot = InProcessBot.Start();
        var campaigns = bot.Get<ICampaignStore>();
        await campaigns.AddAsync(A.Campaign(CampaignStatus.Launching) with { Undoing = true, Because = "a test" }, Patience);

        await UntilAsync(bot, async () => (await campaigns.FindAsync(new CampaignId("c-1"), Patience))!.Status != CampaignStatus.Launching);
    }

    [Fact]
    public async Task A_launch_that_waits_goes_on_at_once_when_it_is_asked_for_again()
    {
        // Its file cannot be prepared now, so it is tried again after ever longer pauses.
        await using var bot = InProcessBot.Start(services => services.AddSingleton<ICreativePreparation>(new FullDisk()));
        var campaigns = bot.Get<ICampaignStore>();
        var waiting = await campaigns.AddAsync(A.Campaign(CampaignStatus.Launching), Patience);
        bot.Get<LaunchQueue>().Add(waiting.Id);
        using (var every = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System))
        {
            for (var second = 0; second < 40; second++)
            {
                bot.Machine.Advance(TimeSpan.FromSeconds(1));
                await every.WaitForNextTickAsync(Patience);
            }
        }

        await campaigns.ChangeAsync(waiting.Id, now => now with { Undoing = true, Because = "a test" }, Patience);
        bot.Get<LaunchQueue>().Add(waiting.Id);

        await UntilAsync(bot, async () => (await campaigns.FindAsync(waiting.Id, Patience))!.Status == CampaignStatus.Failed, rounds: 100, TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public async Task A_launch_whose_file_is_gone_ends_and_says_so()
    {
        await using var bot = InProcessBot.Start();
        var campaigns = bot.Get<ICampaignStore>();
        var campaign = await campaigns.AddAsync(A.Campaign(CampaignStatus.Launching), Patience);
        bot.Get<LaunchQueue>().Add(campaign.Id);

        await UntilAsync(bot, async () => (await campaigns.FindAsync(campaign.Id, Patience))!.Status == CampaignStatus.Failed);

        (await campaigns.FindAsync(campaign.Id, Patience))!.Because!.ShouldContain("is no longer here. Send it again.");
    }

    [Fact]
    public async Task What_was_approved_and_not_carried_out_is_carried_out_within_a_minute()
    {
        await using var bot = InProcessBot.Start();
        var approvals = bot.Get<IApprovalStore>();
        var draft = A.Draft();
        await approvals.AddAsync(
            new PendingApproval(
                new ApprovalId("ap"), WorkspaceId.Local, draft.Account, ApprovalKind.Launch, draft.Id.Value, LaunchDesk.DigestOf(draft), "launch it",
                FakePeople.Ana.Id, A.Noon, ApprovalState.Approved)
            {
                Details = JsonSerializer.Serialize(draft),
                DecidedBy = FakePeople.Max.Id,
                DecidedAt = A.Noon,
            },
            Patience);

        await UntilAsync(bot, async () => (await approvals.FindAsync(new ApprovalId("ap"), Patience))!.CarriedOut);
    }

    /// <summary>Moves the clock a step each round, a second unless said otherwise; then the program has some time of the test's to end what it does.</summary>
    private static async Task UntilAsync(InProcessBot bot, Func<Task<bool>> isSo, int rounds = 120, TimeSpan? step = null)
    {
        using var every = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        for (var round = 0; !await isSo(); round++)
        {
            round.ShouldBeLessThan(1500, "rounds");
            if (round < rounds)
                bot.Machine.Advance(step ?? TimeSpan.FromSeconds(1));

            await every.WaitForNextTickAsync(Patience);
        }
    }

    private sealed class FullDisk : ICreativePreparation
    {
        public Task<IReadOnlyList<PreparedCreative>> PrepareAsync(SourceCreative creative, NetworkProfile profile, CancellationToken cancellationToken) =>
            Task.FromException<IReadOnlyList<PreparedCreative>>(new IOException("No space left on device"));
    }
}
