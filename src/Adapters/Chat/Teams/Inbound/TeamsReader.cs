using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Adapters.Chat.Teams.Cards;
using ChatOpsCampaigns.Adapters.Chat.Teams.Files;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Chat.Teams.Inbound;

/// <summary>An activity of Teams → <see cref="TeamsNews"/>, or null for what is none of ours: edits, reactions, joins of others, kinds that we do not know.</summary>
internal static class TeamsReader
{
    private const string CardAction = "adaptiveCard/action";
    private const string FetchesWindow = "task/fetch";
    private const string SendsWindow = "task/submit";

    public static TeamsNews? Read(JsonObject activity, DateTimeOffset at) => PlaceOf(activity) is not { } place ? null : activity.Word("type") switch
    {
        "message" when TokenOf(activity["value"]) is { } token => Pressed(activity, place, token, activity["value"], waits: false),
        "message" => Said(activity, place, at),
        "invoke" => Invoked(activity, place),
        "installationUpdate" when Begins(activity.Word("action"), "add") => new TeamsNews.Added(place.Whole, PersonOf(activity)),
        "installationUpdate" when Begins(activity.Word("action"), "remove") => new TeamsNews.Removed(place.Whole, place.IsChannel ? activity.Word("channelData", "team", "id") : null),
        "conversationUpdate" when Has(activity, "membersAdded") => new TeamsNews.Added(place.Whole, PersonOf(activity)),
        "conversationUpdate" when Has(activity, "membersRemoved") => new TeamsNews.Removed(place.Whole, place.IsChannel ? activity.Word("channelData", "team", "id") : null),
        _ => null,
    };

    /// <summary>What is known from it for the next time that something is said there; null when it names no conversation.</summary>
    public static IReadOnlyList<TeamsReference> References(JsonObject activity)
    {
        if (PlaceOf(activity) is not { } place || activity.Word("recipient", "id") is not { Length: > 0 } bot || !Uri.TryCreate(activity.Word("serviceUrl"), UriKind.Absolute, out var service))
            return [];

        var here = new TeamsReference(place.Whole.Conversation, service, InboundTokens.TenantsOf(activity).FirstOrDefault() ?? "", bot, activity.Word("recipient", "name") ?? "Campaigns")
        {
            Team = place.IsChannel ? activity.Word("channelData", "team", "id") : null,
            HearsAll = HearsAll(activity, place),
        };
        if (PersonOf(activity) is not { } person || activity.Word("from", "id") is not { Length: > 0 } user)
            return [here];

        return [here, here with { Place = TeamsPlace.With(person.Key).Conversation, Team = null, HearsAll = null, User = user, Direct = place.IsDirect ? place.Whole.Conversation : null, Seen = place.Whole.Conversation }];
    }

    /// <summary>Only whoever consented to it has what names nobody brought to us; an installation may have changed that.</summary>
    private static bool? HearsAll(JsonObject activity, TeamsPlace place) => activity.Word("type") switch
    {
        "message" when !place.IsDirect && TokenOf(activity["value"]) is null && activity.Word("recipient", "id") is { } bot && !TeamsWords.Mentions(activity, bot) => true,
        "installationUpdate" => false,
        _ => null,
    };

    public static TeamsPlace? PlaceOf(JsonObject activity) =>
        activity.Word("conversation", "id") is { Length: > 0 } id ? TeamsPlace.OfActivity(id, activity.Word("conversation", "conversationType") == "personal") : null;

    /// <summary>By the Entra id: the other one differs from bot to bot. Null for whoever has none.</summary>
    public static PersonId? PersonOf(JsonObject activity) =>
        activity.Word("from", "aadObjectId") is { Length: > 0 } id ? TeamsPeople.PersonOf(id) : null;

    private static TeamsNews.Said? Said(JsonObject activity, TeamsPlace place, DateTimeOffset at)
    {
        if (PersonOf(activity) is not { } person || activity.Word("id") is not { Length: > 0 } id || activity.Word("recipient", "id") is not { } bot)
            return null;

        var turn = new ChatTurn(
            IdOf(place, id), place.Conversation, person, TeamsWords.Decode(activity, bot), Files(activity), null, at, activity.Word("replyToId") is { Length: > 0 } about ? new MessageId(about) : null);
        return new TeamsNews.Said(turn, NamesNobody: !place.IsDirect && !TeamsWords.Mentions(activity, bot));
    }

    /// <summary>What Teams sends twice has the same id.</summary>
    private static string IdOf(TeamsPlace place, string id) => $"{place.Conversation}/said/{id}";

    private static ImmutableArray<ChatFile> Files(JsonObject activity) =>
        [.. activity.List("attachments").Select(attachment => TeamsFiles.Read(attachment, activity.Word("serviceUrl") ?? "")).OfType<ChatFile>()];

    private static TeamsNews? Invoked(JsonObject activity, TeamsPlace place)
    {
        var name = activity.Word("name") ?? "";
        if (name is FetchesWindow or SendsWindow)
            return Window(activity, place, name);

        if (name != CardAction || activity["value"] is not JsonObject value)
            return new TeamsNews.Asked(name);

        var action = value.Object("action");
        var token = TokenOf(action?["data"]);
        if (action.Word("verb") == AdaptiveCardRenderer.LookVerb && PersonOf(activity) is { } person && token is not null)
            return new TeamsNews.Looked(person, place, token);

        // What a client asks for by itself must change nothing.
        if (token is null || value.Word("trigger") == "automatic")
            return new TeamsNews.Asked(name);

        return Pressed(activity, place, token, action?["data"], waits: true) ?? (TeamsNews)new TeamsNews.Asked(name);
    }

    /// <summary>A window names the message that it was opened from, where Teams does not say it again.</summary>
    private static TeamsNews Window(JsonObject activity, TeamsPlace place, string name)
    {
        var data = activity["value"].Object("data");
        if (TokenOf(data) is not { } token || Pressed(activity, place, token, data, waits: true) is not { } pressed)
            return new TeamsNews.Asked(name);

        if (pressed.Message is null && data.Word(WindowCard.Message) is { Length: > 0 } from && from.All(char.IsAsciiDigit))
            pressed = pressed with { Message = from, Place = pressed.Place is { IsChannel: true, Thread: null } root ? root with { Thread = from } : pressed.Place };

        return name == FetchesWindow ? new TeamsNews.Opened(pressed) : new TeamsNews.FilledIn(pressed);
    }

    private static TeamsNews.Pressed? Pressed(JsonObject activity, TeamsPlace place, string token, JsonNode? inputs, bool waits)
    {
        if (PersonOf(activity) is not { } person || activity.Word("id") is not { Length: > 0 } id)
            return null;

        // What is pressed in a channel is answered in the thread below it.
        var message = activity.Word("replyToId") is { Length: > 0 } about ? about : null;
        var where = place is { IsChannel: true, Thread: null } && message is not null ? place with { Thread = message } : place;
        return new TeamsNews.Pressed($"{place.Conversation}/pressed/{id}", person, where, message, token, Fields(inputs as JsonObject), waits);
    }

    private static string? TokenOf(JsonNode? data) => data.Word(AdaptiveCardRenderer.Token) is { Length: > 0 } token ? token : null;

    /// <summary>A number may come as a number or as a word; one that was left empty is not there. Names that begin with a line are ours: no input is called so.</summary>
    private static ImmutableDictionary<string, string> Fields(JsonObject? inputs) => (inputs ?? [])
        .Where(input => input.Key != AdaptiveCardRenderer.Token && input.Key != "msteams" && !input.Key.StartsWith('_'))
        .Select(input => (input.Key, Value: Word(input.Value)))
        .Where(input => !string.IsNullOrEmpty(input.Value))
        .ToImmutableDictionary(input => input.Key, input => input.Value!);

    private static string? Word(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.ToJsonString(),
        _ => null,
    };

    private static bool Begins(string? word, string with) => word?.StartsWith(with, StringComparison.Ordinal) == true;

    /// <summary>Whether we ourselves are among them.</summary>
    private static bool Has(JsonObject activity, string members) => activity.List(members).Any(member => member.Word("id") == activity.Word("recipient", "id"));
}
