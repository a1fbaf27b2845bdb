using System.Diagnostics;
using Npgsql;

namespace ChatOpsCampaigns.Kit;

/// <summary>
/// A PostgreSQL server of the tests' own, on this machine alone: started when the first test asks for it, gone with the test process.
/// It runs as the user <c>postgres</c> when the tests run as root, for it refuses root.
/// </summary>
public sealed class PostgresServer
{
    private static readonly Lazy<PostgresServer> One = new(Start);

    private readonly string _folder;
    private readonly int _port;
    private int _databases;

    private PostgresServer(string folder, int port)
    {
        _folder = folder;
        _port = port;
    }

    /// <summary>The server that all tests of this process share.</summary>
    /// <exception cref="InvalidOperationException">It is not installed, or does not start; the message holds what it said.</exception>
    public static PostgresServer Shared => One.Value;

    /// <summary>A new database and how to reach it.</summary>
    /// <param name="template">A database that nobody is connected to, to begin as a copy of.</param>
    public async Task<string> NewDatabaseAsync(CancellationToken cancellationToken, string template = "template1")
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {template}", cancellationToken);
        return Connection(name);
    }

    public async Task DropAsync(string connection, CancellationToken cancellationToken)
    {
        NpgsqlConnection.ClearPool(new NpgsqlConnection(connection));
        await ExecuteAsync($"DROP DATABASE {new NpgsqlConnectionStringBuilder(connection).Database} WITH (FORCE)", cancellationToken);
    }

    private string Connection(string database) =>
        new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = _port, Username = "postgres", Database = database }.ToString();

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection($"{Connection("postgres")};Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static PostgresServer Start()
    {
        var folder = Directory.CreateTempSubdirectory("postgres-").FullName;
        var server = new PostgresServer(folder, Ports.Free());
        if (Environment.IsPrivilegedProcess)
            Run("chown", "postgres", folder);

        server.RunAsServer($"initdb -D {folder}/data -A trust -U postgres --no-sync -E UTF8");
        server.RunAsServer($"pg_ctl -D {folder}/data -l {folder}/log -w start -o '-p {server._port} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=300 -k {folder}'");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Stop();
        return server;
    }

    private void Stop()
    {
        RunAsServer($"pg_ctl -D {_folder}/data -m immediate stop");
        Directory.Delete(_folder, recursive: true);
    }

    private void RunAsServer(string command)
    {
        var bin = Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Order().LastOrDefault()
            ?? throw new InvalidOperationException("PostgreSQL is not installed below /usr/lib/postgresql: apt-get install postgresql.");
        var whole = $"cd {_folder} && {bin}/{command}";
        if (Environment.IsPrivilegedProcess)
            Run("su", "postgres", "-c", whole);
        else
            Run("sh", "-c", whole);
    }

    /// <summary>What it says goes to files of nobody: a server that goes on would hold a pipe open for ever.</summary>
    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments]))!;
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
