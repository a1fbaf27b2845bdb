using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Slack;

/// <summary>A call of the Web API, whether it came as JSON or as a form.</summary>
internal sealed record SlackCalled(string Method, JsonObject Arguments)
{
    public string? Token { get; init; }
}

/// <summary>Slack as a client sees it, without a network: calls, and what each is answered.</summary>
internal sealed class SlackWire : HttpMessageHandler
{
    public ConcurrentQueue<SlackCalled> Calls { get; } = new();

    /// <summary>What a method is answered with; the others as usual.</summary>
    public Func<SlackCalled, Task<JsonObject>> Answer { get; set; } = call => Task.FromResult(Usual(call));

    /// <summary>Which methods are limited, and for how long; null for none.</summary>
    public Func<SlackCalled, TimeSpan?> Limited { get; set; } = _ => null;

    public static JsonObject Ok() => new() { ["ok"] = true };

    public static JsonObject Refusal(string error) => new() { ["ok"] = false, ["error"] = error };

    public static JsonObject Usual(SlackCalled call) => call.Method switch
    {
        "auth.test" => new JsonObject { ["ok"] = true, ["team_id"] = "T0CAMP001", ["user_id"] = "U0BOT", ["bot_id"] = "B0BOT" },
        "conversations.open" => new JsonObject { ["ok"] = true, ["channel"] = new JsonObject { ["id"] = $"D{((string)call.Arguments["users"]!)[1..]}" } },
        _ => Ok(),
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sent = await request.Content!.ReadAsStringAsync(cancellationToken);
        var call = new SlackCalled(request.RequestUri!.Segments[^1], sent.StartsWith('{') ? (JsonObject)JsonNode.Parse(sent)! : Form(sent)) { Token = request.Headers.Authorization?.Parameter };
        Calls.Enqueue(call);
        if (Limited(call) is { } rest)
            return new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Headers = { RetryAfter = new RetryConditionHeaderValue(rest) } };

        return new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(await Answer(call).WaitAsync(cancellationToken)) };
    }

    private static JsonObject Form(string sent) => new(
        sent.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(field => field.Split('=')).Select(field => KeyValuePair.Create<string, JsonNode?>(field[0], Uri.UnescapeDataString(field[1]))));
}
