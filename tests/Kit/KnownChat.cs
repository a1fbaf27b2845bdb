using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Kit;

/// <summary>A chat that knows its people by their keys: Zoe, a guest, and somebody of whom it says nothing.</summary>
public sealed class KnownChat(string channel = "chat") : IMembers
{
    public Dictionary<string, Member> People { get; } = new() { ["U0ZOE"] = new Member("Zoe", Belongs: true), ["U0GUEST"] = new Member("Guest", Belongs: false) };

    /// <summary>It answers nothing, whatever it knows.</summary>
    public bool IsSilent { get; set; }

    /// <summary>How often it was waited for.</summary>
    public int Asked { get; private set; }

    public string Channel => channel;

    public Member? Known(PersonId person) => IsSilent ? null : People.GetValueOrDefault(person.Key);

    public Task<Member?> AskAsync(PersonId person, CancellationToken cancellationToken)
    {
        Asked++;
        return Task.FromResult(Known(person));
    }

    public IReadOnlyList<PersonId> Called(string name) =>
        [.. People.Where(one => one.Value.Belongs && one.Value.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(one => new PersonId($"{channel}:{one.Key}"))];
}
