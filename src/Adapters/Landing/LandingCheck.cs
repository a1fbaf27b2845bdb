using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using ChatOpsCampaigns.Automation.Campaigns.Checks;

namespace ChatOpsCampaigns.Adapters.Landing;

/// <summary>
/// Asks a landing page for its head, over http and https and from public addresses alone: the address that was looked at is the one
/// that is connected to, at every redirect anew, so that no name can lead inside. Answers are kept for a few minutes.
/// </summary>
internal sealed class LandingCheck(LandingRoutes routes, TimeProvider machine) : ILandingCheck, IDisposable
{
    /// <summary>For everything together, redirects included.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);
    private const int MostKept = 100;
    private const int MostRedirects = 5;

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, string? Says)> _known = new();
    private readonly HttpClient _client = Client(routes);

    public async Task<string?> FindProblemAsync(string address, CancellationToken cancellationToken)
    {
        var now = machine.GetUtcNow();
        if (_known.TryGetValue(address, out var known) && now - known.At < Kept)
            return known.Says;

        if (_known.Count >= MostKept)
            _known.Clear();

        var says = await AskAsync(address, cancellationToken);
        _known[address] = (now, says);
        return says;
    }

    public void Dispose() => _client.Dispose();

    private async Task<string?> AskAsync(string address, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, machine);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await FollowAsync(address, linked.Token);
        }
        catch (Exception fault) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested
            && (fault is OperationCanceledException or HttpRequestException or IOException))
        {
            return Says(address, $"it did not answer within {Patience.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} seconds");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return Says(address, fault is NotPublicException || fault.InnerException is NotPublicException ? "it leads to no public address" : "it cannot be reached");
        }
    }

    private async Task<string?> FollowAsync(string address, CancellationToken cancellationToken)
    {
        var next = address;
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            if (!Uri.TryCreate(next, UriKind.Absolute, out var page) || page.Scheme is not ("http" or "https") || page.UserInfo.Length > 0)
                return Says(address, redirects == 0 ? "it is no http or https address" : "it leads on to something that is no http or https address");

            using var request = new HttpRequestMessage(HttpMethod.Get, page);
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if ((int)answer.StatusCode is >= 300 and < 400 && answer.Headers.Location is { } onwards)
            {
                next = Uri.TryCreate(page, onwards, out var there) ? there.AbsoluteUri : "";
                continue;
            }

            return answer.IsSuccessStatusCode ? null : Says(address, $"it answers {(int)answer.StatusCode}");
        }

        return Says(address, $"it leads on more than {MostRedirects} times");
    }

    private static string Says(string address, string what) => $"The landing page {address} may not work: {what}. Look at it before people are sent there.";

    private static HttpClient Client(LandingRoutes routes)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            MaxConnectionsPerServer = 4,
            PooledConnectionLifetime = TimeSpan.Zero,
            ConnectCallback = async (context, cancellationToken) => await ConnectAsync(routes, context.DnsEndPoint, cancellationToken),
        };
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("ChatOpsCampaigns", "1.0"));
        return client;
    }

    /// <summary>One address inside is enough to refuse the host: the answer must not depend on which of them is taken.</summary>
    private static async Task<Stream> ConnectAsync(LandingRoutes routes, DnsEndPoint host, CancellationToken cancellationToken)
    {
        var addresses = await routes.Resolve(host.Host, cancellationToken);
        if (addresses.Length == 0 || !addresses.All(PublicAddress.Is))
            throw new NotPublicException(host.Host);

        return await routes.Connect(new IPEndPoint(addresses[0], host.Port), cancellationToken);
    }
}

/// <summary>Looks at no page: as long as every network is simulated nothing is sent to the outside.</summary>
internal sealed class NoLandingCheck : ILandingCheck
{
    public Task<string?> FindProblemAsync(string address, CancellationToken cancellationToken) => Task.FromResult<string?>(null);
}
