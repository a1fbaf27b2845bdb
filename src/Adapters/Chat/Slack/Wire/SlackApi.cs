using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Polly;
using Polly.Retry;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Wire;

/// <summary>One call of the Web API.</summary>
/// <param name="Workspace">The team's id: what is limited is limited for one workspace.</param>
/// <param name="IsForm">Some methods take no JSON.</param>
internal sealed record SlackCall(string Method, string Token, string Workspace, JsonObject Arguments, bool IsForm = false)
{
    /// <summary>It goes before others of its method that wait with it.</summary>
    public bool Urgent { get; init; }

    /// <summary>Another token in the place of one that was refused, or null when there is none.</summary>
    public Func<SlackException, CancellationToken, Task<string?>>? Instead { get; init; }
}

/// <summary>
/// Slack's Web API: one POST, and <c>ok</c> in the answer says whether it worked. What is passing or limited is tried again, at most five
/// times, and within two minutes; a post that may have arrived is not, since Slack cannot tell two of them apart.
/// </summary>
internal sealed class SlackApi
{
    /// <summary>The header that says what the token may; its words stand in what was answered under the same name.</summary>
    public const string Scopes = "x-oauth-scopes";

    private const int Tries = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Twice is two messages.</summary>
    private static readonly HashSet<string> Posts = ["chat.postMessage", "chat.postEphemeral"];

    /// <summary>More is not believed.</summary>
    private static readonly TimeSpan LongestRest = TimeSpan.FromHours(1);

    /// <summary>What has to rest longer is not waited for: whoever called says it later, or elsewhere.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    private static readonly JsonSerializerOptions Wire = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly HttpClient _http;
    private readonly Uri _base;
    private readonly SlackPace _pace;
    private readonly TimeProvider _machine;
    private readonly ResiliencePipeline<JsonObject> _again;

    public SlackApi(HttpClient http, SlackSettings settings, SlackPace pace, TimeProvider machine)
    {
        _http = http;
        _base = new Uri(settings.ApiBaseUrl);
        _pace = pace;
        _machine = machine;
        _again = new ResiliencePipelineBuilder<JsonObject> { TimeProvider = machine }
            .AddRetry(new RetryStrategyOptions<JsonObject>
            {
                MaxRetryAttempts = Tries - 1,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromSeconds(1),
                ShouldHandle = new PredicateBuilder<JsonObject>().Handle<SlackException>(IsTriedAgain),
                DelayGenerator = tried => ValueTask.FromResult((tried.Outcome.Exception as SlackException)?.RetryAfter),
            })
            .Build();
    }

    public TimeProvider Machine => _machine;

    /// <exception cref="SlackException">Slack refused, or could not be reached.</exception>
    public async Task<JsonObject> CallAsync(SlackCall call, CancellationToken cancellationToken)
    {
        using var first = call.Urgent ? _pace.First(call.Workspace, call.Method) : null;
        try
        {
            return await _again.ExecuteAsync(async token => await OnceAsync(call, token), cancellationToken);
        }
        catch (SlackException fault) when (fault.Kind == SlackFault.Workspace && call.Instead is not null)
        {
            // Refused before anything was done: once more is not twice.
            if (await call.Instead(fault, cancellationToken) is not { } token)
                throw;

            return await CallAsync(call with { Token = token, Instead = null }, cancellationToken);
        }
    }

    private static bool IsTriedAgain(SlackException fault) =>
        fault.Kind is SlackFault.Limited or SlackFault.Passing && !(fault.RetryAfter > LongestWait) && !(fault.MayHaveArrived && Posts.Contains(fault.Method));

    private async Task<JsonObject> OnceAsync(SlackCall call, CancellationToken cancellationToken)
    {
        if (_pace.Left(call.Workspace, call.Method) is var left && left > LongestWait)
            throw new SlackException(call.Method, "ratelimited", $"for another {left.TotalSeconds:0} s", left);

        await _pace.RestedAsync(call.Workspace, call.Method, call.Urgent, cancellationToken);
        using var patience = new CancellationTokenSource(Patience, _machine);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_base, call.Method)) { Content = Content(call) };
        if (call.Token.Length > 0)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", call.Token);

        try
        {
            using var answer = await _http.SendAsync(request, either.Token);
            return await ReadAsync(call, answer, either.Token);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or JsonException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new SlackException(call.Method, SlackException.Unreachable, fault is OperationCanceledException ? $"no answer in {Patience.TotalSeconds:0} s" : fault.GetType().Name, inner: fault);
        }
    }

    private async Task<JsonObject> ReadAsync(SlackCall call, HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.StatusCode == HttpStatusCode.TooManyRequests)
        {
            var rest = answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(30);
            rest = rest > LongestRest ? LongestRest : rest;
            _pace.Rest(call.Workspace, call.Method, rest);
            throw new SlackException(call.Method, "ratelimited", retryAfter: rest);
        }

        if ((int)answer.StatusCode >= 500)
            throw new SlackException(call.Method, "service_unavailable", $"HTTP {(int)answer.StatusCode}");

        var said = await answer.Content.ReadFromJsonAsync<JsonObject>(cancellationToken) ?? [];
        if (answer.Headers.TryGetValues(Scopes, out var scopes))
            said[Scopes] = string.Join(',', scopes);

        if (said["ok"]?.GetValueKind() == JsonValueKind.True)
            return said;

        throw new SlackException(call.Method, Text(said["error"]) ?? $"HTTP {(int)answer.StatusCode}", Details(said));
    }

    /// <summary>What Slack says about it beside its one word: the scope that is missing, the field that is wrong.</summary>
    private static string? Details(JsonObject said)
    {
        var details = new List<string>();
        if (Text(said["needed"]) is { } needed)
            details.Add($"needed {needed}");

        if (said["response_metadata"] is JsonObject metadata && metadata["messages"] is JsonArray messages)
            details.AddRange(messages.Select(Text).OfType<string>());

        return details.Count > 0 ? string.Join("; ", details) : null;
    }

    private static HttpContent Content(SlackCall call) => call.IsForm
        ? new FormUrlEncodedContent(call.Arguments.Select(argument => KeyValuePair.Create(argument.Key, Text(argument.Value) ?? argument.Value?.ToJsonString(Wire) ?? "")))
        : new StringContent(call.Arguments.ToJsonString(Wire), Encoding.UTF8, "application/json");

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
