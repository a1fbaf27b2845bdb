using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Announcing;

/// <summary>What a conversation could not be told, in the order in which it happened, also over a restart. Of very much the newest.</summary>
public sealed class UntoldNews(ISettingsStore settings)
{
    private const string Setting = "untold-news";

    /// <summary>Kept for one conversation; a chat that is away for longer is told how much there was of the rest.</summary>
    private const int MostKept = 200;

    private readonly Turnstile _one = new();
    private ImmutableArray<Waiting>? _waiting;

    /// <param name="Place">A conversation.</param>
    private sealed record Waiting(string Place, ImmutableArray<FeedEvent> News);

    private sealed record Kept(ImmutableArray<Waiting> All);

    public async Task<bool> WaitsAsync(ConversationId place, CancellationToken cancellationToken)
    {
        using var turn = await _one.EnterAsync(Setting, cancellationToken);
        return (await AllAsync(cancellationToken)).Any(waiting => waiting.Place == place.Value);
    }

    public async Task<IReadOnlyList<(ConversationId Place, ImmutableArray<FeedEvent> News)>> WaitingAsync(CancellationToken cancellationToken)
    {
        using var turn = await _one.EnterAsync(Setting, cancellationToken);
        return [.. (await AllAsync(cancellationToken)).Select(waiting => (new ConversationId(waiting.Place), waiting.News))];
    }

    public Task AddAsync(ConversationId place, IEnumerable<FeedEvent> news, CancellationToken cancellationToken) => ChangeAsync(
        place, known => [.. known.Concat(news).DistinctBy(happened => happened.Id).OrderBy(happened => happened.Id).TakeLast(MostKept)], cancellationToken);

    public Task RemoveAsync(ConversationId place, IReadOnlyCollection<FeedEvent> told, CancellationToken cancellationToken)
    {
        var ids = told.Select(happened => happened.Id).ToHashSet();
        return ChangeAsync(place, known => [.. known.Where(happened => !ids.Contains(happened.Id))], cancellationToken);
    }

    private async Task ChangeAsync(ConversationId place, Func<ImmutableArray<FeedEvent>, ImmutableArray<FeedEvent>> change, CancellationToken cancellationToken)
    {
        using var turn = await _one.EnterAsync(Setting, cancellationToken);
        var all = await AllAsync(cancellationToken);
        var known = all.FirstOrDefault(waiting => waiting.Place == place.Value)?.News ?? [];
        var changed = new Waiting(place.Value, change(known));
        var others = all.Where(waiting => waiting.Place != place.Value);
        _waiting = changed.News.IsEmpty ? [.. others] : [.. others, changed];
        await settings.SetAsync(WorkspaceId.Local, Setting, new Kept(_waiting.Value), cancellationToken);
    }

    private async Task<ImmutableArray<Waiting>> AllAsync(CancellationToken cancellationToken) =>
        _waiting ??= (await settings.FindAsync<Kept>(WorkspaceId.Local, Setting, cancellationToken))?.All ?? [];
}
