using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Wire;

/// <summary>
/// Addresses that Slack gives along with a press or a command: for half an hour and five times something can be said by one to whoever pressed, alone, also where we are
/// not any more. Whoever has one may use it, so that each is kept in memory alone, logged nowhere and used with Slack's own host.
/// </summary>
internal sealed partial class SlackResponses(HttpClient http, SlackSettings settings, TimeProvider machine, ILogger<SlackResponses> log)
{
    private const int Times = 5;
    private const int MostKept = 1000;

    /// <summary>Slack's half hour, less what a message takes to get there.</summary>
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(29.5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<(SlackPlace Channel, SlackPerson Person), Given> _given = new();

    private sealed class Given(Uri address, DateTimeOffset at)
    {
        private int _used;

        public Uri Address => address;

        public DateTimeOffset At => at;

        public bool TryUse() => Interlocked.Increment(ref _used) <= Times;
    }

    public void Heard(SlackPlace place, SlackPerson person, string? address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var given) || !IsSlacks(given))
            return;

        _given[(place with { Thread = null }, person)] = new Given(given, machine.GetUtcNow());
        if (_given.Count > MostKept)
            Forget();
    }

    /// <summary>Whether it was said.</summary>
    public async Task<bool> TrySayAsync(SlackPlace place, SlackPerson person, JsonObject body, CancellationToken cancellationToken)
    {
        if (!_given.TryGetValue((place with { Thread = null }, person), out var given) || machine.GetUtcNow() - given.At >= Lasts || !given.TryUse())
            return false;

        var post = (JsonObject)body.DeepClone();
        post["response_type"] = "ephemeral";
        post["replace_original"] = false;
        if (place.Thread is { } thread)
            post["thread_ts"] = thread;

        using var patience = new CancellationTokenSource(Patience, machine);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var answer = await http.PostAsJsonAsync(given.Address, post, either.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            NotSaid(fault.GetType().Name);
            return false;
        }
    }

    private bool IsSlacks(Uri address) => settings.ApiBaseUrl == SlackSettings.VendorApi
        ? address is { Scheme: "https", Host: "hooks.slack.com", IsDefaultPort: true, UserInfo.Length: 0 }
        : address.GetLeftPart(UriPartial.Authority) == new Uri(settings.ApiBaseUrl).GetLeftPart(UriPartial.Authority);

    private void Forget()
    {
        foreach (var old in _given.OrderBy(one => one.Value.At).Take(MostKept / 2).ToList())
            _given.TryRemove(old);
    }

    /// <summary>Its address is in no line.</summary>
    [LoggerMessage(EventId = 603, Level = LogLevel.Warning, Message = "Slack did not take an answer by the address that it gave along: {Says}.")]
    private partial void NotSaid(string says);
}
