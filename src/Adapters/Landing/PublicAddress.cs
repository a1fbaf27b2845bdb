using System.Collections.Frozen;
using System.Net;
using System.Net.Sockets;

namespace ChatOpsCampaigns.Adapters.Landing;

/// <summary>Whether an address is one that everybody on the internet reaches: never this machine, its network, or what is reserved.</summary>
internal static class PublicAddress
{
    /// <summary>IANA special-purpose registries, as of 2026, and multicast.</summary>
    private static readonly FrozenSet<IPNetwork> Reserved = new[]
    {
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
        "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    }.Select(text => IPNetwork.Parse(text)).ToFrozenSet();

    /// <summary>The only block of IPv6 that is handed out for the internet.</summary>
    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    public static bool Is(IPAddress address)
    {
        // ::ffff:127.0.0.1 is 127.0.0.1.
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (plain.AddressFamily == AddressFamily.InterNetwork || Global.Contains(plain)) && !Reserved.Any(reserved => reserved.Contains(plain));
    }
}
