using System.Diagnostics;
using System.Globalization;

namespace ChatOpsCampaigns.Bot.Simulating;

/// <summary>How far an experiment is: one line that changes on a terminal, a line every few seconds elsewhere.</summary>
internal sealed class ProgressLine(string name, TextWriter error, bool isRedirected) : IProgress<double>, IDisposable
{
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Elsewhere = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private long _said = Stopwatch.GetTimestamp();
    private bool _isOpen;

    public void Report(double value)
    {
        lock (_lock)
        {
            if (Stopwatch.GetElapsedTime(_said) < (isRedirected ? Elsewhere : OnTerminal))
                return;

            _said = Stopwatch.GetTimestamp();
            var line = string.Create(CultureInfo.InvariantCulture, $"simulate {name}: {value * 100:0} %");
            if (isRedirected)
                error.WriteLine(line);
            else
                error.Write($"\r{line} ");

            _isOpen = !isRedirected;
        }
    }

    public void Dispose()
    {
        if (_isOpen)
            error.WriteLine();
    }
}
