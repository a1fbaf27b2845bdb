namespace ChatOpsCampaigns.Bot.Jobs;

/// <summary>
/// Work that goes on as long as the program does: what falls over is reported and begun again after growing pauses of machine
/// time. It never takes the host, and with it the emergency sweep, down.
/// </summary>
internal abstract partial class TirelessWorker(TimeProvider machine, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    protected TimeProvider Machine { get; } = machine;

    /// <summary>Begun again from the start after a fault; ending without one is the end.</summary>
    protected abstract Task WorkAsync(CancellationToken stoppingToken);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = FirstPause;
        while (!stoppingToken.IsCancellationRequested)
        {
            var began = Machine.GetTimestamp();
            try
            {
                await WorkAsync(stoppingToken);
                return;
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // After a long good time the next fall is the first one again.
                if (Machine.GetElapsedTime(began) > LongestPause)
                    pause = FirstPause;

                Fell(GetType().Name, pause, fault);
            }

            await Task.Delay(pause, Machine, stoppingToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    [LoggerMessage(EventId = 100, Level = LogLevel.Critical, Message = "{Worker} fell over and begins again in {Pause}.")]
    private partial void Fell(string worker, TimeSpan pause, Exception fault);
}
