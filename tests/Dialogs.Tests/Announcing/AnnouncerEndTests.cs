using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Announcing;

public sealed class AnnouncerEndTests
{
    [Fact]
    public async Task Told_to_end_while_it_listens_it_ends_and_does_not_fail()
    {
        var bench = new ChatBench();
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = bench.Announcer.RunAsync(ends.Token);
        running.IsCompleted.ShouldBeFalse();

        await ends.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => running);
    }
}
