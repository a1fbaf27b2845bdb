using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Homes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Dialogs.Chat;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;

/// <summary>What only one person sees: windows, the Home tab, and words beside a conversation. Nothing that Slack sent waits for it to be acknowledged.</summary>
internal sealed partial class SlackWindows(SlackApi api, SlackPosts posts, SlackHomes homes, AwaitedWindows awaited, ILogger<SlackWindows> log)
{
    public Task ShowHomeAsync(SlackAccess access, SlackPerson person, CancellationToken cancellationToken) => homes.ShowAsync(access, person, cancellationToken);

    /// <summary>What opens a window lasts three seconds: so little of it is spent on a database that is slow.</summary>
    private static readonly TimeSpan KeptWithin = TimeSpan.FromSeconds(0.7);

    /// <summary>Somebody pressed or commanded something, and there is another way to answer that for a while.</summary>
    public void Heard(SlackPlace place, SlackPerson person, string? address) => posts.Heard(place, person, address);

    /// <summary>The press is kept until its window is open: from then on Slack may be told that it arrived.</summary>
    /// <param name="button">What stands on it.</param>
    /// <returns>False when it is not kept in time: Slack is told only when the window is open.</returns>
    public async Task<bool> AwaitAsync(SlackNews.Pressed pressed, string button, CancellationToken cancellationToken)
    {
        try
        {
            await awaited.KeepAsync(pressed, button, cancellationToken).WaitAsync(KeptWithin, api.Machine, cancellationToken);
            return true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotKept(fault.Message);
            return false;
        }
    }

    public async Task OpenAsync(SlackAccess access, SlackNews.Pressed pressed, JsonObject window, CancellationToken cancellationToken)
    {
        try
        {
            await TryOpenAsync(access, pressed, window, cancellationToken);
            _ = awaited.RemoveAsync(pressed.Id, cancellationToken);
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
            await WhisperAsync(access, pressed.Place, pressed.Person, WhyNot(fault), cancellationToken);
        }
    }

    private static string WhyNot(SlackException fault) => fault.Kind switch
    {
        SlackFault.Ours => "Slack does not show that window as I made it, which is my fault and stands in my log. Type your answer here instead; nothing was changed.",
        SlackFault.Workspace => $"Slack does not let me open windows ({fault.Named}): an Admin has to install the app again. Until then type your answer here; nothing was changed.",
        _ => "The window did not open in time. Press the button again, or type your answer here; nothing was changed.",
    };

    /// <summary>Tells everybody whose window an earlier life did not open any more.</summary>
    /// <param name="find">Who we are in a workspace; null where we are not any more.</param>
    /// <returns>Whether nobody is left to be told.</returns>
    public async Task<bool> TellUnopenedAsync(Func<string?, CancellationToken, Task<SlackAccess?>> find, CancellationToken cancellationToken)
    {
        var isAll = true;
        foreach (var press in await awaited.LostAsync(cancellationToken))
        {
            var says = $"I was restarted while the window of \"{press.Button}\" was to open. If you do not see it, press the button again, or type your answer here; nothing was changed.";
            if (await find(press.Person.Workspace, cancellationToken) is not { } access
                || await posts.WhisperAsync(access, SlackPlace.Of(new ConversationId(press.Conversation)), press.Person.Id, says, cancellationToken))
                await awaited.RemoveAsync(press.Id, cancellationToken);
            else
                isAll = false;
        }

        return isAll;
    }

    /// <summary>Whoever did something that comes once is told that it is not kept: by the way that Slack gave along with it, else alone.</summary>
    public async Task TellUnkeptAsync(SentOnce once, string says, Task<SlackAccess?> finding)
    {
        try
        {
            posts.Heard(once.Place, once.Person, once.Address);
            if (!await posts.TryAnswerAsync(once.Place, once.Person, new JsonObject { ["text"] = SlackText.Escape(says) }, CancellationToken.None) && await finding is { } access)
                await WhisperAsync(access, once.Place, once.Person, says, CancellationToken.None);
        }
        catch (Exception fault)
        {
            NotTold(fault.Message);
        }

        await ((Task)finding).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>What goes on after Slack was told something of it is not lost without a word.</summary>
    public async Task LookAfterAsync(Task keeping)
    {
        try
        {
            await keeping;
        }
        catch (Exception fault)
        {
            NotTaken(fault);
        }
    }

    public Task WhisperAsync(SlackAccess access, SlackPlace place, SlackPerson person, string says, CancellationToken cancellationToken) =>
        posts.WhisperAsync(access, place, person.Id, says, cancellationToken);

    [LoggerMessage(EventId = 715, Level = LogLevel.Warning, Message = "Somebody on Slack was not told that what they did is not kept: {Says}")]
    private partial void NotTold(string says);

    [LoggerMessage(EventId = 716, Level = LogLevel.Error, Message = "What somebody filled in on Slack could not be kept; they were told to do it once more.")]
    private partial void NotTaken(Exception fault);

    [LoggerMessage(EventId = 604, Level = LogLevel.Warning, Message = "That somebody waits for a window on Slack was not written in time; the window is opened all the same: {Says}")]
    private partial void NotKept(string says);

    [LoggerMessage(EventId = 411, Level = LogLevel.Warning, Message = "A window was not opened on Slack.")]
    private partial void NotOpened(Exception fault);
}
