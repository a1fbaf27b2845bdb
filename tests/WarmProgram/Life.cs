using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ChatOpsCampaigns.WarmProgram;

/// <summary>One run of the program.</summary>
internal sealed class Life(int number)
{
    private readonly Lock _ending = new();
    private IHost? _host;
    private bool _asked;

    /// <summary>Whose words are written, in every flow that the run began.</summary>
    public static AsyncLocal<Life?> Current { get; } = new();

    public int Number => number;

    /// <summary>The line that is not whole yet.</summary>
    public System.Text.StringBuilder Line { get; } = new();

    public void Has(IHost host)
    {
        lock (_ending)
            _host = host;

        if (_asked)
            End(host);
    }

    /// <summary>As Ctrl-C does. A run without a host, a verb for example, is left to end by itself.</summary>
    public void AskToEnd()
    {
        IHost? host;
        lock (_ending)
        {
            _asked = true;
            host = _host;
        }

        if (host is not null)
            End(host);
    }

    private static void End(IHost host)
    {
        try
        {
            host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself meanwhile.
        }
    }
}
