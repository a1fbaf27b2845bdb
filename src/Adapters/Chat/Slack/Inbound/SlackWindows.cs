using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;

/// <summary>What only one person sees: windows, and words beside a conversation.</summary>
internal sealed partial class SlackWindows(SlackApi api, ILogger<SlackWindows> log)
{
    public async Task OpenAsync(SlackAccess access, SlackNews.Pressed pressed, JsonObject window, CancellationToken cancellationToken)
    {
        try
        {
            await api.CallAsync(access.Call("views.open", new JsonObject { ["trigger_id"] = pressed.Trigger, ["view"] = window }), cancellationToken);
        }
        catch (SlackException fault)
        {
            NotOpened(fault);
            await WhisperAsync(access, pressed.Place, pressed.Person, "The window did not open in time. Press the button again, or type your answer here.", cancellationToken);
        }
    }

    public async Task WhisperAsync(SlackAccess access, SlackPlace place, SlackPerson person, string says, CancellationToken cancellationToken)
    {
        var post = new JsonObject { ["channel"] = place.Channel, ["user"] = person.Id, ["text"] = SlackText.Escape(says) };
        if (place.Thread is { } thread)
            post["thread_ts"] = thread;

        try
        {
            await api.CallAsync(access.Call("chat.postEphemeral", post), cancellationToken);
        }
        catch (SlackException fault)
        {
            NotWhispered(fault);
        }
    }

    [LoggerMessage(EventId = 411, Level = LogLevel.Warning, Message = "A window was not opened on Slack.")]
    private partial void NotOpened(Exception fault);

    [LoggerMessage(EventId = 412, Level = LogLevel.Warning, Message = "Somebody was not told something on Slack.")]
    private partial void NotWhispered(Exception fault);
}
