using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Adapters.Chat;

/// <summary>
/// The people of a chat as it tells of them: each is asked about at most every ten minutes, once at a time, and a minute after it did not say. What was heard before
/// holds meanwhile. Nothing of it is kept on the disk.
/// </summary>
internal abstract class HeardMembers(TimeProvider machine) : IMembers
{
    /// <summary>Of a name, in characters.</summary>
    protected const int LongestName = 40;

    private static readonly TimeSpan Holds = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<PersonId, Heard> _heard = new();
    private readonly ConcurrentDictionary<PersonId, Lazy<Task>> _asking = new();

    public abstract string Channel { get; }

    public Member? Known(PersonId person)
    {
        if (!IsFresh(person))
            _ = RefreshAsync(person);

        return Find(person);
    }

    public async Task<Member?> AskAsync(PersonId person, CancellationToken cancellationToken)
    {
        try
        {
            if (!IsFresh(person))
                await RefreshAsync(person).WaitAsync(Patience, machine, cancellationToken);
        }
        catch (TimeoutException)
        {
            // What was heard before holds; nothing is nothing.
        }

        return Find(person);
    }

    public virtual IReadOnlyList<PersonId> Called(string name) => [];

    /// <summary>The same with the names of those of its people who were asked about in the place of their ids.</summary>
    public abstract string Name(string text);

    /// <summary>What was heard of somebody; the chat is not asked.</summary>
    protected Member? Find(PersonId person) => _heard.GetValueOrDefault(person)?.Member;

    /// <summary>Everybody of whom something was heard.</summary>
    protected IEnumerable<(PersonId Person, Member Member)> All => _heard.Where(one => one.Value.Member is not null).Select(one => (one.Key, one.Value.Member!));

    /// <summary>Asks the chat. Null of whoever it cannot be asked about yet, and may be in the next moment.</summary>
    protected abstract Task<Member?> FetchAsync(PersonId person);

    /// <summary>The chat did not say.</summary>
    protected abstract void Note(PersonId person, Exception fault);

    private bool IsFresh(PersonId person) => _heard.TryGetValue(person, out var heard) && machine.GetUtcNow() < heard.Until;

    private Task RefreshAsync(PersonId person) => _asking.GetOrAdd(person, _ => new Lazy<Task>(() => HearAsync(person))).Value;

    private async Task HearAsync(PersonId person)
    {
        try
        {
            var member = await FetchAsync(person);
            _heard[person] = new Heard(member, machine.GetUtcNow() + (member is null ? TimeSpan.Zero : Holds));
        }
        catch (Exception fault)
        {
            Note(person, fault);
            _heard[person] = new Heard(Find(person), machine.GetUtcNow() + Rest);
        }
        finally
        {
            _asking.TryRemove(person, out _);
        }
    }

    /// <param name="Until">Asked again when it is needed after this.</param>
    private sealed record Heard(Member? Member, DateTimeOffset Until);
}
