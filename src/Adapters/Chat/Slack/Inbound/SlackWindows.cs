using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Dialogs.Chat;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;

/// <summary>What only one person sees: windows, the Home tab, and words beside a conversation. Nothing that Slack sent waits for it to be acknowledged.</summary>
internal sealed partial class SlackWindows(SlackApi api, SlackPosts posts, SlackHomes homes, AwaitedWindows awaited, ILogger<SlackWindows> log)
{
    public Task ShowHomeAsync(SlackAccess access, SlackPerson person, CancellationToken cancellationToken) => homes.ShowAsync(access, person, cancellationToken);

    /// <summary>The press is kept until its window is open: from then on Slack may be told that it arrived.</summary>
    /// <param name="button">What stands on it.</param>
    public Task AwaitAsync(SlackNews.Pressed pressed, string button, CancellationToken cancellationToken) => awaited.KeepAsync(pressed, button, cancellationToken);

    public async Task OpenAsync(SlackAccess access, SlackNews.Pressed pressed, JsonObject window, CancellationToken cancellationToken)
    {
        try
        {
            await TryOpenAsync(access, pressed, window, cancellationToken);
            await awaited.RemoveAsync(pressed.Id, cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            NotOpened(fault);
        }
    }

    private async Task TryOpenAsync(SlackAccess access, SlackNews.Pressed pressed, JsonObject window, CancellationToken cancellationToken)
    {
        try
        {
            await api.CallAsync(access.Call("views.open", new JsonObject { ["trigger_id"] = pressed.Trigger, ["view"] = window }), cancellationToken);
        }
        catch (SlackException fault)
        {
            NotOpened(fault);
            await WhisperAsync(access, pressed.Place, pressed.Person, "The window did not open in time. Press the button again, or type your answer here; nothing was changed.", cancellationToken);
        }
    }

    /// <summary>Tells everybody whose window an earlier life did not open any more.</summary>
    /// <param name="find">Who we are in a workspace; null where we are not any more.</param>
    /// <returns>Whether nobody is left to be told.</returns>
    public async Task<bool> TellUnopenedAsync(Func<string?, CancellationToken, Task<SlackAccess?>> find, CancellationToken cancellationToken)
    {
        var isAll = true;
        foreach (var press in await awaited.LostAsync(cancellationToken))
        {
            var says = $"I was restarted before the window of \"{press.Button}\" opened. Press it again, or type your answer here; nothing was changed.";
            if (await find(press.Person.Workspace, cancellationToken) is not { } access
                || await posts.WhisperAsync(access, SlackPlace.Of(new ConversationId(press.Conversation)), press.Person.Id, says, cancellationToken))
                await awaited.RemoveAsync(press.Id, cancellationToken);
            else
                isAll = false;
        }

        return isAll;
    }

    public Task WhisperAsync(SlackAccess access, SlackPlace place, SlackPerson person, string says, CancellationToken cancellationToken) =>
        posts.WhisperAsync(access, place, person.Id, says, cancellationToken);

    [LoggerMessage(EventId = 411, Level = LogLevel.Warning, Message = "A window was not opened on Slack.")]
    private partial void NotOpened(Exception fault);
}
