using System.Net;
using System.Net.Http.Headers;
using ChatOpsCampaigns.Adapters.Chat.Slack.Files;
using ChatOpsCampaigns.Adapters.Chat.Teams.Wire;
using ChatOpsCampaigns.Adapters.Landing;

namespace ChatOpsCampaigns.Adapters.Chat.Teams.Files;

/// <summary>
/// Bytes from where an activity says that they are: over https and from public addresses alone, so that no address leads inside, and no redirect is
/// followed. Our token is shown to the Connector itself and to nobody else.
/// </summary>
internal sealed class TeamsDownloads(TeamsSettings settings, ConnectorTokens tokens, LandingRoutes routes) : IDisposable
{
    /// <summary>The largest film that a network takes, in bytes.</summary>
    public const long Largest = SlackDownloads.Largest;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http = Client(settings, routes);

    public void Dispose() => _http.Dispose();

    /// <exception cref="TeamsFileException">It cannot be had; also while it is read, when it is larger than any network takes.</exception>
    public async Task<Stream> OpenAsync(string name, string from, bool withToken, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(from, UriKind.Absolute, out var address) || address.UserInfo.Length > 0 || !(address.Scheme == Uri.UriSchemeHttps || IsLocal(address))
            || (withToken && !settings.MayCall(address)))
            throw NotHad(name);

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (withToken && await tokens.GetAsync(cancellationToken) is { } token)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);

        HttpResponseMessage answer;
        try
        {
            answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            throw NotHad(name);
        }

        if (answer.StatusCode == HttpStatusCode.OK && answer.Content.Headers.ContentType?.MediaType != "text/html")
            return new CountedStream(await answer.Content.ReadAsStreamAsync(cancellationToken), Largest, () => TooLarge(name));

        answer.Dispose();
        throw NotHad(name);
    }

    private static TeamsFileException TooLarge(string name) => new($"{name} is larger than {Largest / 1024 / 1024} MB; no network takes it. Drop a smaller one.");

    private static TeamsFileException NotHad(string name) => new($"Teams did not give me {name}; its address holds for a few minutes only. Drop it again in our chat with each other.");

    private bool IsLocal(Uri address) => settings.IsLocal && address.IsLoopback && address.Scheme == Uri.UriSchemeHttp;

    private static HttpClient Client(TeamsSettings settings, LandingRoutes routes) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectTimeout = Patience,
        PooledConnectionLifetime = TimeSpan.Zero,
        ConnectCallback = async (context, cancellationToken) => await ConnectAsync(settings, routes, context.DnsEndPoint, cancellationToken),
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>The address that was looked at is the one that is connected to; one address inside is enough to refuse the host.</summary>
    private static async Task<Stream> ConnectAsync(TeamsSettings settings, LandingRoutes routes, DnsEndPoint host, CancellationToken cancellationToken)
    {
        var addresses = await routes.Resolve(host.Host, cancellationToken);
        if (addresses.Length == 0 || !addresses.All(address => PublicAddress.Is(address) || (settings.IsLocal && IPAddress.IsLoopback(address))))
            throw new NotPublicException(host.Host);

        return await routes.Connect(new IPEndPoint(addresses[0], host.Port), cancellationToken);
    }
}
