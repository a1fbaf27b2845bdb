using System.Net;
using System.Net.Sockets;

namespace ChatOpsCampaigns.Bot.Start;

/// <summary>
/// <c>Public:Urls</c>: where others reach the bot, through a proxy that ends TLS. Only routes that are meant for them are there; which listener a request
/// came by is told by its port, since a Host is what its sender says.
/// </summary>
internal sealed class PublicListener
{
    public const string Setting = "Public:Urls";

    private readonly HashSet<int> _ports;

    private PublicListener(IReadOnlyList<Uri> addresses)
    {
        Addresses = addresses;
        _ports = [.. addresses.Select(address => address.Port)];
    }

    public IReadOnlyList<Uri> Addresses { get; }

    public bool IsSet => Addresses.Count > 0;

    public bool IsOf(ConnectionInfo connection) => _ports.Contains(connection.LocalPort);

    public bool IsOf(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && _ports.Contains(uri.Port);

    /// <exception cref="InvalidOperationException">An address cannot be; the message says what would be right.</exception>
    public static PublicListener Read(IConfiguration configuration) =>
        new([.. (configuration[Setting] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Checked)]);

    private static Uri Checked(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp && uri.PathAndQuery == "/" && uri.Port != 0 && IsAddress(uri.Host)
            ? uri
            : throw new InvalidOperationException($"{Setting} holds \"{address}\"; write an address of this machine with a port, such as http://127.0.0.1:4080, and put a proxy with a certificate in front of it.");

    private static bool IsAddress(string host) =>
        host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && address.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6);
}
