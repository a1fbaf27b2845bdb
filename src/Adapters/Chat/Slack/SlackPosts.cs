using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Pictures;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Dialogs.Chat;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Chat.Slack;

/// <summary>Puts messages where they belong: one after another in a channel, so that none overtakes an earlier one while Slack makes us wait.</summary>
/// <param name="responses">Null where nothing is pressed.</param>
internal sealed partial class SlackPosts(SlackApi api, SlackPace pace, ILogger<SlackPosts> log, SlackResponses? responses = null)
{
    /// <summary>So many messages are asked for at a time.</summary>
    private const string Page = "200";

    /// <summary>So many pages are looked through for one whose answer was lost: a channel tells the newest first, a thread the oldest, so that of a thread more are needed.</summary>
    private const int PagesOfChannel = 2;
    private const int PagesOfThread = 10;

    /// <summary>What our messages are marked with, so that they can be found again.</summary>
    private const string Mark = "campaigns_message";

    /// <summary>What is urgent is posted rather twice than late: Slack is asked no longer than this whether it is there. 3 seconds of machine time.</summary>
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(3);

    /// <summary>Some workspaces let an app look once a minute: nothing waits for that. 10 seconds of machine time.</summary>
    private static readonly TimeSpan LongestPatientLook = TimeSpan.FromSeconds(10);

    private readonly LatePictures _late = new(api.Machine);

    /// <summary>Posts it with its key; where one of that key may be there already, Slack is asked first.</summary>
    public async Task<MessageId> PostOnceAsync(SlackAccess access, SlackPlace place, SlackContent content, ChatMessage message, CancellationToken cancellationToken)
    {
        if (message is { Key: { } looked, IfThere: not IfThere.Never } && await FindAsync(access, place, looked, content.Urgent, cancellationToken) is { } there)
            return message.IfThere == IfThere.Leave || await TryEditAsync(access, place, there, content, cancellationToken) ? there : await PostAsync(access, place, content, cancellationToken);

        return await PostAsync(access, place, content with { Key = message.Key }, cancellationToken);
    }

    /// <summary>Whether one of its key is there already, where one may be.</summary>
    public async Task<bool> IsThereAsync(SlackAccess access, SlackPlace place, ChatMessage message, CancellationToken cancellationToken) =>
        message is { Key: { } looked, IfThere: not IfThere.Never } && await FindAsync(access, place, looked, urgent: false, cancellationToken) is not null;

    /// <summary>A message of ours by its key; null when there is none, and when Slack does not say: then it is posted, rather twice than never.</summary>
    private async Task<MessageId?> FindAsync(SlackAccess access, SlackPlace place, string key, bool urgent, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(urgent ? LongestLook : LongestPatientLook, api.Machine);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var asked = new JsonObject { ["channel"] = place.Channel, ["limit"] = Page, ["include_all_metadata"] = "true" };
        if (place.Thread is { } thread)
            asked["ts"] = thread;

        try
        {
            for (var page = 0; page < (place.Thread is null ? PagesOfChannel : PagesOfThread); page++)
            {
                var answer = await api.CallAsync(access.Call(place.Thread is null ? "conversations.history" : "conversations.replies", asked, isForm: true), either.Token);
                if (answer.List("messages").FirstOrDefault(message => message.Word("metadata", "event_payload", "key") == key).Word("ts") is { } found)
                    return new MessageId(found);

                if (answer.Word("response_metadata", "next_cursor") is not { Length: > 0 } next)
                    break;

                asked["cursor"] = next;
            }

            return null;
        }
        catch (Exception fault) when (fault is SlackException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            NotFound(place.Conversation, fault.Message);
            return null;
        }
    }

    /// <exception cref="SlackException">It was not posted, or nobody knows whether it was.</exception>
    public async Task<MessageId> PostAsync(SlackAccess access, SlackPlace place, SlackContent content, CancellationToken cancellationToken)
    {
        using var pass = await EnterAsync(access, place, content.Urgent, cancellationToken);
        while (true)
        {
            try
            {
                var message = await PutAsync(access, place, content, cancellationToken);
                FollowWithPictures(access, place, message, content);
                return message;
            }
            catch (SlackException fault) when (IsNotDrawn(fault, content))
            {
                NotDrawn(place.Conversation, fault);
                content = await OtherwiseAsync(content, fault, cancellationToken);
            }
            catch (SlackException fault) when (IsThreadGone(fault, place))
            {
                place = place with { Thread = null };
            }
        }
    }

    /// <summary>Waits until a message may be put there, also one that is a file.</summary>
    public Task<IDisposable> EnterAsync(SlackAccess access, SlackPlace place, bool urgent, CancellationToken cancellationToken) =>
        pace.EnterAsync($"{access.Self.Workspace}/{place.Channel}", urgent, cancellationToken);

    /// <summary>The message above the thread was deleted: what was to be said in it is said in its channel.</summary>
    private static bool IsThreadGone(SlackException fault, SlackPlace place) =>
        place.Thread is not null && fault.Error is "thread_not_found" or "message_not_found" or "cannot_reply_to_message";

    /// <summary>False when there is no such message of ours any more.</summary>
    /// <exception cref="SlackException">It stands as it was, or nobody knows.</exception>
    public async Task<bool> TryEditAsync(SlackAccess access, SlackPlace place, MessageId message, SlackContent content, CancellationToken cancellationToken)
    {
        try
        {
            await _late.LeaveAsync(Posted(access, place, message));
            await EditAsync(access, place, message, content.Body, content.Urgent, cancellationToken);
            FollowWithPictures(access, place, message, content);
            return true;
        }
        catch (SlackException fault) when (IsNotDrawn(fault, content))
        {
            NotDrawn(place.Conversation, fault);
            return await TryEditAsync(access, place, message, await OtherwiseAsync(content, fault, cancellationToken), cancellationToken);
        }
        catch (SlackException fault) when (fault.Kind == SlackFault.Race)
        {
            return false;
        }
    }

    private Task<JsonObject> EditAsync(SlackAccess access, SlackPlace place, MessageId message, JsonObject body, bool urgent, CancellationToken cancellationToken)
    {
        var edit = (JsonObject)body.DeepClone();
        edit["channel"] = place.Channel;
        edit["ts"] = message.Value;
        // What is not sent stays as it was, buttons and all.
        edit.TryAdd("blocks", new JsonArray());
        edit.TryAdd("attachments", new JsonArray());
        return api.CallAsync(access.Call("chat.update", edit) with { Urgent = urgent }, cancellationToken);
    }

    private static SlackPosted Posted(SlackAccess access, SlackPlace place, MessageId message) => new(access.Self.Workspace, place.Channel, message.Value);

    private void FollowWithPictures(SlackAccess access, SlackPlace place, MessageId message, SlackContent content)
    {
        if (content.Later is { } later)
            _late.Follow(Posted(access, place, message), token => TryFollowAsync(access, place, message, later, token));
    }

    private async Task<bool> TryFollowAsync(SlackAccess access, SlackPlace place, MessageId message, Func<CancellationToken, Task<SlackContent>> later, CancellationToken cancellationToken)
    {
        try
        {
            var content = await later(cancellationToken);
            if (content.Later is not null)
                return false;

            await EditAsync(access, place, message, content.Body, urgent: false, cancellationToken);
            return true;
        }
        catch (SlackException fault)
        {
            PicturesAreLate(place.Conversation, fault.Error);
            return fault.Kind != SlackFault.Ours;
        }
    }

    private static bool IsNotDrawn(SlackException fault, SlackContent content) => fault.Kind == SlackFault.Ours && content.Body.Count > 1;

    /// <summary>
    /// What is too long for Slack is shown with less of it and what can be done; what Slack will not draw with pictures for its charts, then with words for its pictures, and said
    /// in words alone all the same.
    /// </summary>
    private static async Task<SlackContent> OtherwiseAsync(SlackContent content, SlackException fault, CancellationToken cancellationToken) =>
        fault.Error == "msg_blocks_too_long" && content.Shorter is { } shorter ? shorter() with { Key = content.Key }
        : content.Simpler is { } simpler ? (await simpler(cancellationToken)) with { Key = content.Key }
        : content with { Body = new JsonObject { ["text"] = content.Body["text"]!.DeepClone() } };

    /// <summary>Somebody pressed or commanded something, and there is another way to answer that for a while.</summary>
    public void Heard(SlackPlace place, SlackPerson person, string? address) => responses?.Heard(place, person, address);

    /// <summary>By the way that Slack gave along with what somebody pressed or commanded there, for them alone to see.</summary>
    /// <returns>Whether it was said.</returns>
    public Task<bool> TryAnswerAsync(SlackPlace place, SlackPerson person, JsonObject body, CancellationToken cancellationToken) =>
        responses?.TrySayAsync(place, person, body, cancellationToken) ?? Task.FromResult(false);

    /// <summary>For one person alone, beside a conversation; where that cannot be said, by what they pressed there, else in the direct message.</summary>
    /// <returns>Whether it was said.</returns>
    public async Task<bool> WhisperAsync(SlackAccess access, SlackPlace place, string person, string says, CancellationToken cancellationToken)
    {
        try
        {
            await WhisperAsync(access, place, Whisper(person, says), cancellationToken);
            return true;
        }
        catch (SlackException fault)
        {
            if (fault.Kind != SlackFault.Channel)
                NotWhispered(fault);

            return await TryAnswerAsync(place, new SlackPerson(person, place.Workspace), new JsonObject { ["text"] = SlackText.Escape(says) }, cancellationToken)
                || await TellAloneAsync(access, person, says, cancellationToken);
        }
    }

    private static JsonObject Whisper(string person, string says) => new() { ["user"] = person, ["text"] = SlackText.Escape(says) };

    private async Task WhisperAsync(SlackAccess access, SlackPlace place, JsonObject whisper, CancellationToken cancellationToken)
    {
        var post = (JsonObject)whisper.DeepClone();
        post["channel"] = place.Channel;
        if (place.Thread is { } thread)
            post["thread_ts"] = thread;

        try
        {
            await api.CallAsync(access.Call("chat.postEphemeral", post), cancellationToken);
        }
        catch (SlackException fault) when (IsThreadGone(fault, place))
        {
            await WhisperAsync(access, place with { Thread = null }, whisper, cancellationToken);
        }
    }

    private async Task<bool> TellAloneAsync(SlackAccess access, string person, string says, CancellationToken cancellationToken)
    {
        try
        {
            var opened = await api.CallAsync(access.Call("conversations.open", new JsonObject { ["users"] = person }), cancellationToken);
            var alone = new SlackPlace(null, opened.Word("channel", "id") ?? "", null);
            using var pass = await EnterAsync(access, alone, urgent: false, cancellationToken);
            await PutAsync(access, alone, new SlackContent(new JsonObject { ["text"] = SlackText.Escape(says) }, Urgent: false), cancellationToken);
            return true;
        }
        catch (SlackException fault)
        {
            NotWhispered(fault);
            return false;
        }
    }

    private async Task<MessageId> PutAsync(SlackAccess access, SlackPlace place, SlackContent content, CancellationToken cancellationToken)
    {
        var post = (JsonObject)content.Body.DeepClone();
        post["channel"] = place.Channel;
        post["unfurl_links"] = false;
        post["unfurl_media"] = false;
        if (content.Key is { } key)
            post["metadata"] = new JsonObject { ["event_type"] = Mark, ["event_payload"] = new JsonObject { ["key"] = key } };

        if (place.Thread is { } thread)
            post["thread_ts"] = thread;

        var answer = await api.CallAsync(access.Call("chat.postMessage", post) with { Urgent = content.Urgent }, cancellationToken);
        return new MessageId(answer.Word("ts") ?? throw new SlackException("chat.postMessage", "internal_error", "the answer has no ts"));
    }

    [LoggerMessage(EventId = 450, Level = LogLevel.Warning, Message = "Slack does not say whether a message in {Conversation} was posted; it is posted again: {Why}")]
    private partial void NotFound(ConversationId conversation, string why);

    [LoggerMessage(EventId = 672, Level = LogLevel.Information, Message = "Slack does not show the pictures of a message in {Conversation} yet: {Error}")]
    private partial void PicturesAreLate(ConversationId conversation, string error);

    [LoggerMessage(EventId = 412, Level = LogLevel.Warning, Message = "Somebody was not told something on Slack.")]
    private partial void NotWhispered(Exception fault);

    [LoggerMessage(EventId = 416, Level = LogLevel.Error, Message = "Slack refused how a message in {Conversation} is drawn; it is shown more simply.")]
    private partial void NotDrawn(ConversationId conversation, Exception fault);
}
