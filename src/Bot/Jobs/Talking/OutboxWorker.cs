using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Bot.Jobs.Talking;

/// <summary>Says answers that a chat could not be given: right after a start, then every 15 seconds of machine time, after failures in growing pauses of at most four minutes.</summary>
internal sealed class OutboxWorker(ChatDesk chat, TimeProvider machine, ILogger<OutboxWorker> logger) : TirelessWorker(machine, logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(4);

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        for (var pause = Pause; ; await Task.Delay(pause, Machine, stoppingToken))
            pause = await chat.SayKeptAsync(stoppingToken) ? Pause : pause * 2 < LongestPause ? pause * 2 : LongestPause;
    }
}
