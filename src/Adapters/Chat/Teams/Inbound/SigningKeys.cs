using ChatOpsCampaigns.Automation.Values;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace ChatOpsCampaigns.Adapters.Chat.Teams.Inbound;

/// <summary>
/// The keys that somebody signs with, by their ids: asked for behind when they are half a day old, and at once when an unknown one comes, though not more often
/// than every five minutes, so that nobody's invented key keeps us asking. Older than a day, they are waited for a moment; older than a week, they hold no more.
/// </summary>
/// <param name="whose">For people: "the Bot Connector".</param>
/// <param name="metadata">Where they say what keys they have.</param>
internal abstract class SigningKeys(string whose, HttpClient http, Uri metadata, TimeProvider machine)
{
    private static readonly TimeSpan Due = TimeSpan.FromHours(12);
    private static readonly TimeSpan Old = TimeSpan.FromDays(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>A press has to be answered in two seconds.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Turnstile _asking = new();
    private Known? _known;
    private DateTimeOffset _asked = DateTimeOffset.MinValue;

    /// <summary>Null when there is no such key.</summary>
    /// <exception cref="KeysAwayException">Nobody can say what keys there are.</exception>
    public async Task<JsonWebKey?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (Held is not { } known || known.Find(id) is not { } key)
            return await AskedAsync(id, cancellationToken);

        var age = machine.GetUtcNow() - known.At;
        if (age < Due)
            return key;

        var renewal = RenewAsync();
        if (age < Old)
            return key;

        try
        {
            await renewal.WaitAsync(Moment, machine, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Nobody answers, and what is known holds; the renewal goes on.
        }

        return (Held ?? known).Find(id);
    }

    private async Task<JsonWebKey?> AskedAsync(string id, CancellationToken cancellationToken)
    {
        using var turn = await _asking.EnterAsync("", cancellationToken);
        var now = machine.GetUtcNow();
        if (Held?.Find(id) is null && now - _asked >= Rest)
            await AskAsync(now, cancellationToken);

        return (Held ?? throw new KeysAwayException(whose, "they were asked for a moment ago, in vain")).Find(id);
    }

    private async Task RenewAsync()
    {
        using var turn = await _asking.EnterAsync("", CancellationToken.None);
        var now = machine.GetUtcNow();
        if (_known is { } known && now - known.At >= Due && now - _asked >= Rest)
            await AskAsync(now, CancellationToken.None);
    }

    /// <summary>How many there are, asked for now.</summary>
    /// <exception cref="KeysAwayException">Nobody can say.</exception>
    public async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        using var turn = await _asking.EnterAsync("", cancellationToken);
        _known = null;
        await AskAsync(machine.GetUtcNow(), cancellationToken);
        return _known!.Keys.Count;
    }

    private Known? Held => _known is { } known && machine.GetUtcNow() - known.At < Longest ? known : null;

    /// <summary>While nobody answers, known keys hold, for a week at most: a key that was taken away is refused a little later, and nothing of ours stands still.</summary>
    private async Task AskAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, machine);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var documents = new HttpDocumentRetriever(http) { RequireHttps = !metadata.IsLoopback };
            var said = await OpenIdConnectConfigurationRetriever.GetAsync(metadata.AbsoluteUri, documents, either.Token);
            _asked = now;
            _known = new Known([.. said.JsonWebKeySet?.Keys ?? []], now);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            if (_known is null)
                throw new KeysAwayException(whose, fault.GetType().Name);

            _asked = now;
        }
    }

    private sealed record Known(IReadOnlyList<JsonWebKey> Keys, DateTimeOffset At)
    {
        public JsonWebKey? Find(string id) => Keys.FirstOrDefault(key => key.Kid == id);
    }
}

/// <summary>Nobody can say what keys somebody signs with, so that nothing from them can be believed yet.</summary>
internal sealed class KeysAwayException(string whose, string why) : Exception($"The keys of {whose} cannot be had: {why}");
