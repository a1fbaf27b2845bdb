using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Dialogs.Chat.Places;

/// <summary>
/// Channels that people of another organisation read too. Nothing of an account is shown there, unless the channel was shared already when the account was
/// bound to it. The chat binds none that is; of one that the configuration names it is remembered that it was ours alone when it was first looked at.
/// </summary>
public sealed partial class SharedRooms(IAdAccounts accounts, IEnumerable<IRooms> rooms, ISettingsStore settings, ILogger<SharedRooms> logger)
{
    /// <summary>As in <see cref="IRooms.NameOf"/>.</summary>
    public string NameOf(ConversationId place) => RoomOf(place)?.NameOf(place) ?? place.Value;

    public const string Became =
        "This channel became shared with another organisation after accounts were bound to it, so I show and do nothing of our accounts here. Say it to me in a direct message; an Admin names a channel that is ours alone with \"setup\".";

    private const string Setting = "ours-when-bound";
    private const string BecameSince = "it became shared with another organisation after accounts were bound to it; end the sharing";
    private const string IsNow = "it is shared with another organisation; end the sharing";

    private readonly Turnstile _one = new();
    private OursWhenBound? _known;

    /// <param name="Channels">Where accounts are bound to, seen to be ours alone since.</param>
    private sealed record OursWhenBound(ImmutableHashSet<string> Channels);

    /// <param name="Channel">As it stands in the binding.</param>
    /// <param name="WasOurs">It was ours alone when the account was bound to it.</param>
    private sealed record Bound(ConversationId Channel, bool WasOurs);

    /// <summary>Why nothing of the accounts is shown in a channel to whoever asks there; null where it is.</summary>
    public async Task<string?> WhyBlindAsync(ConversationId place, CancellationToken cancellationToken)
    {
        if (RoomOf(place) is not { } room)
            return null;

        return await FindAsync(place, cancellationToken) is not { } bound ? await room.StrangersAsync(place, cancellationToken)
            : await BecameAsync(room, bound, cancellationToken) ? Became : null;
    }

    /// <summary>What nothing is told in unasked, as a channel that takes no messages; null where it is, and while the chat does not say.</summary>
    public async Task<ClosedPlaceException?> ShutAsync(ConversationId place, CancellationToken cancellationToken)
    {
        if (RoomOf(place) is not { } room)
            return null;

        var bound = await FindAsync(place, cancellationToken);
        return bound is null ? await room.IsSharedAsync(place, cancellationToken) == true ? new ClosedPlaceException(room.WholeOf(place), IsNow) : null
            : await BecameAsync(room, bound, cancellationToken) ? new ClosedPlaceException(bound.Channel, BecameSince) : null;
    }

    private IRooms? RoomOf(ConversationId place) => rooms.FirstOrDefault(one => one.Channel == place.Channel);

    private async Task<bool> BecameAsync(IRooms room, Bound bound, CancellationToken cancellationToken)
    {
        var isShared = await room.IsSharedAsync(bound.Channel, cancellationToken);
        if (isShared == false && !bound.WasOurs)
            await RememberAsync(bound.Channel.Value, cancellationToken);

        return isShared == true && bound.WasOurs;
    }

    private async Task<Bound?> FindAsync(ConversationId place, CancellationToken cancellationToken)
    {
        var bindings = await BindingsAsync(cancellationToken);
        var known = await KnownAsync(bindings, cancellationToken);
        if (bindings.SelectMany(binding => binding.Channels).FirstOrDefault(channel => ChatDesk.IsIn(place, channel)) is not { } found)
            return null;

        return new Bound(new ConversationId(found), known.Channels.Contains(found) || bindings.Exists(binding => binding.OursAlone.Contains(found)));
    }

    private async Task<List<ChannelBinding>> BindingsAsync(CancellationToken cancellationToken)
    {
        var bindings = new List<ChannelBinding>();
        foreach (var account in await accounts.AllAsync(cancellationToken))
            bindings.Add(await accounts.BindingAsync(account.Id, cancellationToken));

        return bindings;
    }

    /// <summary>Read once. What no account was bound to at a start may be bound anew, knowingly.</summary>
    private async Task<OursWhenBound> KnownAsync(List<ChannelBinding> bindings, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _known) is { } known)
            return known;

        using var turn = await _one.EnterAsync(Setting, cancellationToken);
        var kept = await settings.FindAsync<OursWhenBound>(WorkspaceId.Local, Setting, cancellationToken) ?? new OursWhenBound([]);
        var still = kept.Channels.Intersect(bindings.SelectMany(binding => binding.Channels));
        _known ??= kept with { Channels = still };
        if (still.Count < kept.Channels.Count)
            await KeepAsync(_known, cancellationToken);

        return _known;
    }

    private async Task RememberAsync(string channel, CancellationToken cancellationToken)
    {
        using var turn = await _one.EnterAsync(Setting, cancellationToken);
        var after = new OursWhenBound((_known?.Channels ?? []).Add(channel));
        Volatile.Write(ref _known, after);
        await KeepAsync(after, cancellationToken);
    }

    /// <summary>A database that cannot be written keeps no stop from being shown and nobody from acting; after a restart the channels are looked at again.</summary>
    private async Task KeepAsync(OursWhenBound known, CancellationToken cancellationToken)
    {
        try
        {
            await settings.SetAsync(WorkspaceId.Local, Setting, known, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotRemembered(fault.Message);
        }
    }

    [LoggerMessage(EventId = 707, Level = LogLevel.Warning, Message = "That channels were ours alone when accounts were bound to them could not be written: {Says}")]
    private partial void NotRemembered(string says);
}
