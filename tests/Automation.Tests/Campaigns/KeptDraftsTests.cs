using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Kit;
using ChatOpsCampaigns.Kit.Faults;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Automation.Tests.Campaigns;

/// <summary>A database that says of every save that it failed.</summary>
public sealed class KeptDraftsTests
{
    private readonly MemoryDrafts _drafts = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_draft_that_stands_although_its_save_is_told_as_failed_is_kept()
    {
        var first = await Failing(Fault.ExecutesThenTimesOut).KeepAsync(A.Draft(), Cancel);
        var second = await Failing(Fault.ExecutesThenTimesOut).KeepAsync(first with { Name = "Another name" }, Cancel);

        second.Name.ShouldBe("Another name");
        (await _drafts.FindAsync(first.Id, Cancel)).ShouldBe(second);
    }

    [Fact]
    public async Task A_draft_that_does_not_stand_as_it_was_saved_is_told_as_failed()
    {
        var kept = await _drafts.SaveAsync(A.Draft(), Cancel);

        await Should.ThrowAsync<IOException>(() => Failing(Fault.Unavailable).KeepAsync(kept with { Name = "Another name" }, Cancel));
        await Should.ThrowAsync<StaleException>(() => _drafts.KeepAsync(kept with { Version = 7 }, Cancel));
    }

    private IDraftStore Failing(Fault how) => Faulty.Around<IDraftStore>(
        _drafts, new FaultPlan(1, 1), new Manners(method => method == nameof(IDraftStore.SaveAsync) ? [how] : [], _ => new IOException("no answer")), new FakeTimeProvider());
}
