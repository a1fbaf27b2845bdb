using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Blocks;
using ChatOpsCampaigns.Adapters.Chat.Slack.Pictures;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Chat.Slack;

/// <summary>What a message holds, whatever place it goes to.</summary>
/// <param name="Body"><c>text</c> and, when it is more than words, <c>blocks</c> or an attachment with a bar of colour.</param>
internal sealed record SlackContent(JsonObject Body, bool Urgent)
{
    /// <summary>What it is known by, so that it can be found again; not shown.</summary>
    public string? Key { get; init; }

    /// <summary>The same with pictures in the place of charts that Slack was to draw; null where there are none.</summary>
    public Func<CancellationToken, Task<SlackContent>>? WithPictures { get; init; }
}

/// <summary>A message of ours as Slack's: the card is kept first, so that a button that is pressed at once is known.</summary>
internal sealed class SlackComposer(CardTemplates templates, ISlackCardStore cards, SlackPictures pictures, MemberNames names, SlackSettings settings)
{
    /// <summary>In characters; Slack takes 4,000.</summary>
    private const int LongestText = 3900;

    private const int MostCalled = 20;
    private const string Alarm = "#D00000";

    /// <param name="most">So many blocks fit where it is shown.</param>
    public async Task<SlackContent> ComposeAsync(SlackAccess access, SlackPlace place, ChatMessage message, CancellationToken cancellationToken, int most = Block.MostInMessage)
    {
        if (message.Card is null && message.QuickReplies.Count == 0)
            return Calling(message, place, new SlackContent(new JsonObject { ["text"] = Cut(SlackText.Escape(names.Name(message.Text))) }, Urgent: false));

        var card = BoundCard.Of(Card(message));
        await cards.KeepAsync(card.Id, card.Card.ToJsonString(), place.IsDirect ? (place with { Thread = null }).Conversation : null, cancellationToken);
        var content = await DrawAsync(drawsCharts: true, cancellationToken);
        return content.Body.ToJsonString().Contains(Block.ChartType, StringComparison.Ordinal) ? content with { WithPictures = AgainAsync } : content;

        Task<SlackContent> AgainAsync(CancellationToken token)
        {
            pictures.RefuseCharts(access.Self.Workspace);
            return DrawAsync(drawsCharts: false, token);
        }

        async Task<SlackContent> DrawAsync(bool drawsCharts, CancellationToken token)
        {
            var body = BlockKitRenderer.Message(names.Name(card.Card), card.Id, await pictures.PlaceAsync(access, card.Card, drawsCharts, token), most, settings.Page);
            return Calling(message, place, new SlackContent(Content(body), body.Urgent));
        }
    }

    /// <summary>
    /// Slack wakes whoever stands in what it shows: in the blocks where there are some, else in the words, which an urgent message shows beside its bar
    /// of colour.
    /// </summary>
    private static SlackContent Calling(ChatMessage message, SlackPlace place, SlackContent content)
    {
        var called = message.Calls.Where(one => one.Value.StartsWith($"{SlackPlace.Prefix}:", StringComparison.Ordinal) && SlackPeople.Of(one).Workspace == place.Workspace).Select(one => one.Key).Distinct().Take(MostCalled).ToList();
        if (called.Count == 0)
            return content;

        if (content.Body["blocks"] is JsonArray { Count: < Block.MostInMessage } blocks)
            blocks.Insert(0, Block.Call(called));
        else
            content.Body["text"] = SlackText.CutMarkup($"{string.Join(' ', called.Select(one => SlackPeople.IsGroup(one) ? $"<!subteam^{one}>" : $"<@{one}>"))} {content.Body["text"]}", LongestText);

        return content;
    }

    /// <summary>What does not fit is said on the page.</summary>
    private string Cut(string escaped)
    {
        var link = settings.Page is { } page ? $"\n<{SlackText.Escape(page.AbsoluteUri)}|Say the same on the page> for the whole." : "";
        return escaped.Length <= LongestText ? escaped : $"{SlackText.CutMarkup(escaped, LongestText - link.Length)}{link}";
    }

    /// <summary>Words as people read them.</summary>
    public string Words(string text) => names.Name(text);

    private JsonObject Card(ChatMessage message)
    {
        var card = message.Card is { } view ? templates.Bind(view) : BoundCard.OfWords(message.Text);
        BoundCard.AddReplies(card, message.QuickReplies);
        return card;
    }

    private static JsonObject Content(SlackBody body) => body.Urgent
        ? new JsonObject
        {
            ["text"] = body.Text,
            ["attachments"] = new JsonArray(new JsonObject { ["color"] = Alarm, ["fallback"] = body.Text, ["blocks"] = body.Blocks }),
        }
        : new JsonObject { ["text"] = body.Text, ["blocks"] = body.Blocks };
}
