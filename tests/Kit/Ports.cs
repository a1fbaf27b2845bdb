using System.Net;
using System.Net.Sockets;

namespace ChatOpsCampaigns.Kit;

public static class Ports
{
    /// <summary>One of this machine that nobody listens on now.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
