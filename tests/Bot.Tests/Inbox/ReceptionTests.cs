using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Bot.Inbox;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Bot.Tests.Inbox;

public sealed class ReceptionTests
{
    private readonly ChatBench _bench = new();

    [Fact(Timeout = 30_000)]
    public async Task That_too_much_was_said_is_told_once_and_holds_up_no_chat_that_brings_it()
    {
        var answers = new TaskCompletionSource();
        _bench.Channel.Takes = _ => answers.Task;
        using var worker = new TurnWorker(new NoInbox(), new NoHandler(), _bench.Core.Machine, NullLogger<TurnWorker>.Instance);
        var reception = new Reception(new TurnPace(_bench.Core.Machine), worker, _bench.Chat, NullLogger<Reception>.Instance);

        for (var number = 0; number < TurnPace.Burst + 20; number++)
            await reception.TakeAsync(_bench.Turn("ana", $"{number}"), TestContext.Current.CancellationToken);

        _bench.Channel.All.ShouldBeEmpty();
        answers.SetResult();
        while (_bench.Channel.All.Count == 0)
            await Task.Yield();

        _bench.SeenBy("ana").ShouldBe([TurnPace.Sentence]);
    }

    private sealed class NoInbox : IInbox
    {
        public Task<bool> AddAsync(ChatTurn turn, CancellationToken cancellationToken) => Task.FromResult(true);

        public Task<IReadOnlyList<ChatTurn>> WaitingAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ChatTurn>>([]);

        public Task DoneAsync(ChatTurn turn, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class NoHandler : ITurnHandler
    {
        public Task HandleAsync(ChatTurn turn, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
