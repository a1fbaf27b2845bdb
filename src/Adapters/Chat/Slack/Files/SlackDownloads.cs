using System.Net;
using System.Net.Http.Headers;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Files;

/// <summary>A file that Slack says is there.</summary>
/// <param name="Page">Its length in bytes, when the file itself is a page in HTML.</param>
internal sealed record SlackDownload(string Name, string? From, long? Page = null);

/// <summary>
/// Bytes from Slack's own file host: the token is shown to it and to nobody else, and no redirect is followed. An answer in HTML is Slack's
/// sign-in page and no file, but for a page that is as long as Slack says.
/// </summary>
internal sealed class SlackDownloads(HttpClient http, SlackSettings settings, TimeProvider machine)
{
    /// <summary>The largest film that a network takes, in bytes.</summary>
    public const long Largest = 500L * 1024 * 1024;

    private static readonly TimeSpan[] NotReadyYet = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)];

    /// <exception cref="SlackFileException">It cannot be had; also while it is read, when it is longer than was promised.</exception>
    public async Task<Stream> OpenAsync(SlackDownload wanted, string token, CancellationToken cancellationToken)
    {
        var name = wanted.Name;
        if (!Uri.TryCreate(wanted.From, UriKind.Absolute, out var address) || !IsOurs(address))
            throw new SlackFileException($"{name} does not lie with Slack itself; download it and drop the file itself here.");

        for (var tried = 0; ; tried++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (answer.StatusCode == HttpStatusCode.OK && !IsPageOfSlack(answer.Content.Headers, wanted))
                return new CountedStream(await answer.Content.ReadAsStreamAsync(cancellationToken), Largest, () => TooLarge(name));

            using (answer)
            {
                var isPassing = answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;
                if (isPassing && tried == NotReadyYet.Length && answer.StatusCode != HttpStatusCode.NotFound)
                    throw new SlackFileException($"Slack does not hand out {name} just now. Drop it again in a minute.");

                if (!isPassing && wanted.Page is not null)
                    throw new SlackFileException($"Slack did not give me {name} as it is; I may lack the scope files:read. Pack the playable as a .zip and drop that.") { IsToken = true };

                if (!isPassing || tried == NotReadyYet.Length)
                    throw new SlackFileException($"Slack did not give me {name}; I may lack the scope files:read, or am no longer in that channel. Drop it again in a direct message to me.") { IsToken = !isPassing };
            }

            await Task.Delay(NotReadyYet[tried], machine, cancellationToken);
        }
    }

    /// <summary>Bytes to where Slack said that they go: no token is needed there, and none is shown.</summary>
    /// <exception cref="HttpRequestException">They did not get there.</exception>
    public async Task PutAsync(string? to, byte[] bytes, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(to, UriKind.Absolute, out var address) || !IsOurs(address))
            throw new HttpRequestException("The address to put a file to is none of Slack's.");

        using var answer = await http.PostAsync(address, new ByteArrayContent(bytes), cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public static SlackFileException TooLarge(string name) => new($"{name} is larger than {Largest / 1024 / 1024} MB; no network takes it. Drop a smaller one.");

    private static bool IsPageOfSlack(HttpContentHeaders has, SlackDownload wanted) => has.ContentType?.MediaType == "text/html" && (wanted.Page is not { } length || has.ContentLength != length);

    private bool IsOurs(Uri address) =>
        address.Scheme == settings.FileOrigin.Scheme && address.Host == settings.FileOrigin.Host && address.Port == settings.FileOrigin.Port && address.UserInfo.Length == 0;
}
