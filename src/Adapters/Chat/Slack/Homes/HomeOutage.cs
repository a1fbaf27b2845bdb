using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Homes;

/// <summary>From the first Home tab that is not brought up to date until every one is: told when it begins and when it is over, however many they are and however often it is tried.</summary>
internal sealed partial class HomeOutage(ILogger<SlackHomes> log)
{
    private readonly Lock _lock = new();
    private readonly HashSet<SlackPerson> _failing = [];
    private bool _isUnread;

    public void Fails(SlackPerson person, Exception fault)
    {
        lock (_lock)
        {
            var isFirst = IsOver;
            if (_failing.Add(person) && isFirst)
                Begins(Words(fault));
        }
    }

    public void Works(SlackPerson person)
    {
        lock (_lock)
        {
            if (_failing.Remove(person) && IsOver)
                Ends();
        }
    }

    /// <summary>Nobody knows whose are to be brought up to date.</summary>
    public void Unread(Exception fault)
    {
        lock (_lock)
        {
            if (IsOver)
                Begins(Words(fault));

            _isUnread = true;
        }
    }

    public void Read()
    {
        lock (_lock)
        {
            var wasUnread = _isUnread;
            _isUnread = false;
            if (wasUnread && IsOver)
                Ends();
        }
    }

    /// <summary>What was not written; it is tried again with the next that opens theirs.</summary>
    public void NotKept(Exception fault) => NotWritten(Words(fault));

    private bool IsOver => _failing.Count == 0 && !_isUnread;

    private static string Words(Exception fault) => fault is SlackException ? fault.Message : $"{fault.GetType().Name}: {fault.Message}";

    [LoggerMessage(EventId = 419, Level = LogLevel.Warning, Message = "Home tabs on Slack are not brought up to date; it is tried again, and told once it works. {Says}")]
    private partial void Begins(string says);

    [LoggerMessage(EventId = 670, Level = LogLevel.Information, Message = "Home tabs on Slack are brought up to date again.")]
    private partial void Ends();

    [LoggerMessage(EventId = 671, Level = LogLevel.Warning, Message = "Who opened their Home tab on Slack last could not be written; after a restart it could be brought up to date only once they open it again. {Says}")]
    private partial void NotWritten(string says);
}
