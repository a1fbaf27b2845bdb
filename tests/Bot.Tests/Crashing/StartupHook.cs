using System.Diagnostics;
using ChatOpsCampaigns.Bot.Tests.Crashing;
using Microsoft.Extensions.Hosting;

#pragma warning disable CA1050, CA1812 // The runtime looks for exactly this name, without a namespace.
/// <summary>Runs inside the real program when <c>DOTNET_STARTUP_HOOKS</c> names this assembly: the program itself knows nothing of crash points.</summary>
internal sealed class StartupHook : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    public static void Initialize() => DiagnosticListener.AllListeners.Subscribe(new StartupHook());

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name is "Microsoft.Extensions.Hosting" or "Microsoft.EntityFrameworkCore")
            value.Subscribe(this, name => name == "HostBuilding" || Migrating(name) is not null);
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value is { Key: "HostBuilding", Value: IHostBuilder host })
            host.ConfigureServices(CrashPorts.Add);
        else if (Migrating(value.Key) is { } point)
            CrashPoints.Pass(point);
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    /// <summary>Migrations pass no port of ours; the database's own events stand before and after what they commit.</summary>
    private static string? Migrating(string name) => name switch
    {
        "Microsoft.EntityFrameworkCore.Migrations.MigrationApplying" => "migration.before",
        "Microsoft.EntityFrameworkCore.Database.Transaction.TransactionCommitting" => "commit.before",
        "Microsoft.EntityFrameworkCore.Database.Transaction.TransactionCommitted" => "commit.after",
        _ => null,
    };
}
#pragma warning restore CA1050, CA1812
