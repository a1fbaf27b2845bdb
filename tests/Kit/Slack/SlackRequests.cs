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

    /// <summary>Sends what would come over the socket, newly signed each time, up to four times until it is taken, and returns what it is answered with.</summary>
    public static async Task<JsonObject?> SendAsync((Uri Address, string Secret) to, string type, JsonObject payload, CancellationToken cancellationToken)
    {
        var (path, body, kind) = type switch
        {
            "events_api" => ("events", payload.ToJsonString(), "application/json"),
            "interactive" => ((string?)payload["type"] == "block_suggestion" ? "options" : "interactivity", $"payload={Uri.EscapeDataString(payload.ToJsonString())}", "application/x-www-form-urlencoded"),
            _ => ("commands", string.Join('&', payload.Select(field => $"{field.Key}={Uri.EscapeDataString((string)field.Value!)}")), "application/x-www-form-urlencoded"),
        };
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        for (var attempt = 0; ; attempt++)
        {
            using var request = Signed(new Uri(to.Address, $"slack/{path}"), to.Secret, body, kind, TimeProvider.System.GetUtcNow());
            try
            {
                using var answer = await http.SendAsync(request, cancellationToken);
                if (answer.IsSuccessStatusCode || attempt == 3)
                    return await answer.Content.ReadAsStringAsync(cancellationToken) is ['{', ..] json ? JsonNode.Parse(json) as JsonObject : null;
            }
            catch (HttpRequestException)
            {
                // Nobody is there; Slack tries again.
            }

            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken);
        }
    }
}
