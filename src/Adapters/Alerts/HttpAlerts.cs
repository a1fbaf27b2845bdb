using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Automation.Alerts;

namespace ChatOpsCampaigns.Adapters.Alerts;

/// <summary>Sections <c>Alerts:Sms</c> and <c>Alerts:Push</c>. Without an address there is none.</summary>
public sealed record HttpAlertSettings
{
    public string? Url { get; init; }

    /// <summary>Sent as a bearer token.</summary>
    public string? Token { get; init; }

    /// <summary>Whom the gateway should reach, as it names them; left out when empty.</summary>
    public string? To { get; init; }

    /// <summary>Why these settings cannot be used, or null. Repeats no address: many gateways know their customer by it alone.</summary>
    public string? Problem(string section) => Url is null or ""
        ? (Token ?? "").Length + (To ?? "").Length == 0
            ? null
            : $"{section}:Url is not set and others of {section} are, so nothing would leave; write the gateway's whole https address, or leave them all out."
        : Uri.TryCreate(Url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.IsLoopback)
            ? null
            : $"{section}:Url has to be a whole https address.";
}

/// <summary>
/// SMS and push gateways: one POST of <c>{ to, title, text, link, severity, key }</c> with a bearer token and the alert's key as
/// <c>Idempotency-Key</c>; the receipt is the answer's <c>id</c>.
/// </summary>
internal sealed class HttpAlerts(string name, HttpAlertSettings settings, HttpClient http, IChatPlace place, TimeProvider machine) : IAlertChannel
{
    /// <summary>Names of some thirty campaigns, in characters.</summary>
    private const int LongestText = 1200;

    /// <summary>What every gateway takes, in characters: for one that did not take the longer one.</summary>
    private const int SafeText = 300;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public string Name => name;

    public bool IsSetUp => !string.IsNullOrEmpty(settings.Url);

    public async Task<AlertAnswer> SendAsync(AlertMessage alerts, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, machine);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var answer = await http.SendAsync(Request(alerts), either.Token);
            return answer.IsSuccessStatusCode
                ? new AlertAnswer(true, "accepted by the gateway", await IdAsync(answer, either.Token))
                : new AlertAnswer(false, $"the gateway answered {(int)answer.StatusCode}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new AlertAnswer(false, $"the gateway did not answer within {Patience.TotalSeconds:0} s");
        }
        catch (HttpRequestException fault)
        {
            return new AlertAnswer(false, $"the gateway cannot be reached ({fault.HttpRequestError})");
        }
    }

    private HttpRequestMessage Request(AlertMessage alerts)
    {
        var most = alerts.IsRetry ? SafeText : LongestText;
        var text = alerts.Brief.Length <= most ? alerts.Brief : $"{alerts.Brief[..most]}… see the chat";
        var link = alerts.AsksForAnAnswer ? place.Address(alerts.Handle)?.AbsoluteUri : null;
        var request = new HttpRequestMessage(HttpMethod.Post, settings.Url)
        {
            Content = JsonContent.Create(new { to = settings.To, title = alerts.Title, text = link is null ? text : $"{text} {link}", link, severity = alerts.Severity.ToString(), key = alerts.Key }),
        };
        request.Headers.Add("Idempotency-Key", alerts.Key);
        if (settings.Token is { Length: > 0 } token)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);

        return request;
    }

    private async Task<string?> IdAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            var id = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))?["id"]?.ToString();
            return id is null ? null : Secrets.Hide(id, settings.Token);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // Accepted without a receipt of its own.
            return null;
        }
    }
}
