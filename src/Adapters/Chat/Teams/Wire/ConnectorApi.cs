using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using Polly;
using Polly.Retry;

namespace ChatOpsCampaigns.Adapters.Chat.Teams.Wire;

/// <summary>One call of the Bot Connector.</summary>
/// <param name="Service">The <c>serviceUrl</c> of the conversation.</param>
/// <param name="Path">Below <c>v3/</c>, every id in it escaped.</param>
/// <param name="Conversation">What is limited is limited for one conversation.</param>
internal sealed record ConnectorCall(HttpMethod Method, Uri Service, string Path, string Conversation, JsonObject? Body = null)
{
    /// <summary>As people read it, without ids.</summary>
    public string Name => $"{Method} {string.Join('/', Path.Split('/').Where((_, at) => at % 2 == 0))}";

    /// <summary>Twice is two messages.</summary>
    public bool Adds => Method == HttpMethod.Post;
}

/// <summary>
/// The Bot Connector's REST API. What is passing or limited is tried again, at most five times, what failed inside Teams once, and a conversation that was limited rests for as long as
/// was said, or twice as long each time where nothing was; a message that may have arrived is not sent again. A token that is not taken any more is asked for anew, once.
/// </summary>
internal sealed class ConnectorApi
{
    private const int Tries = 5;
    private const int MostDoublings = 8;
    private const string Rests = "teams";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(2);
    private static readonly JsonSerializerOptions Wire = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly HttpClient _http;
    private readonly TeamsSettings _settings;
    private readonly ConnectorTokens _tokens;
    private readonly SlackPace _pace;
    private readonly TimeProvider _machine;
    private readonly ResiliencePipeline<JsonObject> _again;

    /// <summary>How often a conversation was limited in a row without a word for how long.</summary>
    private readonly ConcurrentDictionary<string, int> _limited = new();

    public ConnectorApi(HttpClient http, TeamsSettings settings, ConnectorTokens tokens, SlackPace pace, TimeProvider machine)
    {
        (_http, _settings, _tokens, _pace, _machine) = (http, settings, tokens, pace, machine);
        _again = new ResiliencePipelineBuilder<JsonObject> { TimeProvider = machine }
            .AddRetry(new RetryStrategyOptions<JsonObject>
            {
                MaxRetryAttempts = Tries - 1,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromSeconds(1),
                ShouldHandle = tried => ValueTask.FromResult(tried.Outcome.Exception is Again { Fault.Kind: var kind } && (kind != ConnectorFault.Broken || tried.AttemptNumber == 0)),
                DelayGenerator = tried => ValueTask.FromResult((tried.Outcome.Exception as Again)?.Fault.RetryAfter),
            })
            .Build();
    }

    /// <exception cref="ConnectorException">Teams refused, or could not be reached.</exception>
    public async Task<JsonObject> CallAsync(ConnectorCall call, CancellationToken cancellationToken)
    {
        // Whoever could write an activity must not learn our token by naming an address of their own.
        if (!_settings.MayCall(call.Service))
            throw new ConnectorException(call.Name, "ForeignService", $"{call.Service.Host} is no host of the Bot Connector", ConnectorFault.Ours);

        try
        {
            return await _again.ExecuteAsync(async token => await OnceAsync(call, token), cancellationToken);
        }
        catch (Again last)
        {
            throw last.Fault;
        }
    }

    private async Task<JsonObject> OnceAsync(ConnectorCall call, CancellationToken cancellationToken)
    {
        await _pace.RestedAsync(Rests, call.Conversation, cancellationToken);
        try
        {
            return await SendAsync(call, isLast: false, cancellationToken) ?? await SendAsync(call, isLast: true, cancellationToken) ?? [];
        }
        catch (ConnectorException fault) when (fault.Kind is ConnectorFault.Limited or ConnectorFault.Passing or ConnectorFault.Broken && !(fault.MayHaveArrived && call.Adds))
        {
            throw new Again(fault);
        }
    }

    /// <summary>Null when our token was refused and another one may be taken.</summary>
    private async Task<JsonObject?> SendAsync(ConnectorCall call, bool isLast, CancellationToken cancellationToken)
    {
        var ours = await _tokens.GetAsync(cancellationToken);
        using var patience = new CancellationTokenSource(Patience, _machine);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        using var request = new HttpRequestMessage(call.Method, new Uri($"{call.Service.AbsoluteUri.TrimEnd('/')}/v3/{call.Path}"));
        if (call.Body is { } body)
            request.Content = new StringContent(body.ToJsonString(Wire), Encoding.UTF8, "application/json");

        if (ours is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ours);

        try
        {
            using var answer = await _http.SendAsync(request, either.Token);
            if (answer.StatusCode == HttpStatusCode.Unauthorized && ours is not null && !isLast)
            {
                _tokens.Drop(ours);
                return null;
            }

            return await ReadAsync(call, answer, either.Token);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ConnectorException(
                call.Name, ConnectorException.Unreachable, fault is OperationCanceledException ? $"no answer in {Patience.TotalSeconds:0} s" : fault.GetType().Name, inner: fault);
        }
    }

    private async Task<JsonObject> ReadAsync(ConnectorCall call, HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var said = Parsed(await answer.Content.ReadAsStringAsync(cancellationToken));
        if (answer.IsSuccessStatusCode)
        {
            _limited.TryRemove(call.Conversation, out _);
            return said;
        }

        TimeSpan? rest = null;
        if (answer.StatusCode == HttpStatusCode.TooManyRequests)
        {
            var told = Told(answer.Headers.RetryAfter) ?? TimeSpan.FromSeconds(Math.Pow(2, Math.Min(_limited.AddOrUpdate(call.Conversation, 1, (_, times) => times + 1), MostDoublings) - 1));
            rest = told > LongestRest ? LongestRest : told;
            _pace.Rest(Rests, call.Conversation, rest.Value);
        }

        var error = said.Object("error").Word("code") ?? $"HTTP {(int)answer.StatusCode}";
        throw new ConnectorException(call.Name, error, said.Object("error").Word("message"), KindOf(call, answer.StatusCode, error), rest);
    }

    private TimeSpan? Told(RetryConditionHeaderValue? after) => after?.Delta ?? (after?.Date is { } at && at > _machine.GetUtcNow() ? at - _machine.GetUtcNow() : null);

    private static ConnectorFault KindOf(ConnectorCall call, HttpStatusCode status, string error) => status switch
    {
        HttpStatusCode.TooManyRequests => ConnectorFault.Limited,
        HttpStatusCode.PreconditionFailed or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => ConnectorFault.Passing,
        HttpStatusCode.InternalServerError => ConnectorFault.Broken,
        HttpStatusCode.Unauthorized => ConnectorFault.Ourselves,
        HttpStatusCode.RequestEntityTooLarge => ConnectorFault.TooLarge,
        // What Teams answers for an edit of a message that was deleted is unconfirmed: whatever is not there, and is not the conversation, is the message.
        HttpStatusCode.NotFound when !call.Adds && error != "ConversationNotFound" => ConnectorFault.Gone,
        HttpStatusCode.Forbidden or HttpStatusCode.NotFound => ConnectorFault.Place,
        _ => ConnectorFault.Ours,
    };

    /// <summary>An answer that is no JSON, such as a proxy's page, holds nothing.</summary>
    private static JsonObject Parsed(string text)
    {
        try
        {
            return text.Length == 0 ? [] : JsonNode.Parse(text) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>Is tried again.</summary>
    private sealed class Again(ConnectorException fault) : Exception(fault.Message, fault)
    {
        public ConnectorException Fault => fault;
    }
}
