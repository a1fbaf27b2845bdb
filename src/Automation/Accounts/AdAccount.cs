using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Accounts;

/// <summary>Whether money moves. A campaign keeps for ever the mode it was launched in.</summary>
public enum NetworkMode
{
    Simulated,
    Live,
}

/// <summary>One advertiser account at one network: the unit that readings are taken by.</summary>
/// <param name="DailyLimit">The most that all its campaigns together may be budgeted a day, or null where none is set.</param>
public sealed record AdAccount(
    AdAccountId Id, WorkspaceId Workspace, NetworkName Network, string ExternalId, Currency Currency, string TimeZone,
    Money? DailyLimit, NetworkMode Mode)
{
    /// <summary>What people type for it: of <c>meta:eu</c> it is <c>eu</c>.</summary>
    [JsonIgnore]
    public string ShortName => Id.Value[(Id.Value.IndexOf(':', StringComparison.Ordinal) + 1)..];

    /// <summary>For sentences: "Facebook account", or "Facebook account eu" of <c>meta:eu</c>.</summary>
    public static string Named(string network, AdAccountId account) =>
        account.Value.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? $"{network} account {account.Value[(colon + 1)..]}" : $"{network} account";

    public TimeZoneInfo Zone() => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    public AccountDay DayAt(DateTimeOffset instant) => AccountDay.At(instant, Zone());
}

/// <summary>
/// Where an account's posts go and who is called. A channel is a conversation id of a chat: a room of many people, or in the browser chat
/// one person's conversation such as <c>local/you</c>. Empty: bound to none, and people are reached one by one.
/// </summary>
/// <param name="OnCall">Who is called in an emergency; when empty everybody with <see cref="Role.OnCall"/>, and when nobody has it every Admin.</param>
public sealed record ChannelBinding(AdAccountId Account, string Feed, string Approvals, string Incidents, IReadOnlyList<PersonId> OnCall)
{
    /// <summary>Of these channels those that were ours alone when they were named: in the chat no other can be.</summary>
    public ImmutableArray<string> OursAlone { get; init; } = [];

    /// <summary>Those that it is bound to.</summary>
    public IEnumerable<string> Channels => new[] { Feed, Approvals, Incidents }.Where(channel => channel.Length > 0);
}

/// <summary>Every ad account that is configured, any number for each network, as it is set up now.</summary>
public interface IAdAccounts
{
    Task<IReadOnlyList<AdAccount>> AllAsync(CancellationToken cancellationToken);

    Task<AdAccount> GetAsync(AdAccountId account, CancellationToken cancellationToken);

    Task<ChannelBinding> BindingAsync(AdAccountId account, CancellationToken cancellationToken);

    /// <summary>The most that all accounts of a currency together may be budgeted a day; null where none is set.</summary>
    Task<Money?> FindWorkspaceLimitAsync(Currency currency, CancellationToken cancellationToken) => Task.FromResult<Money?>(null);
}
