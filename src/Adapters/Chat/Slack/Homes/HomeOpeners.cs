using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Homes;

/// <summary>Who opened their Home tab last, also over a restart.</summary>
internal sealed class HomeOpeners(ISettingsStore settings)
{
    private const string Setting = "slack-homes";

    /// <summary>More people than look at the tab at one time.</summary>
    private const int MostKept = 100;

    private readonly Turnstile _one = new();
    private ImmutableArray<SlackPerson>? _last;
    private ImmutableArray<SlackPerson> _written = [];

    /// <param name="People">Whoever opened theirs last comes first.</param>
    private sealed record Kept(ImmutableArray<string> People);

    /// <summary>Whoever opened theirs last comes first.</summary>
    public async Task<ImmutableArray<SlackPerson>> AllAsync(CancellationToken cancellationToken)
    {
        using var turn = await _one.EnterAsync(Setting, cancellationToken);
        return await RecalledAsync(cancellationToken);
    }

    public Task OpenedAsync(SlackPerson person, CancellationToken cancellationToken) =>
        ChangeAsync(last => [person, .. last.Where(other => other != person).Take(MostKept - 1)], cancellationToken);

    public Task ForgetAsync(SlackPerson person, CancellationToken cancellationToken) => ChangeAsync(last => last.Remove(person), cancellationToken);

    private async Task ChangeAsync(Func<ImmutableArray<SlackPerson>, ImmutableArray<SlackPerson>> change, CancellationToken cancellationToken)
    {
        using var turn = await _one.EnterAsync(Setting, cancellationToken);
        var changed = change(await RecalledAsync(cancellationToken));
        _last = changed;
        if (changed.SequenceEqual(_written))
            return;

        await settings.SetAsync(WorkspaceId.Local, Setting, new Kept([.. changed.Select(person => SlackPeople.PersonOf(person).Value)]), cancellationToken);
        _written = changed;
    }

    private async Task<ImmutableArray<SlackPerson>> RecalledAsync(CancellationToken cancellationToken)
    {
        if (_last is { } last)
            return last;

        _written = [.. (await settings.FindAsync<Kept>(WorkspaceId.Local, Setting, cancellationToken))?.People.Select(person => SlackPeople.Of(new PersonId(person))) ?? []];
        _last = _written;
        return _written;
    }
}
