using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Dialogs.Chat;

/// <summary>A card as it was to be shown, kept with its values: the same template draws it later.</summary>
public sealed record KeptCard(string Template, string Fallback) : ICardView
{
    /// <summary>Everything else of the card, as the template reads it.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Values { get; init; }

    private static readonly JsonSerializerOptions AsTemplatesRead = new(JsonSerializerDefaults.Web);

    public static KeptCard Of(ICardView card)
    {
        var values = JsonSerializer.SerializeToNode(card, card.GetType(), AsTemplatesRead)!.AsObject();
        values.Remove("template");
        values.Remove("fallback");
        return new KeptCard(card.Template, card.Fallback) { Values = values.Deserialize<Dictionary<string, JsonElement>>() };
    }
}

/// <summary>An answer that a chat could not be given.</summary>
/// <param name="Card">The card's values as JSON; null for words.</param>
/// <param name="At">Machine time.</param>
public sealed record KeptReply(string Key, ConversationId Conversation, string Text, string? Template, string? Card, ImmutableArray<QuickReply> QuickReplies, DateTimeOffset At)
{
    /// <summary>Whom it answers; null when that is not known.</summary>
    public PersonId? Asked { get; init; }

    public static KeptReply Of(string key, ConversationId conversation, ChatMessage message, DateTimeOffset at)
    {
        var card = message.Card is { } view ? KeptCard.Of(view) : null;
        return new KeptReply(key, conversation, message.Text, card?.Template, card is null ? null : JsonSerializer.Serialize(card.Values), [.. message.QuickReplies], at);
    }

    /// <summary>As it is said later. It may have been said: whoever kept it heard no answer.</summary>
    public ChatMessage Message(DateTimeOffset now)
    {
        var card = Template is { } template ? new KeptCard(template, Text) { Values = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Card!) } : null;
        var text = card is null && now - At > Late ? $"(From {Ages.Since(At, now)}, when I could not reach this chat.) {Text}" : Text;
        return new ChatMessage(text, card) { QuickReplies = QuickReplies, Key = Key, IfThere = IfThere.Leave };
    }

    private static readonly TimeSpan Late = TimeSpan.FromMinutes(2);
}

/// <summary>Answers that a chat could not be given, in their order, also over a restart. What is older than a day is of no use to anybody.</summary>
public sealed class Outbox(ISettingsStore settings, TimeProvider machine)
{
    private const string Setting = "outbox";
    private const int MostKept = 200;

    private static readonly TimeSpan LongestKept = TimeSpan.FromDays(1);

    private readonly Turnstile _one = new();
    private ImmutableArray<KeptReply>? _waiting;

    private sealed record Kept(ImmutableArray<KeptReply> All);

    public async Task<IReadOnlyList<KeptReply>> WaitingAsync(CancellationToken cancellationToken)
    {
        using var turn = await _one.EnterAsync(Setting, cancellationToken);
        return await AllAsync(cancellationToken);
    }

    public async Task AddAsync(string key, ConversationId conversation, ChatMessage message, CancellationToken cancellationToken, PersonId? asked = null) =>
        await ChangeAsync(all => [.. all.Add(KeptReply.Of(key, conversation, message, machine.GetUtcNow()) with { Asked = asked }).TakeLast(MostKept)], cancellationToken);

    public Task RemoveAsync(KeptReply said, CancellationToken cancellationToken) => ChangeAsync(all => [.. all.Where(one => one.Key != said.Key)], cancellationToken);

    private async Task ChangeAsync(Func<ImmutableArray<KeptReply>, ImmutableArray<KeptReply>> change, CancellationToken cancellationToken)
    {
        using var turn = await _one.EnterAsync(Setting, cancellationToken);
        var changed = change(await AllAsync(cancellationToken));
        await settings.SetAsync(WorkspaceId.Local, Setting, new Kept(changed), cancellationToken);
        _waiting = changed;
    }

    private async Task<ImmutableArray<KeptReply>> AllAsync(CancellationToken cancellationToken)
    {
        _waiting ??= (await settings.FindAsync<Kept>(WorkspaceId.Local, Setting, cancellationToken))?.All ?? [];
        var tooOld = machine.GetUtcNow() - LongestKept;
        return [.. _waiting.Value.Where(one => one.At >= tooOld)];
    }
}
