using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ChatOpsCampaigns.Kit.Slack;

/// <summary>Slack as it comes over HTTP: signed requests, sent again when nobody took them.</summary>
public static class SlackRequests
{
    /// <summary>One request as Slack signs it.</summary>
    public static HttpRequestMessage Signed(Uri address, string secret, string body, string contentType, DateTimeOffset at) =>
        Signed(address, secret, Encoding.UTF8.GetBytes(body), at, new StringContent(body, Encoding.UTF8, contentType));

    /// <summary>The same with bytes that need not be text.</summary>
    public static HttpRequestMessage Signed(Uri address, string secret, byte[] body, DateTimeOffset at) => Signed(address, secret, body, at, new ByteArrayContent(body));

    private static HttpRequestMessage Signed(Uri address, string secret, byte[] body, DateTimeOffset at, HttpContent content)
    {
        var stamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.UTF8.GetBytes($"v0:{stamp}:"), .. body]));
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        request.Headers.Add("X-Slack-Request-Timestamp", stamp);
        request.Headers.Add("X-Slack-Signature", $"v0={signature}");
        return request;
    }

    /// <summary>Sends what would come over the socket, newly signed each time, until it is taken or was sent again often enough.</summary>
    /// <param name="patience">How long an answer is waited for, and how often it is sent again: a minute and five minutes later at Slack, a second here.</param>
    /// <returns>Whether it was taken, and what it is answered with.</returns>
    public static async Task<(bool IsTaken, JsonObject? Answer)> SendAsync(
        (Uri Address, string Secret) to, string type, JsonObject payload, (TimeSpan Answer, int Again) patience, CancellationToken cancellationToken)
    {
        var (path, body, kind) = type switch
        {
            "events_api" => ("events", payload.ToJsonString(), "application/json"),
            "interactive" => ((string?)payload["type"] == "block_suggestion" ? "options" : "interactivity", $"payload={Uri.EscapeDataString(payload.ToJsonString())}", "application/x-www-form-urlencoded"),
            _ => ("commands", string.Join('&', payload.Select(field => $"{field.Key}={Uri.EscapeDataString((string)field.Value!)}")), "application/x-www-form-urlencoded"),
        };
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var reason = "";
        for (var attempt = 0; attempt <= patience.Again; attempt++)
        {
            using var request = Signed(new Uri(to.Address, $"slack/{path}"), to.Secret, body, kind, TimeProvider.System.GetUtcNow());
            if (attempt > 0)
            {
                request.Headers.Add("X-Slack-Retry-Num", attempt.ToString(CultureInfo.InvariantCulture));
                request.Headers.Add("X-Slack-Retry-Reason", reason);
            }

            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            either.CancelAfter(patience.Answer);
            try
            {
                using var answer = await http.SendAsync(request, either.Token);
                if (answer.IsSuccessStatusCode)
                    return (true, await answer.Content.ReadAsStringAsync(either.Token) is ['{', ..] json ? JsonNode.Parse(json) as JsonObject : null);

                if (answer.Headers.TryGetValues("X-Slack-No-Retry", out var stops) && stops.Contains("1"))
                    return (false, null);

                reason = "http_error";
            }
            catch (HttpRequestException)
            {
                reason = "connection_failed";
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                reason = "http_timeout";
            }

            if (attempt == patience.Again)
                break;

            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken);
        }

        return (false, null);
    }
}
