using System.Data.Common;
using System.Diagnostics;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Bot.Tests.Crashing;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Hosting;

#pragma warning disable CA1050, CA1812 // The runtime looks for exactly this name, without a namespace.
/// <summary>Runs inside the real program when <c>DOTNET_STARTUP_HOOKS</c> names this assembly: the program itself knows nothing of crash points.</summary>
internal sealed class StartupHook : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private const string Executing = "Microsoft.EntityFrameworkCore.Database.Command.CommandExecuting";

    private static readonly string?[] States = [.. Enum.GetNames<IntentState>(), .. Enum.GetNames<ApprovalState>()];

    private static readonly string[] Kinds = ["intent", "outcome", "incident", "approval"];

    public static void Initialize() => DiagnosticListener.AllListeners.Subscribe(new StartupHook());

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name is "Microsoft.Extensions.Hosting" or "Microsoft.EntityFrameworkCore")
            value.Subscribe(this, name => name is "HostBuilding" or Executing || Migrating(name) is not null);
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value is { Key: "HostBuilding", Value: IHostBuilder host })
            host.ConfigureServices(CrashPorts.Add);
        else if (value is { Key: Executing, Value: CommandEventData done })
            WithinACommit(done.Command);
        else if (Migrating(value.Key) is { } point)
            CrashPoints.Pass(point);
    }

    /// <summary>A row is about to be changed: a change that is a commit of its own stands after it, before an entry that should be one with it.</summary>
    private static void WithinACommit(DbCommand command)
    {
        foreach (var table in (string[])["Intents", "Incidents", "Approvals", "Audit"])
        {
            if (!command.CommandText.Contains($"INTO \"{table}\"", StringComparison.Ordinal) && !command.CommandText.Contains($"UPDATE \"{table}\"", StringComparison.Ordinal))
                continue;

            var state = command.Parameters.OfType<DbParameter>().Select(parameter => parameter.Value as string).Select(StateIn).FirstOrDefault(found => found is not null);
            CrashPoints.Pass($"row.{table}{(state is null ? "" : $".{state}")}");
        }
    }

    /// <summary>A state of a command or request, or the kind of an entry.</summary>
    private static string? StateIn(string? value) => States.Contains(value) ? value : Kinds.FirstOrDefault(kind => value?.Contains($"\"Kind\":\"{kind}\"", StringComparison.Ordinal) == true);

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
