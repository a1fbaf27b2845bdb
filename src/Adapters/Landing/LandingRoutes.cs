using System.Net;
using System.Net.Sockets;

namespace ChatOpsCampaigns.Adapters.Landing;

/// <summary>How a page is reached: finding a host's addresses, and connecting to one of them. A test puts its own in.</summary>
internal sealed record LandingRoutes(
    Func<string, CancellationToken, Task<IPAddress[]>> Resolve, Func<IPEndPoint, CancellationToken, Task<Stream>> Connect)
{
    public static readonly LandingRoutes Internet = new(Dns.GetHostAddressesAsync, ConnectAsync);

    private static async Task<Stream> ConnectAsync(IPEndPoint end, CancellationToken cancellationToken)
    {
        var socket = new Socket(end.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(end, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A host that is not on the internet: nothing was sent to it.</summary>
internal sealed class NotPublicException(string host) : IOException($"{host} is no public address");
