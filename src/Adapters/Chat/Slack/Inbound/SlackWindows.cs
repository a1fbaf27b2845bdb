using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Dialogs.Announcing;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;

/// <summary>What only one person sees: windows, the Home tab, and words beside a conversation. Nothing that Slack sent waits for it to be acknowledged.</summary>
internal sealed partial class SlackWindows(SlackApi api, SlackPosts posts, SlackComposer composer, HomePage home, ILogger<SlackWindows> log)
{
    public async Task ShowHomeAsync(SlackAccess access, SlackPerson person, CancellationToken cancellationToken)
    {
        try
        {
            var content = await composer.ComposeAsync(access, SlackPlace.With(person.Id), await home.OfAsync(SlackPeople.PersonOf(person.Id), cancellationToken), cancellationToken);
            var blocks = content.Body["blocks"] ?? content.Body["attachments"]![0]!["blocks"]!;
            await api.CallAsync(
                access.Call("views.publish", new JsonObject { ["user_id"] = person.Id, ["view"] = new JsonObject { ["type"] = "home", ["blocks"] = blocks.DeepClone() } }), cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            NoHome(fault);
        }
    }

    public async Task OpenAsync(SlackAccess access, SlackNews.Pressed pressed, JsonObject window, CancellationToken cancellationToken)
    {
        try
        {
            await api.CallAsync(access.Call("views.open", new JsonObject { ["trigger_id"] = pressed.Trigger, ["view"] = window }), cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            NotOpened(fault);
            await WhisperAsync(access, pressed.Place, pressed.Person, "The window did not open in time. Press the button again, or type your answer here.", cancellationToken);
        }
    }

    public Task WhisperAsync(SlackAccess access, SlackPlace place, SlackPerson person, string says, CancellationToken cancellationToken) =>
        posts.WhisperAsync(access, place, person.Id, says, cancellationToken);

    [LoggerMessage(EventId = 411, Level = LogLevel.Warning, Message = "A window was not opened on Slack.")]
    private partial void NotOpened(Exception fault);

    [LoggerMessage(EventId = 419, Level = LogLevel.Warning, Message = "Somebody's Home tab on Slack was not brought up to date.")]
    private partial void NoHome(Exception fault);
}
