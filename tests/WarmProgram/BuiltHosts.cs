using System.Diagnostics;
using Microsoft.Extensions.Hosting;

namespace ChatOpsCampaigns.WarmProgram;

/// <summary>Hears of each host that is built, and tells the life in whose flow it was.</summary>
internal sealed class BuiltHosts : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    public static IDisposable Watch() => DiagnosticListener.AllListeners.Subscribe(new BuiltHosts());

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.Extensions.Hosting")
            value.Subscribe(this, name => name == "HostBuilt");
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value is { Key: "HostBuilt", Value: IHost host })
            Life.Current.Value?.Has(host);
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }
}
