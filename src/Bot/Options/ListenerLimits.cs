using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ChatOpsCampaigns.Bot.Options;

/// <summary>What whoever connects may take of the program. Connections are counted for each address by itself, so that a crowd at the public one leaves the local chat alone.</summary>
internal static class ListenerLimits
{
    /// <summary>A page of the chat holds a handful, and a system often gives a process no more than some ten thousand files.</summary>
    public const int Connections = 4_000;

    /// <summary>Web sockets: a page of the chat holds one. For all addresses together.</summary>
    public const int Upgraded = 1_000;

    /// <summary>For all headers of a request, from its first byte.</summary>
    public static readonly TimeSpan Headers = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection may lie idle between requests: longer than the 60 seconds after which usual proxies close theirs.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromSeconds(75);

    /// <summary>Bytes a second that a body has to come in with, on average, once <see cref="Grace"/> is over.</summary>
    public const double Rate = 500;

    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of a request's first line, and of all its headers: pages of other programs on this machine share their cookies with the chat's.</summary>
    public const int Line = 8 * 1024;

    public const int AllHeaders = 32 * 1024;

    /// <summary>A body's bytes; what takes more, as an upload does, says so itself.</summary>
    public const long Body = 2L * 1024 * 1024;

    public static void Set(KestrelServerLimits limits)
    {
        limits.MaxConcurrentConnections = Connections;
        limits.MaxConcurrentUpgradedConnections = Upgraded;
        limits.RequestHeadersTimeout = Headers;
        limits.KeepAliveTimeout = Idle;
        limits.MinRequestBodyDataRate = new MinDataRate(Rate, Grace);
        limits.MaxRequestLineSize = Line;
        limits.MaxRequestHeadersTotalSize = AllHeaders;
        limits.MaxRequestBodySize = Body;
    }
}
