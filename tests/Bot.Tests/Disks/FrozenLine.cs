using System.Net;
using System.Net.Sockets;

namespace ChatOpsCampaigns.Bot.Tests.Disks;

/// <summary>
/// A line to a server that can be frozen: connections stand, and nothing comes through in either direction, as with a server that hangs
/// (SIGSTOP, a lost disk, a network that drops packets). What was sent meanwhile arrives when it thaws.
/// </summary>
internal sealed class FrozenLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly IPEndPoint _server;
    private readonly Task _accepting;
    private TaskCompletionSource _flows = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FrozenLine(IPEndPoint server)
    {
        _server = server;
        _listener.Start();
        _flows.SetResult();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Freeze() => _flows = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Thaw() => _flows.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        Thaw();
        _listener.Dispose();
        await _accepting;
        _ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        var lines = new List<Task>();
        try
        {
            while (true)
                lines.Add(CarryAsync(await _listener.AcceptTcpClientAsync(_ended.Token)));
        }
        catch (Exception end) when (end is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            await Task.WhenAll(lines);
        }
    }

    private async Task CarryAsync(TcpClient accepted)
    {
        using var near = accepted;
        using var far = new TcpClient();
        try
        {
            await far.ConnectAsync(_server, _ended.Token);
            await Task.WhenAny(CopyAsync(near.GetStream(), far.GetStream()), CopyAsync(far.GetStream(), near.GetStream()));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or IOException)
        {
            // One side has gone; the other goes with it.
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReadAsync(buffer, _ended.Token) is > 0 and var read)
        {
            await _flows.Task.WaitAsync(_ended.Token);
            await to.WriteAsync(buffer.AsMemory(0, read), _ended.Token);
        }
    }
}
