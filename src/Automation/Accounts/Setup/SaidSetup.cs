using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Accounts.Setup;

/// <summary>A channel as it was named in the chat.</summary>
/// <param name="Place">The conversation; empty: none, and people are reached one by one.</param>
/// <param name="Name">How it was called then: <c>#ads</c>.</param>
public sealed record SaidRoom(string Place, string Name);

/// <summary>What was said in the chat about one account, or about all. What is null was never said.</summary>
public sealed record SaidSetup
{
    public SaidRoom? Feed { get; init; }

    public SaidRoom? Approvals { get; init; }

    public SaidRoom? Incidents { get; init; }

    /// <summary>Who is called; empty: everybody with the role.</summary>
    public IReadOnlyList<PersonId>? OnCall { get; init; }

    /// <summary>The most a day, in the currency of the account; of one account alone.</summary>
    public decimal? DailyLimit { get; init; }
}

/// <summary>Everything that was said in the chat about how the workspace is set up.</summary>
public sealed record SaidInChat
{
    /// <summary>What holds for every account, as the configuration calls it.</summary>
    public const string Default = "default";

    /// <summary>By account, and <see cref="Default"/>.</summary>
    public ImmutableDictionary<string, SaidSetup> Accounts { get; init; } = ImmutableDictionary<string, SaidSetup>.Empty;

    /// <summary>The most that all accounts of a currency together may be budgeted a day, by its code.</summary>
    public ImmutableDictionary<string, decimal> WorkspaceLimits { get; init; } = ImmutableDictionary<string, decimal>.Empty;

    /// <param name="account">Null: what holds for all.</param>
    public SaidSetup Of(AdAccountId? account) => Accounts.GetValueOrDefault(account?.Value ?? Default) ?? new SaidSetup();

    public SaidInChat With(AdAccountId? account, SaidSetup said) => this with { Accounts = Accounts.SetItem(account?.Value ?? Default, said) };

    /// <summary>What was said of the account itself, else what was said of all.</summary>
    public T? Nearest<T>(AdAccountId account, Func<SaidSetup, T?> part) where T : class => part(Of(account)) ?? part(Of(null));
}
