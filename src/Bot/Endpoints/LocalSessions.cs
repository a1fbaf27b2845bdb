using System.Collections.Concurrent;
using System.Security.Cryptography;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Bot.Endpoints;

/// <summary>
/// Who a browser is: a session cookie set by the page, conversation tokens that last 30 minutes of machine time, and one-time tickets
/// for opening a socket. Kept as hashes, in memory: after a restart the page asks again.
/// </summary>
internal sealed class LocalSessions(TimeProvider machine)
{
    public const string Cookie = "campaigns-session";

    public static readonly TimeSpan TokenLife = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan SessionLife = TimeSpan.FromDays(7);
    private static readonly TimeSpan TicketLife = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, Granted> _granted = new();

    private sealed record Granted(Kind Kind, PersonId Person, DateTimeOffset Until);

    private enum Kind
    {
        Session,
        Token,
        Ticket,
    }

    public static ConversationId ConversationOf(PersonId person) => ConversationId.Local(person);

    public string OpenSession(PersonId person) => Grant(Kind.Session, person, SessionLife);

    public string GiveToken(PersonId person) => Grant(Kind.Token, person, TokenLife);

    public string GiveTicket(PersonId person) => Grant(Kind.Ticket, person, TicketLife);

    public PersonId? FindSession(string? secret) => Find(Kind.Session, secret)?.Person;

    public PersonId? FindToken(string? secret) => Find(Kind.Token, secret)?.Person;

    /// <summary>A ticket opens one socket.</summary>
    public PersonId? UseTicket(string? secret)
    {
        if (Find(Kind.Ticket, secret) is not { } ticket || secret is null)
            return null;

        return _granted.TryRemove(Hash(secret), out _) ? ticket.Person : null;
    }

    private string Grant(Kind kind, PersonId person, TimeSpan life)
    {
        Forget();
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        _granted[Hash(secret)] = new Granted(kind, person, machine.GetUtcNow() + life);
        return secret;
    }

    private Granted? Find(Kind kind, string? secret) =>
        secret is { Length: > 0 } && _granted.TryGetValue(Hash(secret), out var granted) && granted.Kind == kind && granted.Until > machine.GetUtcNow()
            ? granted
            : null;

    private void Forget()
    {
        foreach (var (hash, granted) in _granted)
        {
            if (granted.Until <= machine.GetUtcNow())
                _granted.TryRemove(hash, out _);
        }
    }

    private static string Hash(string secret) => Digest.Of(secret).Value;
}
