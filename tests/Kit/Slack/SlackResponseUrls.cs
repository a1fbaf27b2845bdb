using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace ChatOpsCampaigns.Kit.Slack;

/// <summary>Addresses that Slack gives along with a press or a command: whoever has one says something by it, five times within half an hour.</summary>
public sealed class SlackResponseUrls
{
    private const int Times = 5;

    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(30);

    private readonly ConcurrentDictionary<string, Given> _given = new();

    private sealed class Given(SlackStandIn team, string channel, string user)
    {
        private int _used;

        public SlackStandIn Team => team;

        public string Channel => channel;

        public string User => user;

        public DateTimeOffset At { get; } = team.Clock.GetUtcNow();

        public bool TryUse() => Interlocked.Increment(ref _used) <= Times;
    }

    public string Give(SlackStandIn team, string channel, string user)
    {
        var id = Guid.NewGuid().ToString("N");
        _given[id] = new Given(team, channel, user);
        return $"{team.Address}actions/{id}";
    }

    /// <returns>Why it is refused; null when it is said.</returns>
    internal string? Use(string id, JsonObject said)
    {
        if (!_given.TryGetValue(id, out var given))
            return "invalid_url";

        if (given.Team.Clock.GetUtcNow() - given.At > Lasts)
            return "expired_url";

        if (!given.TryUse())
            return "used_url";

        if (SlackStandIn.Fault(said) is { } fault)
            return fault;

        var text = (string?)said["text"] ?? "";
        if ((string?)said["response_type"] == "in_channel")
            given.Team.Desk.Add(given.Channel, (string?)said["thread_ts"], SlackDesk.Bot, text, SlackStandIn.BlocksOf(said));
        else
            given.Team.Desk.Whispers.Enqueue((given.Channel, given.User, text));

        return null;
    }
}
