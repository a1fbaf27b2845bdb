using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Adapters.Chat.Teams.Wire;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Chat.Teams;

/// <summary>Puts messages where they belong: one after another in a conversation, so that none overtakes an earlier one while Teams makes us wait.</summary>
internal sealed partial class TeamsPosts(ConnectorApi api, SlackPace pace, ShownCards shown, TeamsSettings settings, ILogger<TeamsPosts> log)
{
    /// <exception cref="ConnectorException">It was not posted, or nobody knows whether it was.</exception>
    /// <exception cref="ClosedPlaceException">Nothing is taken there.</exception>
    public async Task<MessageId> PostAsync(TeamsPlace place, TeamsReference way, TeamsContent content, CancellationToken cancellationToken)
    {
        using var pass = await pace.EnterAsync(place.Whole.Conversation.Value, content.Urgent, cancellationToken);
        try
        {
            return await OrInWordsAsync(place, content, what => SendAsync(place, way, what, cancellationToken));
        }
        catch (ConnectorException fault) when (fault.Kind == ConnectorFault.Place)
        {
            throw new ClosedPlaceException(place.Whole.Conversation, Why(fault), fault);
        }
    }

    /// <summary>False when there is no such message of ours any more.</summary>
    /// <exception cref="ConnectorException">It stands as it was, or nobody knows.</exception>
    /// <exception cref="ClosedPlaceException">Nothing is taken there.</exception>
    public async Task<bool> TryEditAsync(TeamsPlace place, TeamsReference way, MessageId message, TeamsContent content, CancellationToken cancellationToken)
    {
        using var turn = await shown.EnterAsync(place, message, cancellationToken);
        return await TryPutAsync(place, way, message, content, cancellationToken);
    }

    /// <summary>Seen by one member of a channel or group alone. False where it is not switched on, or Teams does not take it.</summary>
    /// <param name="user">Their id as Teams gives it to this bot.</param>
    public async Task<bool> TryWhisperAsync(TeamsPlace place, TeamsReference way, string user, TeamsContent content, CancellationToken cancellationToken)
    {
        if (!settings.TargetedMessages)
            return false;

        var activity = Activity(place, way, content, null);
        activity["recipient"] = new JsonObject { ["id"] = user };
        using var pass = await pace.EnterAsync(place.Whole.Conversation.Value, content.Urgent, cancellationToken);
        try
        {
            await api.CallAsync(Call(HttpMethod.Post, place, way, "?isTargetedActivity=true", activity), cancellationToken);
            return true;
        }
        catch (ConnectorException fault)
        {
            NotWhispered(place.Conversation, fault.Message);
            return false;
        }
    }

    /// <summary>Whoever pressed something there just now reads it in the answer to that.</summary>
    public void Tell(TeamsPlace place, PersonId person, string says) => shown.Tell(place, person, says);

    /// <summary>The message as it was before it was pressed, unless it was edited meanwhile.</summary>
    /// <param name="next">What it would have been edited to.</param>
    public async Task PutBackAsync(TeamsPlace place, TeamsReference way, MessageId message, TeamsContent content, Task<JsonObject> next, CancellationToken cancellationToken)
    {
        using var turn = await shown.EnterAsync(place, message, cancellationToken);
        if (next.IsCompleted)
            return;

        try
        {
            await TryPutAsync(place, way, message, content, cancellationToken);
        }
        catch (Exception fault) when (fault is ConnectorException or ClosedPlaceException)
        {
            NotPutBack(place.Conversation, fault.Message);
        }
        finally
        {
            shown.Note(place, message, content.Body);
        }
    }

    /// <summary>For a moment; whoever does not see it misses nothing.</summary>
    public async Task TypingAsync(TeamsPlace place, TeamsReference way, CancellationToken cancellationToken)
    {
        try
        {
            await api.CallAsync(Call(HttpMethod.Post, place, way, "", new JsonObject { ["type"] = "typing", ["from"] = new JsonObject { ["id"] = way.Bot } }), cancellationToken);
        }
        catch (ConnectorException fault)
        {
            NotTyping(place.Conversation, fault.Message);
        }
    }

    private async Task<bool> TryPutAsync(TeamsPlace place, TeamsReference way, MessageId message, TeamsContent content, CancellationToken cancellationToken)
    {
        // What is posted to a channel is the root of a thread, and is addressed in it.
        var where = place is { IsChannel: true, Thread: null } ? place with { Thread = message.Value } : place;
        try
        {
            await OrInWordsAsync(place, content, async what =>
            {
                await api.CallAsync(Call(HttpMethod.Put, where, way, $"/{Uri.EscapeDataString(message.Value)}", Activity(where, way, what, message.Value)), cancellationToken);
                return message;
            });
            shown.Note(place, message, content.Body);
            return true;
        }
        catch (ConnectorException fault) when (fault.Kind == ConnectorFault.Gone)
        {
            return false;
        }
        catch (ConnectorException fault) when (fault.Kind == ConnectorFault.Place)
        {
            throw new ClosedPlaceException(place.Whole.Conversation, Why(fault), fault);
        }
    }

    private async Task<MessageId> OrInWordsAsync(TeamsPlace place, TeamsContent content, Func<TeamsContent, Task<MessageId>> send)
    {
        try
        {
            return await send(content);
        }
        catch (ConnectorException fault) when (fault.Kind is ConnectorFault.TooLarge or ConnectorFault.Ours or ConnectorFault.Broken && content.Body.ContainsKey("attachments"))
        {
            // What Teams will not draw is said in words all the same.
            NotDrawn(place.Conversation, fault);
            return await send(content.InWords());
        }
    }

    private async Task<MessageId> SendAsync(TeamsPlace place, TeamsReference way, TeamsContent content, CancellationToken cancellationToken)
    {
        if (place is { IsChannel: true, Thread: null })
            return await BeginAsync(place, way, content, cancellationToken);

        var answer = await api.CallAsync(Call(HttpMethod.Post, place, way, "", Activity(place, way, content, null)), cancellationToken);
        return new MessageId(answer.Word("id") ?? throw new ConnectorException("POST activities", "NoId", "the answer has no id"));
    }

    /// <summary>A new thread of a channel.</summary>
    private async Task<MessageId> BeginAsync(TeamsPlace place, TeamsReference way, TeamsContent content, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["isGroup"] = true,
            ["bot"] = new JsonObject { ["id"] = way.Bot },
            ["tenantId"] = way.Tenant,
            ["channelData"] = new JsonObject { ["channel"] = new JsonObject { ["id"] = place.Chat }, ["tenant"] = new JsonObject { ["id"] = way.Tenant } },
            ["activity"] = (JsonObject)content.Body.DeepClone(),
        };
        var answer = await api.CallAsync(new ConnectorCall(HttpMethod.Post, way.Service, "conversations", place.Conversation.Value, body), cancellationToken);
        return new MessageId(answer.Word("activityId") ?? throw new ConnectorException("POST conversations", "NoId", "the answer has no activityId"));
    }

    private static ConnectorCall Call(HttpMethod method, TeamsPlace place, TeamsReference way, string message, JsonObject body) =>
        new(method, way.Service, $"conversations/{Uri.EscapeDataString(place.Id)}/activities{message}", place.Whole.Conversation.Value, body);

    private static JsonObject Activity(TeamsPlace place, TeamsReference way, TeamsContent content, string? id)
    {
        var activity = (JsonObject)content.Body.DeepClone();
        activity["from"] = new JsonObject { ["id"] = way.Bot };
        activity["conversation"] = new JsonObject { ["id"] = place.Id };
        if (id is not null)
            activity["id"] = id;

        return activity;
    }

    private static string Why(ConnectorException fault) => fault.Error switch
    {
        "BotNotInConversationRoster" => "the app is not there; add it in Teams",
        "ConversationBlockedByUser" => "they have blocked the app; let them unblock it in Teams",
        "BotDisabledByAdmin" => "an administrator has switched the app off; let them switch it on in the Teams admin centre",
        "ConversationNotFound" => "it is gone, or the app is not there; add it in Teams",
        var error => $"Teams says {error}",
    };

    [LoggerMessage(EventId = 471, Level = LogLevel.Error, Message = "Teams refused how a message in {Conversation} is drawn; it is said in words.")]
    private partial void NotDrawn(ConversationId conversation, Exception fault);

    [LoggerMessage(EventId = 472, Level = LogLevel.Warning, Message = "A card in {Conversation} was not shown again after it was pressed: {Says}")]
    private partial void NotPutBack(ConversationId conversation, string says);

    [LoggerMessage(EventId = 570, Level = LogLevel.Information, Message = "Teams took no message for one member of {Conversation}: {Says} It is written to them in the chat with each other.")]
    private partial void NotWhispered(ConversationId conversation, string says);

    [LoggerMessage(EventId = 473, Level = LogLevel.Debug, Message = "Teams did not show in {Conversation} that we write: {Says}")]
    private partial void NotTyping(ConversationId conversation, string says);
}
