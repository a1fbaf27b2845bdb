using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Adapters.Chat.Teams.Wire;

/// <summary>Our own token for the Connector, from Entra: kept until five minutes before its end, and asked for by one at a time.</summary>
internal sealed class ConnectorTokens(HttpClient http, TeamsSettings settings, TimeProvider machine)
{
    private const string Scope = "https://api.botframework.com/.default";
    private const string Asked = "the token";

    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Turnstile _asking = new();
    private Held? _held;

    /// <summary>Null where none is needed: a playground on this machine asks for none.</summary>
    /// <exception cref="ConnectorException">It is refused, or nobody answers.</exception>
    public async Task<string?> GetAsync(CancellationToken cancellationToken)
    {
        if (settings.AllowLocalClients)
            return null;

        if (Fresh is { } known)
            return known;

        using var turn = await _asking.EnterAsync("", cancellationToken);
        return Fresh ?? (_held = await AskAsync(cancellationToken)).Token;
    }

    /// <summary>The Connector does not take it any more: the next one is asked for anew.</summary>
    public void Drop(string? token)
    {
        if (_held?.Token == token)
            _held = null;
    }

    private string? Fresh => _held is { } held && machine.GetUtcNow() < held.Until ? held.Token : null;

    private async Task<Held> AskAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, machine);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = settings.AppId!, ["client_secret"] = settings.ClientSecret!, ["scope"] = Scope,
        });
        try
        {
            using var answer = await http.PostAsync(settings.TokenAddress, form, either.Token);
            var said = await answer.Content.ReadFromJsonAsync<JsonObject>(either.Token);
            if (answer.IsSuccessStatusCode && said.Word("access_token") is { Length: > 0 } token)
                return new Held(token, machine.GetUtcNow() + TimeSpan.FromSeconds(said.Number("expires_in") ?? 0) - Early);

            throw (int)answer.StatusCode is 429 or >= 500
                ? new ConnectorException(Asked, ConnectorException.Unreachable, $"HTTP {(int)answer.StatusCode}")
                : new ConnectorException(Asked, said.Word("error") ?? $"HTTP {(int)answer.StatusCode}", "Entra refused it", ConnectorFault.Ourselves);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or JsonException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ConnectorException(Asked, ConnectorException.Unreachable, fault is OperationCanceledException ? $"no answer in {Patience.TotalSeconds:0} s" : fault.GetType().Name);
        }
    }

    private sealed record Held(string Token, DateTimeOffset Until)
    {
        public override string ToString() => $"a token until {Until}";
    }
}
