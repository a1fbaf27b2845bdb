using System.Text.Json;
using ChatOpsCampaigns.Adapters.Media.Pictures;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Bot.Jobs;
using ChatOpsCampaigns.Kit;
using ImageMagick;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ChatOpsCampaigns.Bot.Tests.Jobs;

/// <summary>The real host over what an earlier life left behind in an account that is no longer configured.</summary>
public sealed class PoisonedStartTests
{
    private static readonly AdAccountId Gone = new("meta:gone");

    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sweeps_go_on_whatever_else_cannot()
    {
        await using var bot = InProcessBot.Start(PoisonAsync);

        await SweepsAsync(bot, 5);

        bot.Get<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested.ShouldBeFalse();
        bot.Get<IEnumerable<IHostedService>>().OfType<TirelessWorker>().ShouldAllBe(worker => worker.ExecuteTask!.IsCompleted == false);
    }

    [Fact]
    public async Task What_was_approved_in_a_lost_account_is_withdrawn_and_told_once_and_keeps_no_other_approval_waiting()
    {
        await using var bot = InProcessBot.Start(PoisonAsync);

        var approvals = bot.Get<IApprovalStore>();
        await UntilAsync(async () => (await approvals.UnfinishedAsync(Patience)).Count == 0);
        await SweepsAsync(bot, 2);

        (await approvals.FindAsync(new ApprovalId("ap-gone"), Patience)).ShouldNotBeNull().State.ShouldBe(ApprovalState.Void);
        var told = (await bot.Get<IActivityFeed>().LatestAsync(WorkspaceId.Local, null, 100, Patience)).Where(happened => happened.Action.Contains("no longer asked for", StringComparison.Ordinal));
        told.ShouldHaveSingleItem().Reason.ShouldContain("It cannot be launched any more");
        (await bot.Get<ICampaignStore>().FindAsync(new CampaignId("d-good"), Patience)).ShouldNotBeNull();
    }

    /// <summary>An approved launch, a launch under way and a running campaign of a lost account; and after them an approved launch that is good.</summary>
    private static async Task PoisonAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var (drafts, approvals) = (services.GetRequiredService<IDraftStore>(), services.GetRequiredService<IApprovalStore>());
        var picture = await PictureAsync(services, cancellationToken);
        await approvals.AddAsync(Approved("ap-gone", await drafts.SaveAsync(A.Draft("d-gone") with { Account = Gone, Creatives = [picture] }, cancellationToken), 0), cancellationToken);
        await approvals.AddAsync(Approved("ap-good", await drafts.SaveAsync(A.Draft("d-good") with { Creatives = [picture] }, cancellationToken), 1), cancellationToken);

        var campaigns = services.GetRequiredService<ICampaignStore>();
        foreach (var status in (CampaignStatus[])[CampaignStatus.Launching, CampaignStatus.Active])
        {
            var campaign = A.Campaign(status, $"c-{status}");
            await campaigns.AddAsync(campaign with { Spec = campaign.Spec with { Account = Gone, Name = $"{status}" } }, cancellationToken);
        }
    }

    private static async Task<SourceCreative> PictureAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        MagickGuard.Arm();
        using var picture = new MagickImage(MagickColors.SteelBlue, 1200, 1200);
        var file = await services.GetRequiredService<IMediaStore>().KeepAsync(new MemoryStream(picture.ToByteArray(MagickFormat.Jpeg)), cancellationToken);
        return ((Inspection.Usable)await services.GetRequiredService<ICreativeEditor>().InspectAsync(file, "picture.jpg", cancellationToken)).Creative;
    }

    private static PendingApproval Approved(string id, CampaignDraft draft, int minute) => new(
        new ApprovalId(id), WorkspaceId.Local, draft.Account, ApprovalKind.Launch, draft.Id.Value, LaunchDesk.DigestOf(draft), $"launch {draft.Id}",
        FakePeople.Ana.Id, A.Noon.AddMinutes(minute), ApprovalState.Approved)
    {
        Details = JsonSerializer.Serialize(draft),
        DecidedBy = FakePeople.Max.Id,
        DecidedAt = A.Noon,
    };

    /// <summary>Moves the clock from sweep to sweep; fails by the test's own patience when they stop coming.</summary>
    private static async Task SweepsAsync(InProcessBot bot, int count)
    {
        var seen = new HashSet<DateTimeOffset>();
        await UntilAsync(() =>
        {
            if (bot.Get<EmergencyMonitor>().LastSweep is { } sweep && seen.Add(sweep.At))
                bot.Machine.Advance(TimeSpan.FromSeconds(30));

            return Task.FromResult(seen.Count >= count);
        });
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var every = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        while (!await isSo())
            await every.WaitForNextTickAsync(Patience);
    }
}
