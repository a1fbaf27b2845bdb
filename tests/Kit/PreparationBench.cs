using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Wizard.Files;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Kit;

/// <summary>The preparation in the background, in the hand of a test: nothing is prepared before <see cref="RunAsync"/>.</summary>
public sealed class PreparationBench
{
    /// <summary>When fewer wait than a test believes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly PreparationQueue _queue = new();
    private readonly Bench _core;

    public PreparationBench(Bench core, FakeEditor editor, MemoryMedia media, MemoryPrepared prepared, ChatDesk chat)
    {
        _core = core;
        Creatives = new CreativeProcessor(editor, media, prepared, _queue);
        Board = new UploadBoard(Creatives, core.Faults, core.Drafts, core.Networks, chat);
    }

    public CreativeProcessor Creatives { get; }

    public UploadBoard Board { get; }

    /// <summary>Prepares all that wait, which are so many, and returns when all of them are shown.</summary>
    public async Task RunAsync(int count, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        var runner = new PreparationRunner(_queue, Creatives, [_core.Faults, Board, new Counter(count, enough)], NullLogger<PreparationRunner>.Instance);
        try
        {
            await runner.RunAsync(enough.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && !patience.IsCancellationRequested)
        {
            // That many were prepared.
        }
    }

    private sealed class Counter(int count, CancellationTokenSource enough) : IPreparationWatcher
    {
        private int _left = count;

        public async Task SeeAsync(PreparationStanding standing, CancellationToken cancellationToken)
        {
            if (Interlocked.Decrement(ref _left) == 0)
                await enough.CancelAsync();
        }
    }
}
