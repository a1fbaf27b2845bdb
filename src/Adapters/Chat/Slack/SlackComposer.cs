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

    /// <summary>The same with less in it that Slack may refuse: pictures in the place of charts that it was to draw, words in the place of pictures; null where neither is there.</summary>
    public Func<CancellationToken, Task<SlackContent>>? Simpler { get; init; }

    /// <summary>The same with fewer words and every button of its end; null where there is none.</summary>
    public Func<SlackContent>? Shorter { get; init; }

    /// <summary>The same with the pictures that it lacks, to be shown once Slack has them ready; null where it lacks none.</summary>
    public Func<CancellationToken, Task<SlackContent>>? Later { get; init; }
}

/// <summary>A message of ours as Slack's: the card is kept first, so that a button that is pressed at once is known.</summary>
internal sealed class SlackComposer(CardTemplates templates, ISlackCardStore cards, SlackPictures pictures, MemberNames names, SlackSettings settings)
{
    /// <summary>In characters; Slack takes 4,000.</summary>
    private const int LongestText = 3900;

    private const int MostCalled = 20;
    private const string Alarm = "#D00000";

    /// <param name="most">So many blocks fit where it is shown.</param>
    /// <param name="longest">So many characters fit there in all.</param>
    public async Task<SlackContent> ComposeAsync(
        SlackAccess access, SlackPlace place, ChatMessage message, CancellationToken cancellationToken, int most = Block.MostInMessage, int longest = LongBlocks.Longest)
    {
        var called = CalledIn(message, place);
        if (message.Card is null && message.QuickReplies.Count == 0)
            return Calling(called, new SlackContent(new JsonObject { ["text"] = Cut(SlackText.Escape(names.Name(message.Text))) }, Urgent: false));

        var card = BoundCard.Of(Card(message));
        await cards.KeepAsync(card.Id, card.Card.ToJsonString(), place.IsDirect ? (place with { Thread = null }).Conversation : null, cancellationToken);
        return await WithChartsAsync(cancellationToken);

        async Task<SlackContent> WithChartsAsync(CancellationToken token) => Draw(await pictures.PlaceAsync(access, card.Card, drawsCharts: true, token), longest);

        async Task<SlackContent> WithPicturesAsync(CancellationToken token) => Draw(await pictures.PlaceAsync(access, card.Card, drawsCharts: false, token), longest);

        Task<SlackContent> WithoutChartsAsync(CancellationToken token)
        {
            pictures.RefuseCharts(access.Self.Workspace);
            return WithPicturesAsync(token);
        }

        Task<SlackContent> WithoutPicturesAsync(CancellationToken token)
        {
            pictures.Doubt(access.Self.Workspace, card.Card);
            return Task.FromResult(Draw(PlacedPictures.None, longest) with { Later = WithPicturesAsync });
        }

        SlackContent Draw(PlacedPictures placed, int fits)
        {
            var body = BlockKitRenderer.Message(names.Name(card.Card), card.Id, placed.ByAddress, called.Count > 0 ? most - 1 : most, settings.Page, fits);
            return Calling(called, new SlackContent(Content(body), body.Urgent)) with
            {
                Simpler = placed.HasCharts ? WithoutChartsAsync : placed.ByAddress.Count > 0 ? WithoutPicturesAsync : null,
                Shorter = fits > LongBlocks.Shortest ? () => Draw(placed, Math.Min(fits, LongBlocks.Written(body.Blocks)) / 2) : null,
                Later = placed.IsLate ? WithPicturesAsync : null,
            };
        }
    }

    private static IReadOnlyList<string> CalledIn(ChatMessage message, SlackPlace place) =>
        [.. message.Calls.Where(one => one.Value.StartsWith($"{SlackPlace.Prefix}:", StringComparison.Ordinal) && SlackPeople.Of(one).Workspace == place.Workspace).Select(one => one.Key).Distinct().Take(MostCalled)];

    /// <summary>
    /// Slack wakes whoever stands in what it shows: in the blocks where there are some, among which there is room for one more, else in the words, which an
    /// urgent message shows beside its bar of colour.
    /// </summary>
    private static SlackContent Calling(IReadOnlyList<string> called, SlackContent content)
    {
        if (called.Count == 0)
            return content;

        if (content.Body["blocks"] is JsonArray blocks)
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
